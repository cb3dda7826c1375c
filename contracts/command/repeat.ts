/** The shell command that repeats one case with the settings of this run. */

import { quoted } from '../../src/text/curl-command.js';
import type { FlagValues } from '../../src/text/flags.js';
import type { CaseResult, Suite } from '../kit/result.js';
import { textOf } from './flags.js';

/** The flags that affect the result of a case. The others select cases or reports. */
const KEPT_FLAGS = [
  ...['app', 'phone', 'mock', 'control-url', 'profile', 'calibration', 'spend-limit', 'timeout', 'handled-status'],
  'lang',
];

export interface Repeated {
  readonly suite: Suite;
  readonly program: string;
  readonly values: FlagValues;
  /** For the consumer suite. */
  readonly command?: readonly string[];
  /** For a replay. */
  readonly files?: readonly string[];
}

export function repeatCommand(
  { suite, program, values, command = [], files = [] }: Repeated,
  result: CaseResult,
): string {
  const flags = KEPT_FLAGS.flatMap((flag) => {
    const value = textOf(values, flag);
    return value === undefined ? [] : [`--${flag}`, word(value)];
  });
  const ids = [...new Set([...(result.about?.scenarios ?? []), result.id])];
  return [
    program,
    'contract',
    suite,
    ...flags,
    ...(values['intercept'] === true ? ['--intercept'] : []),
    // Never the token itself, because a report would reveal it.
    ...(textOf(values, 'control-token') === undefined ? [] : ['--control-token "$CMPASSPORT_CONTROL_TOKEN"']),
    '--only',
    word(ids.join(',')),
    ...files.map(word),
    ...(command.length === 0 ? [] : ['--', ...command.map(word)]),
  ].join(' ');
}

function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text);
}
