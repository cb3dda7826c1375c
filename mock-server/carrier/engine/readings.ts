/** The interpretations of points where the document is silent or contradicts itself. The first option is the default. */
import { DURATION_PATTERN } from '../../../src/text/duration.js';
import type { Requirement } from './requirements.js';

/** How we know: the document states it; public evidence shows it; it follows from evidence; our choice, without public evidence. */
export type Basis = 'documented' | 'observed' | 'inferred' | 'assumed';

interface ReadingRow {
  readonly id: string;
  readonly options: readonly [string, ...string[]];
  /** Further options, as a regular expression. */
  readonly pattern?: string;
  /** The basis of the default. */
  readonly basis: Basis;
}

export const READINGS = [
  { id: 'login-md5-case', options: ['any', 'upper'], basis: 'observed' },
  { id: 'verify-hex-case', options: ['upper', 'any'], basis: 'documented' },
  { id: 'content-type', options: ['any', 'json'], basis: 'observed' },
  { id: 'json-numbers', options: ['keyType', 'refused', 'any'], basis: 'observed' },
  { id: 'json-null', options: ['refused', 'absent'], basis: 'assumed' },
  {
    id: 'system-time',
    options: ['digits', 'calendar'],
    pattern: DURATION_PATTERN.replace('^', '^window:'),
    basis: 'observed',
  },
  { id: 'msgid-replay', options: ['allowed', 'refused'], basis: 'observed' },
  { id: 'refused-call-uses-token', options: ['no', 'yes'], basis: 'assumed' },
  { id: 'verify-quota-code', options: ['103420', '102315', '105312'], basis: 'inferred' },
  { id: 'daily-quota-counts', options: ['charged', 'every-call'], basis: 'assumed' },
  { id: 'daily-quota-covers', options: ['both', 'tokenValidate'], basis: 'assumed' },
  { id: 'login-ip-check', options: ['strict-only', 'always', 'registered'], basis: 'observed' },
  { id: 'login-error-desc', options: ['sent', 'absent'], basis: 'observed' },
  { id: 'unknown-app-at-verify', options: ['102', '302'], basis: 'assumed' },
  { id: 'other-apps-dead-token', options: ['103133', '104201'], basis: 'assumed' },
  { id: 'verify-rsa-encoding', options: ['base64', 'hex'], basis: 'observed' },
  { id: 'verify-sign-key', options: ['appVerifyKey', 'either'], basis: 'inferred' },
  { id: 'verify-key-size', options: ['any', '1024'], basis: 'assumed' },
  { id: 'verify-params-encoding', options: ['any', 'encoded'], basis: 'assumed' },
  { id: 'verify-echo', options: ['echoed', 'empty', 'decoded'], basis: 'inferred' },
  { id: 'refusal-task-id', options: ['sent', 'absent'], basis: 'inferred' },
  { id: 'verify-result-desc', options: ['words', 'code'], basis: 'documented' },
] as const satisfies readonly ReadingRow[];

type Row = (typeof READINGS)[number];
type OptionOf<R extends Row> =
  | R['options'][number]
  | (R extends { readonly pattern: string } ? `window:${string}` : never);

export type ReadingId = Row['id'];
export type Readings = { readonly [Id in ReadingId]: OptionOf<Extract<Row, { readonly id: Id }>> };

export const DEFAULT_READINGS: Readings = Object.fromEntries(
  READINGS.map(({ id, options }) => [id, options[0]]),
) as unknown as Readings;

export interface Rule {
  readonly requires: Requirement;
  /** The code if the requirement is not met. */
  readonly otherwise: string;
  /** How we know that this code has this cause. The order of the rows is our interpretation: the document states none. */
  readonly basis: Basis;
  /** The reading whose option is the code, if an app can choose another code. */
  readonly codeReading?: ReadingId;
}
