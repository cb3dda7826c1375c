/** Sends one random request to a carrier and to its calibrated mock, and returns what each responds. */
import type { Operation } from '../../../contracts/index.js';
import { buildRequest } from '../../../contracts/kit/build-request.js';
import type { When } from '../../../contracts/kit/case.js';
import { httpSubject } from '../../../contracts/kit/http.js';
import { resultCodeIn } from '../../../contracts/kit/operations.js';
import type { Values } from '../../../contracts/kit/pointer.js';
import { beijingTime, durationToMs } from '../../../contracts/kit/time.js';
import type { Subject } from '../../../contracts/kit/wire.js';
import { parsedJson } from '../../../src/text/shown-json.js';
import { mintToken, newApp } from '../../support/mock.js';
import type { MiniCarrier } from './mini-carrier.js';
import type { RandomRequest, TokenKind } from './random-requests.js';

export const PHONE = '13800138000';
const OTHER_PHONE = '13900139000';
const UNKNOWN = `STsid000000${'1'.repeat(13)}${'A'.repeat(32)}`;
/** Texts that are no token of the SDK. */
const DAMAGED: Readonly<Partial<Record<TokenKind, string>>> = {
  malformed: `${UNKNOWN.slice(0, -3)}-x`,
  short: UNKNOWN.slice(0, -8),
  'URL-encoded': `${UNKNOWN.slice(0, -3)}%2B`,
  'with a blank': `${UNKNOWN} `,
  'of another prefix': `YZsid${UNKNOWN.slice(5)}`,
};
const LIFE_MS = 121_000;
const OTHER: Readonly<Partial<Record<Operation, Operation>>> = {
  loginTokenValidate: 'tokenValidate',
  tokenValidate: 'loginTokenValidate',
};

/** One of the two carriers, with the same app. */
export interface Twin {
  readonly subject: Subject;
  readonly values: Values;
  mint(kind: TokenKind, operation: Operation): Promise<string>;
  /** The time by the carrier's clock. */
  nowMs(): number;
}

const subjectOf = (baseUrl: string) => httpSubject({ baseUrl, timeoutMs: 20_000, keepAlive: true });

export function carrierTwin({ url, app, other, mint, advance }: MiniCarrier): Twin {
  // The carriers have one clock, which is never set back.
  let aheadMs = 0;
  return {
    subject: subjectOf(url),
    values: valuesOf(app, app.platformPublicKey),
    mint: async (kind, operation) => {
      const token = await mint((kind === 'other app' ? other : app).appId, PHONE, operation);
      if (kind !== 'expired') return token;
      await advance(LIFE_MS);
      aheadMs += LIFE_MS;
      return token;
    },
    nowMs: () => Date.now() + aheadMs,
  };
}

/** A new app of the mock with the credentials of the carrier's. */
export async function mockTwin(url: string, { app }: MiniCarrier): Promise<Twin> {
  const {
    appId,
    appKey,
    appSecret,
    appSignPublicKey: appVerifyKey,
    appEncryptPublicKey: appEncryptKey,
  } = app;
  const settings = {
    capabilities: ['loginTokenValidate', 'tokenValidate', 'smsFallback'],
    contracted: true,
  };
  const own = await newApp(url, {
    ...settings,
    appId,
    appKey,
    appSecret,
    appVerifyKey,
    appEncryptKey,
  });
  const other = await newApp(url, settings);
  return {
    subject: subjectOf(url),
    values: valuesOf(app, own.platformPublicKey),
    mint: (kind, capability) =>
      mintToken(url, (kind === 'other app' ? other : own).appId, {
        phoneNumber: PHONE,
        capability,
        ...(kind === 'expired' && { ageMs: LIFE_MS }),
      }),
    nowMs: () => Date.now(),
  };
}

function valuesOf(app: MiniCarrier['app'], platformPublicKey: string): Values {
  const { appId, appKey, appSecret, appSignPrivateKey: appSignKey } = app;
  return {
    ...{ appId, appKey, appSecret, appSignKey, platformPublicKey },
    phoneNumber: PHONE,
    otherPhoneNumber: OTHER_PHONE,
  };
}

/** What both twins need to send the same request. */
export interface Shared {
  readonly otherSignKey: string;
  readonly msgIds: readonly [string, string, string];
}

/** Returns the result code, or the status of a response without one. */
export async function sendTo(twin: Twin, request: RandomRequest, shared: Shared): Promise<string> {
  const { operation, signing, token: kind, before, repeatsMsgId, when } = request;
  const { otherSignKey, msgIds } = shared;
  const call = async (change: When, token: string, msgId: string) => {
    const time = beijingTime(
      twin.nowMs() + (change.timeOffset === undefined ? 0 : durationToMs(change.timeOffset)),
    );
    const values = { ...twin.values, otherSignKey, token, msgId, time };
    const answer = await twin.subject.send(
      buildRequest({ operation, signing, values }, flattened(change, operation, signing, values))
        .wire,
    );
    return resultCodeIn(operation, parsedJson(answer.body)) ?? `HTTP ${answer.status}`;
  };
  const token = await tokenOf(twin, kind, operation);
  if (kind === 'used') await call({}, token, msgIds[1]);
  for (const earlier of before) await call(earlier, token, msgIds[1]);
  if (repeatsMsgId) await call({}, await twin.mint('live', operation), msgIds[0]);
  return call(when, token, msgIds[0]);
}

/** The fields of header and body at the top level, as the text `{flat}`. */
function flattened(
  change: When,
  operation: Operation,
  signing: RandomRequest['signing'],
  values: Values,
): When {
  if (change.body?.text !== '{flat}') return change;
  const { body: _, ...others } = change;
  const sent = buildRequest({ operation, signing, values }, others).sent as Record<string, object>;
  return { ...change, body: { text: JSON.stringify({ ...sent['header'], ...sent['body'] }) } };
}

async function tokenOf(twin: Twin, kind: TokenKind, operation: Operation): Promise<string> {
  if (kind === 'unknown') return UNKNOWN;
  const damaged = DAMAGED[kind];
  if (damaged !== undefined) return damaged;
  return twin.mint(kind, kind === 'other operation' ? (OTHER[operation] ?? operation) : operation);
}
