/** The variables that the mock reads or gives to programs, and a warning for one that it does not know. */
import type { Bilingual } from '../../src/text/bilingual.js';
import { nearName } from '../../src/text/edit-distance.js';
import { variableOf } from '../../src/text/flags.js';
import type { Environment } from '../options/language.js';
import { FLAGS } from './command.js';
import { OWN_VARIABLES } from './exec/own-variables.js';

const PREFIX = 'CMPASSPORT_';

/** What `exec`, `contract consumer` and the examples give to or read in other programs. */
const OF_PROGRAMS: readonly string[] = [
  ...OWN_VARIABLES.map(({ name }) => name),
  ...[
    'OPERATION',
    'TOKEN',
    'USER_INFORMATION',
    'RESULT_CODE',
    'SCENARIO',
    'JOB',
    // The earlier names of BASE and PHONE.
    'BASE_URL',
    'PHONE_NUMBER',
  ].map((name) => PREFIX + name),
];

const SETTINGS = Object.values(FLAGS)
  .flatMap((rows) => Object.values(rows))
  .map(({ flag }) => variableOf(flag));

/** A warning for each variable that looks like a setting of the mock and is none, for example after a typing mistake. */
export function unknownVariables(env: Environment): readonly Bilingual[] {
  const unknown = Object.keys(env).filter(
    (name) => name.startsWith(PREFIX) && !SETTINGS.includes(name) && !OF_PROGRAMS.includes(name),
  );
  return unknown.map((name) => {
    const near = nearName(name, SETTINGS);
    return {
      en: `the variable ${name} is unknown and has no effect${near === undefined ? '' : `: did you mean ${near}?`}`,
      zh: `未知的环境变量 ${name} 不起作用${near === undefined ? '' : `：是不是 ${near}？`}`,
    };
  });
}
