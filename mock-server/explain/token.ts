/** The token of a request: what its text is, and its record if it has one. */

import { OPERATIONS } from '../../src/protocol/operations.js';
import { formatTimestamp, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/protocol/timestamp.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import { urlDecoded } from '../../src/text/url-decoded.js';
import { moduleOf } from '../carrier/engine/operations/operations.js';
import { isTokenLive, type TokenRecord } from '../carrier/engine/state.js';
import { isMagicToken, type TokenFormat } from '../carrier/engine/token-format.js';
import { type Evidence, YES } from './finding.js';
import { isMasked } from './masked-values.js';
import type { Subject } from './subject.js';

export type TokenKind = 'masked' | 'wrapped' | 'legacy';

/** An aggregator's wrapper, which ends with the carrier's own token. Observed with `CM`, for 移动. */
const WRAPPER = /^C[MUT]__\d+__[0-9A-Fa-f]{32}__[\d.]+__(.+)$/;

/** A token of the login interface 1.x. */
const LEGACY = /^84840100[0-9A-F]{32,}$/i;

/** The other kinds were observed in real clients. */
const SHAPES: readonly {
  readonly kind: TokenKind;
  readonly matches: (text: string) => boolean;
}[] = [
  { kind: 'masked', matches: isMasked },
  { kind: 'wrapped', matches: (text) => WRAPPER.test(text) },
  { kind: 'legacy', matches: (text) => LEGACY.test(text) },
];

/** What returns a token that none of the operations takes. */
interface Issuer {
  readonly shape: RegExp;
  readonly product: Bilingual;
  /** The path of the carrier's interface that takes the token. */
  readonly path?: string;
}

/** From public clients and the pages of providers. No document has these shapes, so the words say what a text looks like. */
const ISSUERS: readonly Issuer[] = [
  {
    shape: /^A[123]-[\w+/=-]{16,}$/,
    product: {
      en: 'the aggregator 闪验 (A1-, A2- or A3-)',
      zh: '聚合平台闪验（以 A1-、A2-、A3- 开头）',
    },
  },
  {
    shape: /^nm[0-9a-f]{32}$/i,
    product: { en: 'China Telecom (nm and 32 hex digits)', zh: '中国电信（nm + 32 位十六进制）' },
  },
  { shape: /^0:AAAA/, product: { en: 'China Unicom (0:AAAA…)', zh: '中国联通（以 0:AAAA 开头）' } },
  {
    shape: /^eyJ[\w-]{8,}/,
    product: { en: 'a login of your own, a JWT (eyJ…)', zh: '自己的登录态 JWT（以 eyJ 开头）' },
  },
  {
    shape: /^VMHTTPS/,
    product: {
      en: 'the number verification of web pages (VMHTTPS…)',
      zh: 'H5 页面的本机号码校验（以 VMHTTPS 开头）',
    },
    path: '/NumberAbility/h5/verifyVmMobileApi.htm',
  },
];

/** undefined for a token of the operations, and for a text of no known shape. */
export function issuerOf(text: string): Issuer | undefined {
  return ISSUERS.find(({ shape }) => shape.test(repairToken(text)));
}

const WHITE_SPACE = /\s+/g;
const PERCENT = /%[0-9A-Fa-f]{2}/;
// The phone and the server behind it may each have encoded the text once.
const ENCODINGS_MAX = 2;

const FORMATS = OPERATIONS.map(({ operation }) => moduleOf(operation).tokens);

/** What the tokens of the operations look like that take this one; undefined if none does. */
export function productOf(text: string): TokenFormat | undefined {
  return FORMATS.find(({ isWellFormed }) => isWellFormed(text));
}

/** Decodes the text first, because a wrapper may be encoded too. */
export function tokenKind(text: string): TokenKind | undefined {
  const repaired = repairToken(text);
  return SHAPES.find(({ matches }) => matches(repaired))?.kind;
}

/** The carrier's token inside a wrapper; any other text unchanged. */
export function innerToken(text: string): string {
  return WRAPPER.exec(repairToken(text))?.[1] ?? text;
}

/** Decodes the text and removes white space, because no token contains a percent code or white space. */
export function repairToken(text: string): string {
  return decoded(text, ENCODINGS_MAX).replace(WHITE_SPACE, '');
}

/** Whether a token is percent-encoded or contains white space. White space around it is a different mistake. */
export function isDamaged(text: string): boolean {
  const repaired = repairToken(text);
  const beginnings = [...FORMATS.map(({ beginning }) => beginning), WRAPPER, LEGACY];
  return repaired !== text.trim() && beginnings.some((beginning) => beginning.test(repaired));
}

function decoded(text: string, times: number): string {
  if (times === 0 || !PERCENT.test(text)) return text;
  const once = urlDecoded(text);
  return once === text ? text : decoded(once, times - 1);
}

/** What the tokens of the operation look like. */
export function tokensOf({ request }: Subject): TokenFormat {
  return moduleOf(request.operation).tokens;
}

/** A token that was issued here, to this app or to another. */
export interface KnownToken {
  readonly record: TokenRecord;
  /** The app that the token was issued to. */
  readonly appId: string;
  readonly ownApp: boolean;
  /** By the clock of that app. */
  readonly nowMs: number;
  readonly live: boolean;
}

/** undefined if none was sent, and for a magic token that forced the outcome, because it is not a real token. */
export function presentedToken({ request: { token }, decidedBy }: Subject): string | undefined {
  if (token === undefined || token === '') return undefined;
  return decidedBy === 'forced' && isMagicToken(token) ? undefined : token;
}

/** undefined if the app is unknown, or if the token is malformed, even if a token was minted with that text. */
export function knownToken(subject: Subject): KnownToken | undefined {
  const { app, token, foreignToken } = subject.state;
  const { isWellFormed } = tokensOf(subject);
  if (app === undefined || !isWellFormed(presentedToken(subject) ?? '')) return undefined;
  if (token !== undefined) {
    const { appId } = app.settings;
    return {
      record: token,
      appId,
      ownApp: true,
      nowMs: subject.atMs,
      live: isTokenLive(token, subject.atMs),
    };
  }
  if (foreignToken === undefined) return undefined;
  const { record, appId, nowMs } = foreignToken;
  return { record, appId, ownApp: false, nowMs, live: isTokenLive(record, nowMs) };
}

/** How late a token is. `byMs` is the time since the expiry; or, if the clock was set back, the time until the issue. */
export function lifeOf({ record: { issuedAtMs, expiresAtMs }, nowMs }: KnownToken): Evidence {
  const isEarly = nowMs < issuedAtMs;
  const byMs = isEarly ? issuedAtMs - nowMs : nowMs - expiresAtMs;
  return {
    issuedAtMs,
    expiresAtMs,
    byMs,
    late: durationWords(byMs),
    period: periodWords(issuedAtMs, expiresAtMs),
    ...(isEarly && { early: YES }),
    issuedAt: formatTimestamp(issuedAtMs),
    expiresAt: formatTimestamp(expiresAtMs),
    nowAt: formatTimestamp(nowMs),
  };
}

/** `5.0 s`, `12 min`. */
function durationWords(ms: number): Bilingual {
  if (ms < 2 * MINUTE_MS) {
    const seconds = (ms / SECOND_MS).toFixed(1);
    return { en: `${seconds} s`, zh: `${seconds} 秒` };
  }
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 120) return { en: `${minutes} min`, zh: `${minutes} 分钟` };
  const hours = Math.round(ms / HOUR_MS);
  return { en: `${hours} h`, zh: `${hours} 小时` };
}

const TIMESTAMP = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d{3}$/;

/** `2026-11-25 13:33:06 to 13:35:06`. */
function periodWords(fromMs: number, toMs: number): Bilingual {
  const from = dateAndTime(fromMs);
  const to = dateAndTime(toMs);
  // The same date only once.
  const end = to.replace(from.slice(0, 11), '');
  return { en: `${from} to ${end}`, zh: `${from} 至 ${end}` };
}

/** `2026-11-25 13:33:06`. */
function dateAndTime(ms: number): string {
  return formatTimestamp(ms).replace(TIMESTAMP, '$1-$2-$3 $4:$5:$6');
}
