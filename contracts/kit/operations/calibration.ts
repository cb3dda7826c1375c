/** What calibration sends for an operation: its control requests, and the parts of its requests with one mistake. */
import type { Bilingual } from '../../../src/text/bilingual.js';
import type { Operation } from '../../index.js';
import type { When } from '../case.js';

/** Sent with every good request of verify. URL-encoded, so that every option accepts it. */
export const MESSAGE = 'order%3D42';
export const EXPAND_PARAMS = 'channel%3Dapp';

/** A case of the kit, and the code that its request gets. */
interface KnownCase {
  readonly case: string;
  readonly code: string;
}

export interface Calibration {
  readonly controls: {
    /** What a good request has in addition. */
    readonly goodWhen: When;
    /** The codes for a token that was never issued, besides the operation's tokenCode. */
    readonly otherTokenCodes: readonly string[];
    /** A good request with a live token. */
    readonly success: KnownCase;
    /** The first has a wrong signature. Each shows that its mistake is checked before the token. */
    readonly bad: readonly KnownCase[];
  };
  readonly mistakes: MistakeRows;
}

export interface Mistake {
  readonly operation: Operation;
  /** The check that it violates: a requirement, or `requirement/part`. */
  readonly check: string;
  readonly name: Bilingual;
  /** Two mistakes in one slot do not fit in one request. */
  readonly slot: string;
  readonly when: When;
  /** A text instead of the token, a token of the other operation, or a msgid that a good call had before. */
  readonly token?: { readonly text: string } | 'other operation';
  readonly repeatsMsgId?: true;
  /** Whether carriers that follow the document accept it or can accept it. */
  readonly isUsual?: true;
  /** What the request does not have or need, so that no mistake there fits. */
  readonly covers?: readonly string[];
  /** If this mistake has the same outcome, the two are one for the carrier. */
  readonly sameAs?: string;
}

export interface MistakeRow extends Partial<Omit<Mistake, 'operation' | 'name'>> {
  readonly check: string;
  readonly slot: string;
  readonly name: readonly [en: string, zh: string];
}

/** The check that the text violates, its name, and the text. */
export type MalformedToken = readonly [
  check: string,
  name: readonly [string, string],
  text: string,
];

export interface MistakeRows {
  /** The required fields, in the order of the document, with a value that breaks the field's rule, and the fields that are optional with it. */
  readonly fields: readonly (readonly [
    property: string,
    path: string,
    wrong?: string,
    optional?: readonly string[],
  ])[];
  /** Where the checks of the body and of the values are. */
  readonly checks: Readonly<Record<'type' | 'values', string>>;
  readonly paths: Readonly<Record<'version' | 'number' | 'optional' | 'unknown', string>>;
  readonly others: readonly MistakeRow[];
  /** Of a signature. */
  readonly digits: number;
  readonly malformedTokens: readonly MalformedToken[];
  /** The checks that the operation does not have. */
  readonly without?: readonly string[];
}

export const replace = (path: string, value: unknown): When => ({
  fields: [{ op: 'replace', path, value }],
});
export const add = (path: string, value: unknown): When => ({
  fields: [{ op: 'add', path, value }],
});
export const remove = (path: string): When => ({ fields: [{ op: 'remove', path }] });
export const phoneNum = (...parts: readonly string[]): When => ({
  derived: { '/body/phoneNum': { algorithm: 'none', parts } },
});
/** The damaged tokens of the SDK, from a token that was never issued. */
export function malformedTokens(unknown: string): readonly MalformedToken[] {
  const head = unknown.slice(0, -3);
  return [
    ['tokenWellFormed/characters', ['token malformed', 'token 格式错误'], `${head}-x0`],
    ['tokenWellFormed/length', ['token too short', 'token 过短'], unknown.slice(0, -8)],
    ['tokenWellFormed/encoded', ['token URL-encoded', 'token 做了 urlencode'], `${head}%2B`],
    ['tokenWellFormed/blank', ['token with a blank', 'token 带空格'], `${unknown} `],
    [
      'tokenWellFormed/prefix',
      ['token with another prefix', 'token 前缀不对'],
      unknown.replace('STsid', 'YZsid'),
    ],
  ];
}

export const text = (token: string) => ({ slot: 'token', token: { text: token } });
