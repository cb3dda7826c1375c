/** Variables that look like settings of the mock and are none, for example after a typing mistake. */
import type { Bilingual } from '../../src/text/bilingual.js';
import { nearName } from '../../src/text/edit-distance.js';
import { variableOf } from '../../src/text/flags.js';
import type { Environment } from '../options/language.js';
import { EXEC_FLAGS } from './exec/options.js';
import { EXPLAIN_FLAGS } from './explain/options.js';
import { SERVE_FLAGS } from './serve-options.js';
import { WAIT_FLAGS } from './wait.js';

const PREFIX = 'CMPASSPORT_';

/** What `exec`, `contract consumer` and the examples give to or read in other programs. */
const OF_PROGRAMS = [
  ...['BASE', 'BASE_URL', 'APP_ID', 'APP_KEY', 'APP_SECRET', 'APP_SIGN_KEY', 'APP_DECRYPT_KEY', 'PLATFORM_PUBLIC_KEY'],
  ...['APP_SIGN_KEY_FILE', 'APP_DECRYPT_KEY_FILE', 'PLATFORM_PUBLIC_KEY_FILE', 'PROXY', 'CA_FILE', 'TRUST_STORE'],
  ...['OPERATION', 'TOKEN', 'USER_INFORMATION', 'PHONE_NUMBER', 'RESULT_CODE', 'SCENARIO', 'JOB'],
].map((name) => PREFIX + name);

/** The variables of all flags. */
const SETTINGS = [...SERVE_FLAGS, ...EXEC_FLAGS, ...WAIT_FLAGS, ...EXPLAIN_FLAGS].map(({ flag }) => variableOf(flag));

/** A warning for each. */
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
