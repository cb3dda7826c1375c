/** The responses of both operations as answers or errors. */
import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  ConfigurationError,
  DecryptionError,
  processLoginTokenValidateResponse,
  processTokenValidateResponse,
  ResponseFormatError,
} from '../../../src/index.js';
import { loginText, MSG_ID, OWN, received, thrown, verifyText } from '../../support/client.js';
import { TEST_KEYS } from '../../support/keys.js';

const LOGIN = { operation: 'loginTokenValidate', msgId: MSG_ID, signing: 'md5' } as const;
const SIGN = TEST_KEYS.demoAppSign;
const DECRYPT = TEST_KEYS.demoAppDecrypt;

const login = (text: string) =>
  processLoginTokenValidateResponse({ request: LOGIN, response: received(text) });

function encrypted(text: string, publicKey: string): string {
  const key = createPublicKey({
    key: Buffer.from(publicKey, 'base64'),
    format: 'der',
    type: 'spki',
  });
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text)).toString(
    'hex',
  );
}

function loginRsa(
  msisdn: string,
  keys: { appDecryptPrivateKey?: string; appSignPrivateKey?: string } = {},
) {
  return processLoginTokenValidateResponse({
    request: { ...LOGIN, signing: 'rsa' },
    response: received(loginText({ msisdn })),
    appDecryptPrivateKey: DECRYPT.privateKey,
    ...keys,
  });
}

describe('login', () => {
  test('unknown fields, another order, white space and a BOM are accepted', () => {
    const { inresponseto, resultCode, msisdn, systemtime, taskId } = JSON.parse(loginText());
    const fields = { more: [1, { a: null }], taskId, systemtime, msisdn, resultCode, inresponseto };
    expect(login(`\uFEFF\r\n${JSON.stringify(fields, undefined, 2)}\n`)).toMatchObject({
      phoneNumber: OWN,
    });
  });

  test('the last value of a duplicate field applies', () => {
    const twice = loginText().replace('"resultCode"', '"resultCode":"104201","resultCode"');
    expect(login(twice)).toMatchObject({ kind: 'phoneNumber' });
    expect(login(loginText({ x: 0 }).replace('"x":0', '"resultCode":"104201"'))).toMatchObject({
      kind: 'refused',
    });
  });

  test('an msisdn with an unknown code is ignored', () => {
    const answer = login(loginText({ resultCode: '103001', desc: 'ok' }));
    expect({ ...answer }).toEqual({
      kind: 'unknownCode',
      resultCode: '103001',
      carrierText: 'ok',
      next: 'fallBackToSms',
      charged: undefined,
      msgId: MSG_ID,
      taskId: '188b0744159f413e9bfe7ecc5d5bcc71',
    });
  });

  test.each(['000', 'toString', '__proto__', '103000 '])(
    'the code "%s" is unknown at login',
    (resultCode) => {
      expect(login(loginText({ resultCode }))).toMatchObject({ kind: 'unknownCode', resultCode });
    },
  );

  test.each([
    { description: 'no msisdn', fields: { msisdn: undefined }, field: 'msisdn' },
    { description: 'an empty msisdn', fields: { msisdn: '' }, field: 'msisdn' },
    {
      description: 'an msisdn that is a number',
      fields: { msisdn: 13_800_138_000 },
      field: 'msisdn',
    },
    { description: 'a masked msisdn', fields: { msisdn: '159xxxxxxxx' }, field: 'msisdn' },
    { description: 'an msisdn with +86', fields: { msisdn: '+8613800138000' }, field: 'msisdn' },
    { description: 'an msisdn in an array', fields: { msisdn: [OWN] }, field: 'msisdn' },
    {
      description: 'a ciphertext after an MD5 request',
      fields: { msisdn: 'AB'.repeat(128) },
      field: 'msisdn',
    },
    { description: 'no taskId', fields: { taskId: undefined }, field: 'taskId' },
    { description: 'no resultCode', fields: { resultCode: undefined }, field: 'resultCode' },
    {
      description: 'a resultCode that is a number',
      fields: { resultCode: 103_000 },
      field: 'resultCode',
    },
    { description: 'a resultCode that is null', fields: { resultCode: null }, field: 'resultCode' },
    { description: 'an empty resultCode', fields: { resultCode: '' }, field: 'resultCode' },
    {
      description: 'a resultCode that is an object',
      fields: { resultCode: { toString: '103000' } },
      field: 'resultCode',
    },
  ])('$description is a format error', ({ fields, field }) => {
    const error = thrown(() => login(loginText(fields)), ResponseFormatError);
    expect(error).toMatchObject({
      code: 'ERR_RESPONSE_FORMAT',
      field,
      maybeSent: true,
      msgId: MSG_ID,
    });
    expect(error.message).not.toContain('138');
  });

  test('a resultCode in __proto__ is ignored', () => {
    expect(
      thrown(() => login('{"__proto__":{"resultCode":"103000"}}'), ResponseFormatError).field,
    ).toBe('resultCode');
  });

  test('the taskId of a refusal may be missing or wrong', () => {
    expect(login(loginText({ resultCode: '103101', taskId: undefined })).taskId).toBeUndefined();
    expect(login(loginText({ resultCode: '103101', taskId: 7 })).taskId).toBeUndefined();
  });
});

describe('login by RSA', () => {
  test.each([
    { description: 'lower-case hex', change: (hex: string) => hex },
    { description: 'upper-case hex', change: (hex: string) => hex.toUpperCase() },
  ])('$description is decrypted', ({ change }) => {
    expect(loginRsa(change(encrypted(OWN, DECRYPT.publicKey)))).toMatchObject({ phoneNumber: OWN });
  });

  test.each([
    { description: 'a plain number', msisdn: () => OWN, found: 'is not encrypted' },
    {
      description: 'Base64',
      msisdn: () => Buffer.from(encrypted(OWN, DECRYPT.publicKey), 'hex').toString('base64'),
      found: 'is not hex',
    },
    {
      description: 'a ciphertext for another key',
      msisdn: () => encrypted(OWN, TEST_KEYS.platform.publicKey),
      found: 'not the private key',
    },
    {
      description: 'an incomplete ciphertext',
      msisdn: () => encrypted(OWN, DECRYPT.publicKey).slice(0, -2),
      found: 'does not decrypt',
    },
    {
      description: 'a ciphertext of another text',
      msisdn: () => encrypted('+8613800138000', DECRYPT.publicKey),
      found: 'does not decrypt to a phone number',
    },
  ])('$description is a DecryptionError', ({ msisdn, found }) => {
    const error = thrown(() => loginRsa(msisdn()), DecryptionError);
    expect(error).toMatchObject({ code: 'ERR_DECRYPTION', maybeSent: true });
    expect(error.message).toContain(found);
    expect(error.message).not.toContain(OWN);
  });

  test('swapped keys are reported', () => {
    const swap = { appDecryptPrivateKey: SIGN.privateKey, appSignPrivateKey: DECRYPT.privateKey };
    const error = thrown(() => loginRsa(encrypted(OWN, DECRYPT.publicKey), swap), DecryptionError);
    expect(error.message).toContain('are swapped');
  });

  test('keys in the right fields are not reported as swapped', () => {
    const keys = { appSignPrivateKey: SIGN.privateKey };
    const error = thrown(
      () => loginRsa(encrypted(OWN, TEST_KEYS.platform.publicKey), keys),
      DecryptionError,
    );
    expect(error.message).not.toContain('swapped');
  });

  test('a missing key is a ConfigurationError', () => {
    const run = () =>
      processLoginTokenValidateResponse({
        request: { ...LOGIN, signing: 'rsa' },
        response: received(loginText()),
      });
    expect(thrown(run, ConfigurationError).field).toBe('appDecryptPrivateKey');
  });
});

const VERIFY = { operation: 'tokenValidate', msgId: MSG_ID } as const;

const verify = (text: string) =>
  processTokenValidateResponse({ request: VERIFY, response: received(text) });

describe('verify', () => {
  test.each([undefined, null, '', 7])('with 001, %j is no accessToken', (accessToken) => {
    const answer = verify(verifyText({ header: { resultCode: '001' }, body: { accessToken } }));
    expect({ ...answer }).toMatchObject({ kind: 'notOwnNumber', accessToken: undefined });
  });

  test.each(['000', '606'])('an accessToken with %s is ignored', (resultCode) => {
    const answer = verify(
      verifyText({ header: { resultCode }, body: { accessToken: 'a'.repeat(32) } }),
    );
    expect(answer).not.toHaveProperty('accessToken');
  });

  test('message and expandParams of the response are decoded', () => {
    const body = { message: '%E4%BD%A0%E5%A5%BD+%261', expandParams: 'a%3D1%7Cb%3Dx%3Dy%7Cc' };
    for (const resultCode of ['000', '001', '606', '777']) {
      expect(verify(verifyText({ header: { resultCode }, body }))).toMatchObject({
        message: '你好 &1',
        expandParams: { a: '1', b: 'x=y', c: '' },
      });
    }
  });

  test('a message that cannot be decoded is returned as received', () => {
    expect(verify(verifyText({ body: { message: '100%' } }))).toMatchObject({ message: '100%' });
  });

  test('an expandParam named __proto__ is an ordinary one', () => {
    const { expandParams } = verify(verifyText({ body: { expandParams: '__proto__%3D1' } })) as {
      expandParams: object;
    };
    expect(Object.entries(expandParams)).toEqual([['__proto__', '1']]);
    expect(Object.getPrototypeOf(expandParams)).toBe(Object.prototype);
  });

  test('a refusal needs no body', () => {
    const text = JSON.stringify({ header: { msgId: MSG_ID, resultCode: '999' } });
    expect(verify(text)).toMatchObject({
      kind: 'refused',
      resultCode: '999',
      next: 'retryLater',
      taskId: undefined,
    });
  });

  test.each([
    { description: 'no header', text: '{"body":{}}', field: 'header' },
    { description: 'a header that is an array', text: '{"header":[]}', field: 'header' },
    { description: 'a header that is null', text: '{"header":null}', field: 'header' },
    { description: 'a flat response as at login', text: loginText(), field: 'header' },
    {
      description: 'no resultCode',
      text: verifyText({ header: { resultCode: undefined } }),
      field: 'header.resultCode',
    },
    {
      description: 'a resultCode of 0',
      text: verifyText({ header: { resultCode: 0 } }),
      field: 'header.resultCode',
    },
    {
      description: 'a success without a body',
      text: JSON.stringify({ header: { msgId: MSG_ID, resultCode: '000' } }),
      field: 'body',
    },
    {
      description: 'a success without a taskId',
      text: verifyText({ body: { taskId: undefined } }),
      field: 'body.taskId',
    },
    { description: 'an array', text: '[]', field: '' },
    { description: 'null', text: 'null', field: '' },
    { description: 'a text', text: '"000"', field: '' },
    { description: 'a number', text: '0', field: '' },
  ])('$description is a format error', ({ text, field }) => {
    const error = thrown(() => verify(text), ResponseFormatError);
    expect(error).toMatchObject({ field, maybeSent: true, operation: 'tokenValidate' });
  });
});
