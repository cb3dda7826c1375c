/** What a decision is: which code, by which rule, and what has to be written for it. */
import type { LoginTokenValidateRequirement } from './rules/login-token-validate.js';
import type { TokenValidateRequirement } from './rules/token-validate.js';

export type Requirement = LoginTokenValidateRequirement | TokenValidateRequirement;

/** What has to be written, together or not at all. */
export type Effect =
  | { readonly kind: 'useToken' }
  /** Draws one call on a limit; where none is left, another request took the last one and the decision is stale. */
  | { readonly kind: 'countCall'; readonly counter: string; readonly limit: number | null }
  /** A line in the ledger. */
  | { readonly kind: 'charge' }
  | { readonly kind: 'grantAccessToken' }
  | { readonly kind: 'rememberMsgId' };

export interface Decision {
  readonly resultCode: string;
  /** The text of an undocumented code, '' if it has none; undefined for the text of the code's own row. */
  readonly desc?: string;
  readonly decidedBy: Requirement | 'allMet' | 'forced';
  readonly charged: boolean;
  /** The number that login's answer carries. */
  readonly phoneNumber: string | undefined;
  readonly grantsAccessToken: boolean;
  readonly effects: readonly Effect[];
}
