/** For each duty of a client that its requests show: a request that neglects exactly this duty. */

import type { Evidence } from '../../../contracts/consumer/run-scenario.js';
import type { Patch, Signing, When } from '../../../contracts/kit/case.js';
import { NOW_MS, type Sending, sent } from '../../unit/contracts/sent-request.js';

export interface NeglectfulClient {
  readonly duty: string;
  readonly sent: readonly Evidence[];
}

const JSON_AND_MORE: When = { body: { text: '{json};' } };
const AS_TEXT: When = { headers: { 'content-type': 'text/plain' } };
const replaced = (path: string, value: unknown): When => ({
  fields: [{ op: 'replace', path, value }],
});
const added = (path: string, value: unknown): When => ({ fields: [{ op: 'add', path, value }] });
const without = (path: string): When => ({ fields: [{ op: 'remove', path } satisfies Patch] });

const LOGIN: readonly (readonly [duty: string, when: When, signing?: Signing])[] = [
  ['address', { path: '/unisdk/rsapi//loginTokenValidate' }],
  ['method', { method: 'GET' }],
  ['content-type', AS_TEXT],
  ['standard-json', JSON_AND_MORE],
  ['content-type-set', AS_TEXT],
  ['strings', replaced('/strictcheck', 0)],
  ['version', replaced('/version', '1.0')],
  ['msgid', replaced('/msgid', 'a'.repeat(37))],
  ['systemtime', replaced('/systemtime', '20260102110405')],
  ['strictcheck', without('/strictcheck')],
  ['appid', without('/appid')],
  ['token', without('/token')],
  ['sign', { signed: [{ op: 'remove', path: '/sign' }] }],
  ['sign-md5', { derived: { '/sign': { parts: ['/appid', '/token', '{appSecret}'] } } }],
  ['sign-plus', { derived: { '/sign': { separator: '+' } } }],
  ['sign-upper', { derived: { '/sign': { case: 'lower' } } }],
  ['sign-rsa', { derived: { '/sign': { key: '{otherSignKey}' } } }, 'rsa'],
  ['sign-rsa-algorithm', { derived: { '/sign': { algorithm: 'rsa-sha1' } } }, 'rsa'],
  ['sign-rsa-hex', { derived: { '/sign': { encoding: 'base64' } } }, 'rsa'],
  ['encryptionalgorithm-rsa', replaced('/encryptionalgorithm', 'rsa'), 'rsa'],
  ['token-own-app', replaced('/appid', '300000000009')],
];

const VERIFY: readonly (readonly [duty: string, when: When, signing?: Signing])[] = [
  ['address', { path: '/openapi/rs//tokenValidate' }],
  ['post-json', { method: 'GET' }],
  ['json-request', JSON_AND_MORE],
  ['content-type', AS_TEXT],
  ['strings-request', replaced('/header/version', 1)],
  ['header-required', { signed: [{ op: 'remove', path: '/header' }] }],
  ['version-required', without('/header/version')],
  ['version-value', replaced('/header/version', '2.0')],
  ['msg-id-required', without('/header/msgId')],
  ['msg-id-unique', replaced('/header/msgId', '12345')],
  ['timestamp-required', without('/header/timestamp')],
  ['timestamp-format', replaced('/header/timestamp', '20260102110405')],
  ['app-id-required', without('/header/appId')],
  ['body-required', { signed: [{ op: 'remove', path: '/body' }] }],
  ['open-type-required', without('/body/openType')],
  ['open-type-values', replaced('/body/openType', '4')],
  ['requester-type-required', without('/body/requesterType')],
  ['requester-type-values', replaced('/body/requesterType', '2')],
  ['message-url-encoded', added('/body/message', 'order=42 下单')],
  ['expand-params-url-encoded', added('/body/expandParams', 'channel=应用')],
  ['key-type-hmac', { derived: { '/body/sign': { algorithm: 'sha256' } } }],
  [
    'key-type-rsa',
    { derived: { '/body/sign': { algorithm: 'hmac-sha256', key: '{appKey}' } } },
    'rsa',
  ],
  ['phone-num-required', { signed: [{ op: 'remove', path: '/body/phoneNum' }] }],
  ['phone-num-hash', { derived: { '/body/phoneNum': { parts: ['{phoneNumber}'] } } }],
  ['phone-num-upper-case', { derived: { '/body/phoneNum': { case: 'lower' } } }],
  ['token-required', without('/body/token')],
  ['sign-required', { signed: [{ op: 'remove', path: '/body/sign' }] }],
  ['sign-hmac', { derived: { '/body/sign': { algorithm: 'sha256' } } }],
  ['sign-upper-case', { derived: { '/body/sign': { case: 'lower' } } }],
  ['sign-joined', { derived: { '/body/sign': { separator: '+' } } }],
  ['sign-key', { derived: { '/body/sign': { key: '{appSecret}' } } }],
  [
    'sign-order',
    { derived: { '/body/sign': { parts: ['/body/token', '/header/appId', '/header/msgId'] } } },
  ],
  ['sign-rsa', { derived: { '/body/sign': { key: '{otherSignKey}' } } }, 'rsa'],
  ['sign-md5-with-rsa', { derived: { '/body/sign': { algorithm: 'rsa-sha256' } } }, 'rsa'],
  ['rsa-key-use', { derived: { '/body/sign': { key: '{appDecryptKey}' } } }, 'rsa'],
];

// Only the carrier can read it: the check uses the rule that decided.
const UNREADABLE_NUMBER: Sending = {
  operation: 'tokenValidate',
  signing: 'rsa',
  changes: { decidedBy: 'phoneNumReadable' },
};

const SAME_TOKEN: readonly Sending[] = [{ msgId: 'one' }, { msgId: 'two' }];
const OLD_TOKEN = `STsid000000${NOW_MS - 120_000}${'x'.repeat(32)}`;

export const NEGLECTFUL_CLIENTS: readonly NeglectfulClient[] = [
  ...LOGIN.map(([duty, when, signing = 'md5']) => ({
    duty: `login-${duty}`,
    sent: [sent({ when, signing })],
  })),
  ...VERIFY.map(([duty, when, signing = 'hmac']) => ({
    duty: `verify-${duty}`,
    sent: [sent({ operation: 'tokenValidate', when, signing })],
  })),
  { duty: 'verify-phone-num-encrypted', sent: [sent(UNREADABLE_NUMBER)] },
  { duty: 'verify-phone-num-encrypted-content', sent: [sent(UNREADABLE_NUMBER)] },
  { duty: 'verify-token-live', sent: [sent({ operation: 'tokenValidate', token: OLD_TOKEN })] },
  {
    duty: 'verify-token-unused',
    sent: SAME_TOKEN.map((sending) => sent({ operation: 'tokenValidate', ...sending })),
  },
];
