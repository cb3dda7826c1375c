/** The token of a request, as far as findings go by it: its text, and its record where it has one. */
import { isTokenLive, type TokenRecord } from '../../carrier/engine/state.js';
import { isMagicToken, isTokenWellFormed } from '../../carrier/engine/token-format.js';
import type { Subject } from '../subject.js';

/** A token that was got here, by this app or by another. */
export interface KnownToken {
  readonly record: TokenRecord;
  /** The app that got it. */
  readonly appId: string;
  readonly ownApp: boolean;
  /** By the clock of the app that got it. */
  readonly nowMs: number;
  readonly live: boolean;
}

/** undefined where none was sent, and for a magic token that has done its work: it stands for no genuine one. */
export function presentedToken({ request: { token }, decidedBy }: Subject): string | undefined {
  if (token === undefined || token === '') return undefined;
  return decidedBy === 'forced' && isMagicToken(token) ? undefined : token;
}

/** undefined without an app, whose world the token is looked up in; and for an ill-formed text, whatever was minted under it. */
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
