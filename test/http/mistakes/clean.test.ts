/** Requests captured from working clients: accepted, with findings only for deviations from the document. */
import { describe, expect, test } from 'vitest';
import { bytesOf, headerOf, openHttp } from '../../support/wire.js';
import { attempt, MODES, type Mode, type Plan, SIGN_PAIR, SUBSCRIBER } from './attempt.js';
import {
  digest,
  join,
  LOGIN_ORDER,
  lowerHex,
  type Reply,
  resultCodeIn,
  rsaEncrypt,
  rsaSign,
  VERIFY_ORDER,
  type Wire,
  wrappedBase64,
} from './client.js';
import { wholeExplanation } from './whole.js';
import { body, FORM_TYPE, headers, JSON_TYPE } from './wires.js';

interface CleanCall extends Plan {
  readonly description: string;
  readonly mode: Mode;
}

/** A call that works, but has a finding. */
interface WarnedCall extends CleanCall {
  readonly finding: string;
  readonly why: string;
}

const LOGIN = { mode: 'login MD5' } as const;
const VERIFY = { mode: 'verify HMAC' } as const;
const ACCEPTED = ['103000', '000'];

const BYTE_ORDER_MARK = '\ufeff';
async function postByHttp10(base: string, { path, headers: list, body: text }: Wire): Promise<Reply> {
  const wire = openHttp(base);
  wire.send(bytesOf({ target: path, version: '1.0', headers: [list.join(': ')] }, text));
  const reply = await wire.reply();
  return { requestId: headerOf(reply, 'x-mock-request-id') ?? '', resultCode: resultCodeIn(reply.text) };
}

const CLEAN: readonly CleanCall[] = [
  ...MODES.map(({ mode }) => ({ mode, description: `${mode}, as in the document` })),
  { ...LOGIN, description: 'strictcheck 1 from a listed address', fields: () => ({ strictcheck: '1' }) },
  {
    ...LOGIN,
    description: 'a list with a range and an address',
    app: { ipWhitelist: { loginTokenValidate: '10.0.0.5-10.0.0.9,127.0.0.1,::1', tokenValidate: '127.0.0.1,::1' } },
    fields: () => ({ strictcheck: '1' }),
  },
  {
    ...LOGIN,
    description: 'login by an app that never switched to APPSecret',
    app: { signSecret: 'appKey' },
    sign: signWithAppKey,
  },
  {
    mode: 'login RSA',
    description: 'RSA hex in lower case',
    sign: ({ fields }) => lowerHex(rsaSign(join(fields, ['appid', 'token']), 'RSA-SHA256', SIGN_PAIR.privateKey)),
  },
  ...(['login RSA', 'verify RSA'] as const).map((mode) => ({
    mode,
    description: `one RSA pair in both roles, ${mode}`,
    app: { appVerifyKey: SIGN_PAIR.publicKey, appEncryptKey: SIGN_PAIR.publicKey },
  })),
  {
    mode: 'verify RSA',
    description: 'a MIME encoder breaks the lines of phoneNum and sign',
    phoneNum: ({ fields, app }) =>
      wrappedBase64(rsaEncrypt(SUBSCRIBER + app.appKey + String(fields['timestamp']), app.platformPublicKey), ''),
    sign: ({ fields }) => wrappedBase64(rsaSign(join(fields, VERIFY_ORDER), 'RSA-MD5', SIGN_PAIR.privateKey), ''),
  },
  { ...LOGIN, description: ';charset=utf-8', wire: headers('Content-Type', 'application/json;charset=utf-8') },
  { ...VERIFY, description: '; charset=UTF-8', wire: headers('Content-Type', 'application/json; charset=UTF-8') },
  { ...LOGIN, description: 'Content-Encoding: UTF-8', wire: headers(...JSON_TYPE, 'Content-Encoding', 'UTF-8') },
  { ...LOGIN, description: 'Expect: 100-continue', wire: headers(...JSON_TYPE, 'Expect', '100-continue') },
  {
    ...VERIFY,
    description: 'Upgrade: h2c',
    wire: headers(
      ...JSON_TYPE,
      ...[
        'Connection',
        'Upgrade, HTTP2-Settings',
        'Upgrade',
        'h2c',
        'HTTP2-Settings',
        'AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
      ],
    ),
  },
  { ...LOGIN, description: 'a body in chunks', wire: (wire) => ({ ...wire, chunked: true }) },
  { ...LOGIN, description: 'a byte order mark', wire: body((text) => BYTE_ORDER_MARK + text) },
  { ...LOGIN, description: 'HTTP/1.0', post: postByHttp10 },
  { ...LOGIN, description: 'a field of the client', sent: (fields) => ({ ...fields, scene: 'signup' }) },
  { ...VERIFY, description: 'a field of the client at verify', sent: (fields) => ({ ...fields, scene: 'signup' }) },
  { ...VERIFY, description: 'pretty-printed JSON', wire: body((text) => JSON.stringify(JSON.parse(text), null, 4)) },
  {
    ...LOGIN,
    description: 'fields in another order',
    sent: (fields) => Object.fromEntries(Object.entries(fields).reverse()),
  },
  {
    ...LOGIN,
    description: 'escapes of PHP and Python',
    fields: () => ({ msgid: 'a/b-c', expandparams: '渠道' }),
    wire: body((text) => text.replaceAll('/', '\\/').replaceAll('渠', '\\u6e20')),
  },
  {
    ...LOGIN,
    description: 'encryptionalgorithm and expandparams empty',
    fields: () => ({ encryptionalgorithm: '', expandparams: '' }),
  },
  { ...LOGIN, description: 'a msgid of 5 characters', fields: () => ({ msgid: '12345' }) },
  {
    ...LOGIN,
    description: 'a UUID with its dashes',
    fields: () => ({ msgid: 'bed1dc7f-6cd6-45b9-be90-06ae08040c93' }),
  },
  {
    ...LOGIN,
    description: 'a msgid that is always the same',
    fields: () => ({ msgid: '12345' }),
    earlier: { token: 'its own', plan: { fields: () => ({ msgid: '12345' }) } },
  },
  {
    mode: 'verify RSA',
    description: 'the RSA signature in Android’s Base64, with wrapped lines and a line break at the end',
    sent: (fields) => ({ ...fields, sign: wrappedBase64(Buffer.from(String(fields['sign']), 'base64'), '\n') }),
  },
  { ...VERIFY, description: 'keyType 0', fields: () => ({ keyType: '0' }) },
  { ...VERIFY, description: 'openType 0', fields: () => ({ openType: '0' }) },
  {
    ...VERIFY,
    description: 'no openType with requesterType 1',
    fields: () => ({ openType: undefined, requesterType: '1' }),
  },
  {
    ...VERIFY,
    description: 'message and expandParams encoded with URLEncoder',
    fields: () => ({
      message: encodeURIComponent('订单 1024'),
      expandParams: encodeURIComponent('channel=ios|scene=登录'),
    }),
  },
  {
    ...LOGIN,
    description: 'a token that was refused for its signature is sent again, correctly signed',
    earlier: { token: 'same', plan: { sign: signWithAppKey } },
  },
];

const OTHERWISE_IN_THE_DOCUMENT: readonly WarnedCall[] = [
  {
    ...LOGIN,
    description: 'an MD5 signature in lower case',
    sign: ({ fields, app }) => lowerHex(digest('md5', join(fields, LOGIN_ORDER) + app.appSecret)),
    finding: 'sign.case',
    why: 'the document says upper',
  },
  ...(
    [
      { called: 'as a form', list: FORM_TYPE },
      { called: 'as text/plain', list: ['Content-Type', 'text/plain'] },
      { called: 'without a Content-Type', list: [] },
    ] as const
  ).map(({ called, list }) => ({
    ...LOGIN,
    description: `JSON sent ${called}`,
    wire: headers(...list),
    finding: 'header.content-type',
    why: 'the document says application/json',
  })),
  {
    ...LOGIN,
    description: 'JSON with two Content-Types',
    wire: headers(...JSON_TYPE, 'content-type', 'application/json; charset=utf-8'),
    finding: 'header.two-content-types',
    why: 'a proxy on the way may keep either',
  },
  {
    ...LOGIN,
    description: '17 digits that are not a date',
    fields: () => ({ systemtime: '17955597570543730' }),
    finding: 'time.not-a-date',
    why: 'the document says the time at which the request is sent',
  },
  {
    mode: 'verify RSA',
    description: 'keyType as a number',
    sent: (fields) => ({ ...fields, keyType: 1 }),
    finding: 'value.not-a-string',
    why: 'the document says that all are Strings',
  },
];

function signWithAppKey({ fields, app }: Parameters<NonNullable<Plan['sign']>>[0]): string {
  return digest('md5', join(fields, LOGIN_ORDER) + app.appKey)
    .toString('hex')
    .toUpperCase();
}

describe('a request that follows the document has no finding', () => {
  test.each(CLEAN)('$description', async ({ mode, ...plan }) => {
    const explained = await attempt(mode, plan);
    expect(ACCEPTED).toContain(explained.reply.resultCode);
    const { findings, stringToSign, receivedSign } = await wholeExplanation(explained);
    expect(findings).toEqual([]);
    expect([stringToSign, receivedSign]).toEqual([expect.any(String), expect.any(String)]);
  });
});

describe('a working request that deviates from the document has only that finding', () => {
  test.each(OTHERWISE_IN_THE_DOCUMENT)('$description: $why', async ({ mode, finding, ...plan }) => {
    const explained = await attempt(mode, plan);
    expect(ACCEPTED).toContain(explained.reply.resultCode);
    const { findings } = await wholeExplanation(explained);
    expect(findings.map(({ id }) => id)).toEqual([finding]);
  });
});
