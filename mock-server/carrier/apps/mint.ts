/** Mints the tokens that the phone's SDK would get for the SIM card in the phone. */
import { OPERATIONS } from '../../../src/protocol/operations.js';
import type { Operator, TokenCapability } from '../../../src/protocol/portal.js';
import type { Carrier } from '../carrier.js';
import { tokensFor } from '../engine/operations/operations.js';
import type { TokenRecord } from '../engine/state.js';
import { subscriberOf } from '../outcomes/test-numbers.js';
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

// A commit blocks all other requests. With this many tokens it takes a Redis some ten milliseconds.
const TOKENS_PER_COMMIT = 1_000;

/** Returns the tokens, or `exists` if the given text is already a token. */
export async function mint(carrier: Carrier, app: AppRecord, input: MintInput) {
  const { store, random } = carrier;
  const { appId, tokenTtlMs } = app.settings;
  const issuedAtMs = Math.max(0, (await nowOfApp(carrier, appId)) - (input.ageMs ?? 0));
  const expiresAtMs = issuedAtMs + tokenTtlMs;
  const record = newRecord(carrier, input, { issuedAtMs, expiresAtMs });
  const { format } = tokensFor(record.capability);
  const minted = Array.from({ length: input.count ?? 1 }, () => ({
    token: input.token ?? inOnePiece(format(issuedAtMs, app.shortId, random.base62)),
    record,
  }));
  // The tokens of a commit share one value.
  const put = { kind: 'put', collection: 'token', expectedRevision: 0, value: { record } } as const;
  for (let from = 0; from < minted.length; from += TOKENS_PER_COMMIT) {
    const writes = minted
      .slice(from, from + TOKENS_PER_COMMIT)
      .map(({ token }) => ({ ...put, id: token }));
    if ((await commitToApp(store, appId, writes)) === 'stale') return 'exists';
  }
  return minted;
}

type Lifetime = Pick<TokenRecord, 'issuedAtMs' | 'expiresAtMs'>;

function newRecord(
  { settings }: Carrier,
  input: MintInput,
  { issuedAtMs, expiresAtMs }: Lifetime,
): TokenRecord {
  const [defaultSubscriber] = settings.subscribers;
  const [defaultOperation] = OPERATIONS;
  const { capability = defaultOperation.capability, phoneNumber = defaultSubscriber.phoneNumber } =
    input;
  return {
    phoneNumber,
    capability,
    operator: input.operator ?? subscriberOf(settings, phoneNumber)?.operator ?? 'mobile',
    issuedAtMs,
    expiresAtMs,
    userInformation:
      input.userInformation ?? tokensFor(capability).userInformationOf?.(phoneNumber),
    usedBy: undefined,
  };
}
