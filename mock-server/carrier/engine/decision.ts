/** A decision: the code, the rule that decided, and what must be written. */
import type { Requirement } from '../../../src/protocol/requirements.js';

/** The writes of a decision, all or none. */
export type Effect =
  | { readonly kind: 'useToken' }
  /** Uses one call of a limit. If none is left, another request used the last one, and the decision is stale. */
  | { readonly kind: 'countCall'; readonly counter: string; readonly limit: number | null }
  /** Adds a line to the ledger. */
  | { readonly kind: 'charge' }
  | { readonly kind: 'grantAccessToken' }
  | { readonly kind: 'rememberMsgId' };

export interface Decision {
  readonly resultCode: string;
  /** The text of an undocumented code, '' if it has none; undefined for a documented code, whose row has the text. */
  readonly desc?: string;
  /** The status of a response without a result code, as a gateway sends it. */
  readonly bareStatus?: number | undefined;
  readonly decidedBy: Requirement | 'allMet' | 'forced';
  readonly charged: boolean;
  /** The number in loginTokenValidate's response. */
  readonly phoneNumber: string | undefined;
  readonly grantsAccessToken: boolean;
  readonly effects: readonly Effect[];
}

/** Whether a request had a path that the carrier does not have: no other refusal is without a result. */
export function isPathUnknown({
  resultCode,
  decidedBy,
}: Pick<Decision, 'decidedBy'> & { readonly resultCode: string | undefined }): boolean {
  return resultCode === undefined && decidedBy === 'urlRight';
}
