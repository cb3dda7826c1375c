/** The command that runs one case again, alone: pasted into a shell, it does what this run did. */
import { quoted } from '../report/curl-command.js';
import type { CaseResult, Suite } from '../results/result.js';
import { type FlagValues, textOf } from './flags.js';

/** The flags that decide how a case goes; the others choose cases, or say how they are reported. */
const CARRIED = [
  ...['app', 'phone', 'mock', 'control-url', 'profile', 'calibration', 'spend-limit', 'timeout', 'handled-status'],
  'lang',
];

export interface Repeated {
  readonly suite: Suite;
  readonly program: string;
  readonly values: FlagValues;
  /** Of the consumer suite. */
  readonly command?: readonly string[];
  /** Of a replay. */
  readonly files?: readonly string[];
}

export function repeatCommand(
  { suite, program, values, command = [], files = [] }: Repeated,
  result: CaseResult,
): string {
  const flags = CARRIED.flatMap((flag) => {
    const value = textOf(values, flag);
    return value === undefined ? [] : [`--${flag}`, word(value)];
  });
  const ids = [...new Set([...(result.about?.scenarios ?? []), result.id])];
  return [
    program,
    'contract',
    suite,
    ...flags,
    // Never the token itself: a report would spread it.
    ...(textOf(values, 'control-token') === undefined ? [] : ['--control-token "$CMPASSPORT_CONTROL_TOKEN"']),
    '--only',
    word(ids.join(',')),
    ...files.map(word),
    ...(command.length === 0 ? [] : ['--', ...command.map(word)]),
  ].join(' ');
}

const PLAIN = /^[\w@%+=:,./-]+$/;

function word(text: string): string {
  return PLAIN.test(text) ? text : quoted(text);
}
