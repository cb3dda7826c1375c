/** The checks of all sent requests, by the last part of their ids. */
import type { SentCheck } from './check.js';
import { SENT_DOCUMENTED, SENT_GIVEN, SENT_SCHEMA, SENT_TIME } from './fields.js';
import { CAPTURED_TOKEN_AGE, SENT_CHARGED_ONCE, SENT_MSG_ID_FRESH, SENT_MSG_ID_UUID, SENT_TOKEN_ONCE } from './once.js';
import { SENT_PHONE_NUM, SENT_SIGN, SENT_SIGN_CASE } from './signed.js';
import {
  SENT_CONTENT_TYPE,
  SENT_JSON,
  SENT_METHOD,
  SENT_PATH,
  SENT_SECRETS_HIDDEN,
  SENT_TOKEN_HIDDEN,
} from './wire.js';

export const SENT_CHECKS: readonly (readonly [name: string, check: SentCheck])[] = [
  ['sent-method', SENT_METHOD],
  ['sent-path', SENT_PATH],
  ['sent-content-type', SENT_CONTENT_TYPE],
  ['sent-json', SENT_JSON],
  ['sent-schema', SENT_SCHEMA],
  ['sent-given', SENT_GIVEN],
  ['sent-sign', SENT_SIGN],
  ['sent-sign-case', SENT_SIGN_CASE],
  ['sent-phone-num', SENT_PHONE_NUM],
  ['sent-msgid-fresh', SENT_MSG_ID_FRESH],
  ['sent-msgid-uuid', SENT_MSG_ID_UUID],
  ['sent-time', SENT_TIME],
  ['sent-token-once', SENT_TOKEN_ONCE],
  ['sent-charged-once', SENT_CHARGED_ONCE],
  ['sent-token-hidden', SENT_TOKEN_HIDDEN],
  ['sent-secrets-hidden', SENT_SECRETS_HIDDEN],
  ['sent-documented-only', SENT_DOCUMENTED],
  ['captured-token-age', CAPTURED_TOKEN_AGE],
];

export function sentCheckOf(id: string): SentCheck {
  const name = id.split('/').at(-1);
  const found = SENT_CHECKS.find(([one]) => one === name);
  if (found === undefined) throw new TypeError(`${id} has no check`);
  return found[1];
}
