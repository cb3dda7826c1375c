/** The token of a request as findings use it: its text, and its record if it has one. */
import { isTokenLive, type TokenRecord } from '../../carrier/engine/state.js';
import { isMagicToken, isTokenWellFormed } from '../../carrier/engine/token-format.js';
import type { Subject } from '../subject.js';

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
  if (app === undefined || !isTokenWellFormed(presentedToken(subject) ?? '')) return undefined;
  if (token !== undefined) {
    const { appId } = app.settings;
    return { record: token, appId, ownApp: true, nowMs: subject.atMs, live: isTokenLive(token, subject.atMs) };
  }
  if (foreignToken === undefined) return undefined;
  const { record, appId, nowMs } = foreignToken;
  return { record, appId, ownApp: false, nowMs, live: isTokenLive(record, nowMs) };
}
