/** Mints the tokens that the phone's SDK would get for the SIM card in the phone. */
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { type Carrier, subscriberOf } from '../carrier.js';
import type { TokenCapability } from '../engine/app-settings.js';
import { tokensFor } from '../engine/operations/operations.js';
import type { Operator, TokenRecord } from '../engine/state.js';
import { inOnePiece } from '../store/journal-exchange.js';
import type { AppRecord } from '../store/state-store.js';
import { nowOfApp } from './app-clock.js';
import { commitToApp } from './apps.js';

export interface MintInput {
  readonly phoneNumber?: string;
  readonly capability?: TokenCapability;
  readonly operator?: Operator;
  /** How long ago the token was issued. */
  readonly ageMs?: number;
  /** The token itself; cannot be combined with `count`. */
  readonly token?: string;
  readonly count?: number;
  readonly userInformation?: string;
}

/** Returns the tokens, or `exists` if the given text is already a token. */
export async function mint(carrier: Carrier, app: AppRecord, input: MintInput) {
  const { store, random, settings } = carrier;
  const { appId, tokenTtlMs } = app.settings;
  const {
    capability = OPERATIONS[0].capability,
    phoneNumber = settings.subscribers[0].phoneNumber,
  } = input;
  const { format, userInformationOf } = tokensFor(capability);
  const issuedAtMs = Math.max(0, (await nowOfApp(carrier, appId)) - (input.ageMs ?? 0));
  const record: TokenRecord = {
    phoneNumber,
    capability,
    operator: input.operator ?? subscriberOf(settings, phoneNumber)?.operator ?? 'mobile',
    issuedAtMs,
    expiresAtMs: issuedAtMs + tokenTtlMs,
    userInformation: input.userInformation ?? userInformationOf?.(phoneNumber),
    usedBy: undefined,
  };
  // The tokens of a commit share one value.
  const put = { kind: 'put', collection: 'token', expectedRevision: 0, value: { record } } as const;
  const minted = Array.from({ length: input.count ?? 1 }, () => ({
    token: input.token ?? inOnePiece(format(issuedAtMs, app.shortId, random.base62)),
    record,
  }));
  for (let from = 0; from < minted.length; from += TOKENS_PER_COMMIT) {
    const writes = minted
      .slice(from, from + TOKENS_PER_COMMIT)
      .map(({ token }) => ({ ...put, id: token }));
    if ((await commitToApp(store, appId, writes)) === 'stale') return 'exists';
  }
  return minted;
}

// A commit blocks all other requests. With this many tokens it takes a Redis some ten milliseconds.
const TOKENS_PER_COMMIT = 1_000;
