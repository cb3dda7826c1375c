/** Mistakes with tokens, and calls that are made twice. The document, 1.4 and 2. */
import { phoneHash } from './attempt.js';
import type { Mistake } from './mistake.js';

const LOGIN = { mode: 'login MD5' } as const;
const VERIFY = { mode: 'verify HMAC' } as const;

const HEX_32 = '3F0C7A96D18E4B52A7C4E0F19B6D8A25';
const WRAPPER = `CM__1__${HEX_32.toLowerCase()}__2.5.3.1__`;
const LEGACY = `84840100${HEX_32.repeat(4)}`;
const LOGIN_SAMPLE = 'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ';
const VERIFY_SAMPLE = 'STsid0000001515028196605yc1oYNTuPlTlLT10AR3ywr2WApEq14JH';
const REAL_TAIL = 'Q7bX2mPz9KcVt4wR0wYhLs6NdJfGa3Ue';

/** Every character as %XX, like addingPercentEncoding with an empty allowed set. */
function percent(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase()}`).join('');
}

/** Malformed tokens. */
const ILL_FORMED: readonly Pick<Mistake, 'description' | 'fields' | 'finding'>[] = [
  {
    description: "an aggregator's wrapper is sent with the token in it",
    fields: ({ token }) => ({ token: WRAPPER + token }),
    finding: 'token.wrapped',
  },
  ...['H5', 'CTH5', 'CUH5'].map((prefix) => ({
    description: `a token of another product, ${prefix}…, is sent`,
    fields: () => ({ token: prefix + HEX_32 }),
    finding: 'token.other-product',
  })),
  {
    description: 'a token of the SDK for the v1.0 API is sent',
    fields: () => ({ token: LEGACY }),
    finding: 'token.legacy',
  },
  {
    description: 'an iOS app percent-encodes the token',
    fields: ({ token }) => ({ token: percent(token) }),
    finding: 'token.url-encoded',
  },
  {
    description: 'a token is copied from a log that breaks lines',
    fields: ({ token }) => ({ token: `${token.slice(0, 28)}\n${token.slice(28)}` }),
    finding: 'token.url-encoded',
  },
  {
    description: 'a JavaScript app sends the text "undefined" for its token',
    fields: () => ({ token: 'undefined' }),
    finding: 'field.malformed',
  },
];

const EMPTY: readonly Mistake[] = [
  {
    ...LOGIN,
    description: 'the app got no token and sends an empty text',
    fields: () => ({ token: '' }),
    resultCode: '103811',
    finding: 'token.empty',
  },
  {
    ...LOGIN,
    description: 'the app got no token and omits the field',
    fields: () => ({ token: undefined }),
    resultCode: '103811',
    finding: 'token.empty',
  },
  {
    ...VERIFY,
    description: 'the app got no token and sends an empty text to verify',
    fields: () => ({ token: '' }),
    resultCode: '102',
    finding: 'token.empty',
  },
];

/** Well-formed tokens that are invalid: the code at login, and 606 at verify. */
const BAD: readonly Omit<Mistake, 'mode'>[] = [
  {
    description: 'a token of a real phone is sent to the mock',
    fields: ({ nowMs }) => ({ token: `STsid000000${nowMs}${REAL_TAIL}` }),
    resultCode: '104201',
    finding: 'token.unknown',
  },
  {
    description: 'a token waits for three minutes in a queue',
    mint: { ageMs: 180_000 },
    resultCode: '104201',
    finding: 'token.expired',
  },
  {
    description: 'a page is loaded again and sends its token again',
    earlier: { token: 'same', plan: {} },
    resultCode: '104201',
    finding: 'token.used',
    behind: ['client.retry'],
  },
  {
    description: 'the Android back-end gets a token of the iOS app',
    other: {},
    tokenOf: 'other',
    resultCode: '103133',
    finding: 'token.other-app',
  },
];

export const TOKENS: readonly Mistake[] = [
  ...EMPTY,
  ...ILL_FORMED.flatMap((row): readonly Mistake[] => [
    { ...row, ...LOGIN, description: `${row.description} at login`, resultCode: '103113' },
    { ...row, ...VERIFY, description: `${row.description} at verify`, resultCode: '606' },
  ]),
  ...BAD.flatMap((row): readonly Mistake[] => [
    { ...row, ...LOGIN, description: `${row.description} at login` },
    { ...row, ...VERIFY, description: `${row.description} at verify`, resultCode: '606' },
  ]),
  {
    ...LOGIN,
    description: 'the token of the login sample is sent with a signature of the client',
    fields: () => ({ token: LOGIN_SAMPLE }),
    resultCode: '104201',
    finding: 'token.sample',
  },
  {
    ...VERIFY,
    description: 'the token of the verify sample is sent with a signature of the client',
    fields: () => ({ token: VERIFY_SAMPLE }),
    resultCode: '606',
    finding: 'token.sample',
  },
  {
    ...LOGIN,
    description: 'a token of number verification is sent to login',
    mint: { capability: 'tokenValidate' },
    resultCode: '105018',
    finding: 'token.other-capability',
  },
  {
    ...VERIFY,
    description: 'a token of one-tap login is sent to verify',
    mint: { capability: 'loginTokenValidate' },
    resultCode: '606',
    finding: 'token.other-capability',
  },
];

/** A retry is recognised by its used token, which is reported first, whatever else is wrong. */
export const RETRIES: readonly Mistake[] = [
  {
    ...LOGIN,
    description: 'an HTTP library sends the same request again',
    earlier: { token: 'same', plan: {} },
    resultCode: '104201',
    finding: 'token.used',
    behind: ['client.retry'],
  },
  {
    ...VERIFY,
    description: 'a client verifies a second number with the token of the first',
    earlier: { token: 'same', plan: {} },
    phoneNum: ({ fields, app }) => phoneHash(`13800138001${app.appKey}${String(fields['timestamp'])}`),
    resultCode: '606',
    finding: 'token.used',
    behind: ['client.retry'],
  },
  {
    ...LOGIN,
    description: 'a queue delivers a message again after three minutes',
    earlier: { token: 'same', plan: {}, agoMs: 180_000 },
    resultCode: '104201',
    finding: 'token.used',
    behind: ['token.expired', 'client.retry'],
  },
];
