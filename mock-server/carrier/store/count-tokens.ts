/** How many tokens are live, counted a slice at a time, so that requests are answered between two. */
import { isTokenLive, type TokenRecord } from '../engine/state.js';
import type { TokenCount } from './state-store.js';

// About a millisecond's worth: a million tokens are fifty of them.
const SLICE = 20_000;

type Tokens = ReadonlyMap<string, { readonly value: TokenRecord }>;

/** What is minted, used up or dropped meanwhile may be counted or not. */
export async function countTokens(tokens: Tokens, nowMs: number): Promise<TokenCount> {
  let live = 0;
  let seen = 0;
  for (const { value } of tokens.values()) {
    if (value.usedBy === undefined && isTokenLive(value, nowMs)) live += 1;
    seen += 1;
    if (seen % SLICE === 0) await turn();
  }
  return { kept: tokens.size, live };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
