/** Counts the live tokens in slices, so that requests are handled between two slices. */
import { isTokenLive, type TokenRecord } from '../engine/state.js';
import type { TokenCount } from './state-store.js';

// Takes about a millisecond: a million tokens are fifty slices.
const SLICE = 20_000;

type Tokens = ReadonlyMap<string, { readonly value: TokenRecord }>;

/** Tokens that are minted, used up or dropped meanwhile may or may not be counted. */
export async function countTokens(tokens: Tokens, nowMs: number): Promise<TokenCount> {
  let live = 0;
  let seen = 0;
  for (const { value } of tokens.values()) {
    if (value.usedBy === undefined && isTokenLive(value, nowMs)) live += 1;
    seen += 1;
    if (seen % SLICE === 0) await nextTurn();
  }
  return { kept: tokens.size, live };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
