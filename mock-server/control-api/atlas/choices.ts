/** What there is to choose from: the ways to a code, how a request is signed, and the languages of the programs. */
import type { Operation } from '../../../src/protocol/operations.js';

export const WAY_NAMES = ['genuine', 'magic', 'header', 'script'] as const;
export type Way = (typeof WAY_NAMES)[number];

/** By default the first. */
export const SIGNINGS = {
  loginTokenValidate: ['md5', 'rsa'],
  tokenValidate: ['hmac', 'rsa'],
} as const satisfies Readonly<Record<Operation, readonly string[]>>;
export type Signing = (typeof SIGNINGS)[Operation][number];

export const LANGUAGE_NAMES = ['java', 'go', 'php', 'python', 'node'] as const;
export type Language = (typeof LANGUAGE_NAMES)[number];
