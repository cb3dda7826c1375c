/** The interpretations of points where the document is silent or contradicts itself. The first option is the default. */
import { DURATION_PATTERN } from '../text/duration.js';
import { byOperation, type Operation } from './operations.js';

/** How we know: the document states it; public evidence shows it; it follows from evidence; our choice, without public evidence. */
export type Basis = 'documented' | 'observed' | 'inferred' | 'assumed';

interface ReadingRow {
  readonly id: string;
  readonly options: readonly [string, ...string[]];
  /** Further options, as a regular expression, and how to write them. */
  readonly pattern?: string;
  readonly form?: string;
  /** One that changes more than the code. */
  readonly example?: string;
  /** The basis of the default. */
  readonly basis: Basis;
  /** The option that accepts nothing that another one of `options` refuses. Without it, none refuses more than the others. */
  readonly strictest?: string;
  /** The operations that it concerns; without it, all. */
  readonly only?: readonly Operation[];
  /** Whether it can have an option for each operation: `loginTokenValidate=allowed;tokenValidate=refused`. */
  readonly byOperation?: true;
}

const DURATION = DURATION_PATTERN.replace('^', '').replace('$', '');

/** A refusal with codes of the operations that document them; another operation keeps its own code. */
const REFUSED = {
  pattern: '^refused:(?:http-)?\\d{3,6}(?:,(?:http-)?\\d{3,6})?$',
  form: 'refused:<code>',
} as const;

const OF_THE_DOCUMENT = ['loginTokenValidate', 'tokenValidate'] as const;

export const READINGS = [
  {
    id: 'login-md5-case',
    options: ['any', 'upper'],
    basis: 'observed',
    strictest: 'upper',
    only: ['loginTokenValidate'],
  },
  {
    id: 'verify-hex-case',
    options: ['upper', 'any', 'sign'],
    basis: 'documented',
    strictest: 'upper',
    only: ['tokenValidate'],
  },
  {
    id: 'content-type',
    options: ['any', 'json'],
    ...REFUSED,
    basis: 'observed',
    strictest: 'json',
    only: OF_THE_DOCUMENT,
  },
  {
    id: 'json-numbers',
    options: ['keyType', 'refused', 'any'],
    basis: 'observed',
    strictest: 'refused',
  },
  {
    id: 'json-null',
    options: ['refused', 'absent'],
    ...REFUSED,
    basis: 'assumed',
    strictest: 'refused',
  },
  {
    id: 'system-time',
    options: ['digits', 'calendar'],
    pattern: `^window:(?:${DURATION}|-${DURATION}[.][.]${DURATION})$`,
    form: 'window:<duration>',
    example: 'window:5m',
    basis: 'observed',
    strictest: 'calendar',
    byOperation: true,
  },
  {
    id: 'msgid-replay',
    options: ['allowed', 'refused'],
    ...REFUSED,
    basis: 'observed',
    strictest: 'refused',
    byOperation: true,
  },
  {
    id: 'refused-call-uses-token',
    options: ['no', 'yes', 'reached'],
    basis: 'assumed',
    strictest: 'yes',
  },
  {
    id: 'verify-quota-code',
    options: ['103420', '102315', '105312'],
    basis: 'inferred',
    only: ['tokenValidate'],
  },
  {
    id: 'daily-quota-counts',
    options: ['charged', 'every-call'],
    basis: 'assumed',
    strictest: 'every-call',
  },
  {
    id: 'daily-quota-covers',
    options: ['both', 'tokenValidate'],
    basis: 'assumed',
    strictest: 'both',
  },
  {
    id: 'login-ip-check',
    options: ['strict-only', 'always', 'registered'],
    basis: 'observed',
    strictest: 'always',
    only: ['loginTokenValidate'],
  },
  {
    id: 'login-error-desc',
    options: ['sent', 'absent'],
    basis: 'observed',
    only: ['loginTokenValidate'],
  },
  {
    id: 'unknown-app-at-verify',
    options: ['102', '302'],
    ...REFUSED,
    basis: 'assumed',
    only: ['tokenValidate'],
  },
  { id: 'other-apps-dead-token', options: ['103133', '104201'], basis: 'assumed' },
  {
    id: 'verify-rsa-encoding',
    options: ['base64', 'hex'],
    basis: 'observed',
    only: ['tokenValidate'],
  },
  {
    id: 'verify-sign-key',
    options: ['appVerifyKey', 'either'],
    basis: 'inferred',
    strictest: 'appVerifyKey',
    only: ['tokenValidate'],
  },
  {
    id: 'verify-key-size',
    options: ['any', '1024'],
    basis: 'assumed',
    strictest: '1024',
    only: ['tokenValidate'],
  },
  {
    id: 'verify-params-encoding',
    options: ['any', 'encoded'],
    basis: 'assumed',
    strictest: 'encoded',
    only: ['tokenValidate'],
  },
  {
    id: 'verify-echo',
    options: ['echoed', 'empty', 'decoded', 'absent'],
    basis: 'inferred',
    only: ['tokenValidate'],
  },
  {
    id: 'refusal-task-id',
    options: ['sent', 'absent'],
    basis: 'inferred',
    only: OF_THE_DOCUMENT,
    byOperation: true,
  },
  {
    id: 'verify-result-desc',
    options: ['words', 'code'],
    basis: 'documented',
    only: ['tokenValidate'],
  },
  {
    id: 'h5-sign-case',
    options: ['any', 'upper'],
    basis: 'assumed',
    strictest: 'upper',
    only: ['h5TokenValidate'],
  },
  {
    id: 'h5-refusal-data',
    options: ['absent', 'null'],
    basis: 'assumed',
    only: ['h5TokenValidate'],
  },
] as const satisfies readonly ReadingRow[];

type KnownReading = (typeof READINGS)[number];
type OptionOf<R extends KnownReading> =
  | R['options'][number]
  | (R extends { readonly form: `${infer Kind}:${string}` } ? `${Kind}:${string}` : never)
  | (R extends { readonly byOperation: true } ? string : never);

export type ReadingId = KnownReading['id'];
export type Readings = {
  readonly [Id in ReadingId]: OptionOf<Extract<KnownReading, { readonly id: Id }>>;
};

export const DEFAULT_READINGS: Readings = Object.fromEntries<Readings[ReadingId]>(
  READINGS.map(({ id, options }) => [id, options[0]]),
) as Readings;

/** Where no option is the strictest, the default. */
export const STRICTEST_READINGS: Readings = Object.fromEntries<Readings[ReadingId]>(
  READINGS.map((row) => [row.id, 'strictest' in row ? row.strictest : row.options[0]]),
) as Readings;

/** Whether a reading can change the result of an operation. */
export function concerns(id: ReadingId, operation: Operation): boolean {
  const rows: readonly ReadingRow[] = READINGS;
  const only = rows.find((row) => row.id === id)?.only;
  return only === undefined || only.includes(operation);
}

const AT_OPERATIONS = new WeakMap<Readings, Readonly<Record<Operation, Readings>>>();
const BY_OPERATION = READINGS.flatMap((row) => ('byOperation' in row ? [row.id] : []));

/** The readings for one operation, without options for each operation. The same object for the same readings. */
export function readingsAt(readings: Readings, operation: Operation): Readings {
  const known = AT_OPERATIONS.get(readings) ?? byOperation((each) => divided(readings, each));
  AT_OPERATIONS.set(readings, known);
  return known[operation];
}

function divided(readings: Readings, operation: Operation): Readings {
  if (!BY_OPERATION.some((id) => readings[id].includes('='))) return readings;
  const own = BY_OPERATION.map((id) => [id, optionAt(id, readings[id], operation)]);
  return { ...readings, ...Object.fromEntries(own) };
}

/** The option for an operation; the default for one that has none. */
function optionAt(id: ReadingId, option: string, operation: Operation): string {
  if (!option.includes('=')) return option;
  const own = option.split(';').find((part) => part.startsWith(`${operation}=`));
  return own?.slice(operation.length + 1) ?? DEFAULT_READINGS[id];
}
