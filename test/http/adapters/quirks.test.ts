/** Bodies as real clients write them, sent as bytes to both operations: each is accepted. Their HTTP is in quirks-http. */
import { describe, expect, test } from 'vitest';
import {
  ENDPOINTS,
  type Endpoint,
  freshRequest,
  freshToken,
  LOGIN,
  PHONE_NUMBER,
  type Place,
  placeAt,
  resultCodeOf,
  VERIFY,
} from '../../support/endpoints.js';
import { TEST_KEYS } from '../../support/keys.js';
import { sharedMock } from '../../support/mock.js';
import {
  type EnvelopeChanges,
  type Fields,
  loginRequest,
  loginRsaRequest,
  verifyRequest,
  verifyRsaRequest,
} from '../../support/requests.js';
import { bytesOf, openHttp } from '../../support/wire.js';

const SIGN_KEY = TEST_KEYS.demoAppSign.privateKey;
const TWO_PAIRS = {
  appVerifyKey: TEST_KEYS.demoAppSign.publicKey,
  appEncryptKey: TEST_KEYS.demoAppDecrypt.publicKey,
};
const ONE_PAIR = { appVerifyKey: TEST_KEYS.demoAppSign.publicKey, appEncryptKey: TEST_KEYS.demoAppSign.publicKey };

async function startPlace(settings: object = TWO_PAIRS): Promise<Place> {
  const { url } = await sharedMock();
  return placeAt(url, settings);
}

async function responseTo({ url }: Place, { path }: Endpoint, body: string): Promise<string> {
  const wire = openHttp(url);
  wire.send(bytesOf({ target: path, headers: ['Content-Type: application/json'] }, body));
  return (await wire.reply()).text;
}

async function codeOf(place: Place, endpoint: Endpoint, request: unknown): Promise<string> {
  return resultCodeOf(await responseTo(place, endpoint, JSON.stringify(request)));
}

function lowerCaseSign(request: Fields): Fields {
  return { ...request, sign: String(request['sign']).toLowerCase() };
}

const MSG_IDS = [
  { description: 'five characters', msgId: '12345' },
  { description: 'one character', msgId: '1' },
  { description: 'a UUID with dashes', msgId: 'bed1dc7f-6cd6-45b9-be90-06ae08040c93' },
  { description: '32 hex digits in upper case', msgId: 'BED1DC7F6CD645B9BE9006AE08040C93' },
  { description: 'spaces at both ends', msgId: ' 1 2 ' },
  { description: 'quotes, a backslash and a slash', msgId: '"\\/' },
  { description: 'Chinese', msgId: '流水号一二三' },
  { description: 'eighteen characters of two UTF-16 units each', msgId: '😀'.repeat(18) },
  { description: 'a control character', msgId: 'a\u0000\u001f' },
] as const;

const TIMES = [
  { description: '17 digits that are not a date', time: '17955597570543730' },
  { description: 'a time long ago', time: '20180101000000000' },
  { description: 'a week-based year', time: '20271229093619762' },
  { description: 'all zeros', time: '00000000000000000' },
] as const;

describe('login', () => {
  test.each<{ readonly description: string; readonly changes: Fields }>([
    { description: 'encryptionalgorithm absent', changes: {} },
    { description: 'encryptionalgorithm empty', changes: { encryptionalgorithm: '' } },
    { description: 'encryptionalgorithm SM', changes: { encryptionalgorithm: 'SM' } },
    { description: 'expandparams empty', changes: { expandparams: '' } },
    { description: 'expandparams with a value, which is not signed', changes: { expandparams: 'phoneNum=1|a=b' } },
    { description: 'strictcheck 1', changes: { strictcheck: '1' } },
    { description: 'unknown fields of any type', changes: { apptype: 5, extra: { a: [null] }, idtype: null } },
    ...TIMES.map(({ description, time }) => ({ description, changes: { systemtime: time } })),
  ])('$description is accepted', async ({ changes }) => {
    const place = await startPlace();
    expect(await codeOf(place, LOGIN, loginRequest(place.app, await freshToken(place, LOGIN), changes))).toBe('103000');
  });

  test('a signature in lower case is accepted', async () => {
    const place = await startPlace();
    const request = loginRequest(place.app, await freshToken(place, LOGIN));
    expect(await codeOf(place, LOGIN, lowerCaseSign(request))).toBe('103000');
  });

  test.each([
    { description: 'two RSA pairs, hex in upper case', settings: TWO_PAIRS, change: (request: Fields) => request },
    { description: 'two RSA pairs, hex in lower case', settings: TWO_PAIRS, change: lowerCaseSign },
    { description: 'one RSA pair for both roles', settings: ONE_PAIR, change: (request: Fields) => request },
  ])('$description: the signature is accepted', async ({ settings, change }) => {
    const place = await startPlace(settings);
    const request = loginRsaRequest(place.app.appId, SIGN_KEY, await freshToken(place, LOGIN));
    expect(await codeOf(place, LOGIN, change(request))).toBe('103000');
  });

  test('an app with signSecret appKey signs with its appKey', async () => {
    const place = await startPlace({ signSecret: 'appKey' });
    const { app } = place;
    const request = loginRequest({ ...app, appSecret: app.appKey }, await freshToken(place, LOGIN));
    expect(await codeOf(place, LOGIN, request)).toBe('103000');
  });

  test.each(MSG_IDS)('a msgid of $description is echoed verbatim', async ({ msgId }) => {
    const place = await startPlace();
    const request = loginRequest(place.app, await freshToken(place, LOGIN), { msgid: msgId });
    const response = JSON.parse(await responseTo(place, LOGIN, JSON.stringify(request)));
    expect(response).toMatchObject({ inresponseto: msgId, resultCode: '103000' });
  });
});

describe('verify', () => {
  test.each<{ readonly description: string; readonly changes: EnvelopeChanges }>([
    { description: 'keyType, message and expandParams absent', changes: {} },
    { description: 'keyType 0', changes: { body: { keyType: '0' } } },
    { description: 'keyType as the number 0', changes: { body: { keyType: 0 } } },
    { description: 'keyType empty', changes: { body: { keyType: '' } } },
    { description: 'openType 0', changes: { body: { openType: '0' } } },
    { description: 'openType 3', changes: { body: { openType: '3' } } },
    {
      description: 'openType absent with requesterType 1',
      changes: { body: { openType: undefined, requesterType: '1' } },
    },
    { description: 'openType empty with requesterType 1', changes: { body: { openType: '', requesterType: '1' } } },
    { description: 'message and expandParams empty', changes: { body: { message: '', expandParams: '' } } },
    { description: 'unknown fields in both parts', changes: { header: { a: 1 }, body: { b: null, c: [] } } },
    ...TIMES.map(({ description, time }) => ({ description, changes: { header: { timestamp: time } } })),
  ])('$description is accepted', async ({ changes }) => {
    const place = await startPlace();
    const token = await freshToken(place, VERIFY);
    const request = verifyRequest(place.app, { token, phoneNumber: PHONE_NUMBER }, changes);
    expect(await codeOf(place, VERIFY, request)).toBe('000');
  });

  test.each<{ readonly description: string; readonly settings: object; readonly body: Fields }>([
    { description: 'keyType 1', settings: TWO_PAIRS, body: {} },
    { description: 'keyType as the number 1', settings: TWO_PAIRS, body: { keyType: 1 } },
    { description: 'one RSA pair for both roles', settings: ONE_PAIR, body: {} },
  ])('$description is accepted', async ({ settings, body }) => {
    const place = await startPlace(settings);
    const token = await freshToken(place, VERIFY);
    const { platformPublicKey } = place.app;
    const keys = { signKey: SIGN_KEY, platformPublicKey, changes: { body } };
    const request = verifyRsaRequest(place.app, { token, phoneNumber: PHONE_NUMBER }, keys);
    expect(await codeOf(place, VERIFY, request)).toBe('000');
  });

  test('a Base64 signature in lines of 64 is accepted', async () => {
    const place = await startPlace();
    const token = await freshToken(place, VERIFY);
    const keys = { signKey: SIGN_KEY, platformPublicKey: place.app.platformPublicKey };
    const { header, body } = verifyRsaRequest(place.app, { token, phoneNumber: PHONE_NUMBER }, keys);
    const sign = String(body.sign).replace(/.{64}/g, '$&\r\n');
    expect(await codeOf(place, VERIFY, { header, body: { ...body, sign } })).toBe('000');
  });

  test.each(MSG_IDS)('a msgId of $description is echoed verbatim', async ({ msgId }) => {
    const place = await startPlace();
    const token = await freshToken(place, VERIFY);
    const request = verifyRequest(place.app, { token, phoneNumber: PHONE_NUMBER }, { header: { msgId } });
    const response = JSON.parse(await responseTo(place, VERIFY, JSON.stringify(request)));
    expect(response.header).toMatchObject({ msgId, resultCode: '000' });
  });
});

describe.each(ENDPOINTS)('$operation', (endpoint) => {
  test.each([
    { description: 'pretty-printed', write: (request: object) => JSON.stringify(request, undefined, 4) },
    { description: 'surrounded by white space', write: (request: object) => ` \r\n\t${JSON.stringify(request)}\n\n` },
    { description: 'in reverse order', write: (request: object) => JSON.stringify(reversed(request)) },
    { description: 'with every slash escaped', write: (request: object) => slashEscaped(request) },
    { description: 'with every character escaped', write: (request: object) => unicodeEscaped(request) },
  ])('JSON $description is accepted', async ({ write }) => {
    const place = await startPlace();
    const request = { note: 'a/b/c', ...(await freshRequest(place, endpoint)) };
    expect(resultCodeOf(await responseTo(place, endpoint, write(request)))).toBe(endpoint.success);
  });
});

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, reversed(member)]);
  return Object.fromEntries(entries.reverse());
}

function slashEscaped(request: object): string {
  return JSON.stringify(request).replaceAll('/', '\\/');
}

/** Every character of every string as a Unicode escape, names included. */
function unicodeEscaped(request: object): string {
  const code = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(request).replace(/"([^"]*)"/g, (_, text: string) => `"${text.replace(/./g, code)}"`);
}
