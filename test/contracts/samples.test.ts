/** The document's samples, 1.3 and 2.4, and the signature vectors, before the schemas. */
import { describe, expect, test } from 'vitest';
import { readVectors } from '../support/vectors.js';
import { problemsOf } from './validators.js';

/** As they are printed; the answer of verify has no comma after its resultDesc. */
const LOGIN_REQUEST = `{
  "encryptionalgorithm":"",
  "expandparams":"",
  "appid":"10000001",
  "sign":"0C17F305AB3E8B4694829319167310D1",
  "strictcheck":"0",
  "msgid":"bed1dc7f6cd645b9be9006ae08040c93",
  "systemtime":"20190226111842617",
  "version":"2.0",
  "token":"STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ"
}`;
const LOGIN_RESPONSE = `{
  "inresponseto":"bed1dc7f6cd645b9be9006ae08040c93",
  "resultCode":"103000",
  "msisdn":"159xxxxxxxx",
  "systemtime":"20190226111849953",
  "taskId":"188b0744159f413e9bfe7ecc5d5bcc71"
}`;
const VERIFY_REQUEST = `{
  "header":{
    "appId":"3000666666666",
    "timestamp":"20180104090953788",
    "version":"1.0",
    "msgId":"8ADFF305C7FCB3E1B1AECC130792FBD0"
  },
  "body":{
    "openType":"1",
    "token":"STsid0000001515028196605yc1oYNTuPlTlLT10AR3ywr2WApEq14JH",
    "sign":"227716D80112F953632E4AFBB71C987E9ABF4831ACDA5A7464E2D8F61F0A9477",
    "phoneNum":"38D19FF8CE10416A6F3048467CB6F7D57A44407CB198C6E8793FFB87FEDFA9B8",
    "requesterType":"0"
  }
}`;
const VERIFY_RESPONSE = `{
  "body":{
    "message":"",
    "resultDesc":"是本机号码"
    "taskId": "b62585d15ee34869bd3c7e6ad62688e2"
  },
  "header":{
    "appId":"3000*****40",
    "msgId":"8ADFF305C7FCB3E1B1AECC130792FBD0",
    "resultCode":"000",
    "timestamp":"20180104090957277"
  }
}`;

describe('a sample of the document fits', () => {
  test.each([
    { operation: 'loginTokenValidate', direction: 'request', text: LOGIN_REQUEST, mended: 'as it is' },
    {
      operation: 'loginTokenValidate',
      direction: 'response',
      text: LOGIN_RESPONSE.replace('xxxxxxxx', '12345678'),
      mended: 'with its number unmasked',
    },
    { operation: 'tokenValidate', direction: 'request', text: VERIFY_REQUEST, mended: 'as it is' },
    {
      operation: 'tokenValidate',
      direction: 'response',
      text: VERIFY_RESPONSE.replace('"是本机号码"', '"是本机号码",'),
      mended: 'with its comma put in',
    },
  ] as const)('$operation, $direction, $mended', ({ operation, direction, text }) => {
    expect(problemsOf(operation, direction, JSON.parse(text))).toEqual([]);
  });
});

test('the answer of verify without its comma is no JSON', () => {
  expect(() => JSON.parse(VERIFY_RESPONSE)).toThrow(SyntaxError);
});

/** A wrong sign of the right shape is none of a schema's business; these have another shape. */
const ILL_SHAPED: Readonly<Record<number, readonly string[]>> = {
  14: ['/sign pattern'],
  15: ['/sign pattern'],
  19: ['/sign pattern', '/sign minLength'],
  26: ['/sign minLength'],
  27: ['/sign pattern', '/sign minLength'],
  32: ['/body/sign pattern'],
  40: ['/body/sign pattern'],
  48: ['/body/sign not'],
};

describe('a vector fits unless its sign has another shape', () => {
  test.each([...readVectors('login-md5'), ...readVectors('login-rsa')])('$description', ({ tcId, message, sign }) => {
    const problems = problemsOf('loginTokenValidate', 'request', { ...message, sign });
    expect(problems.toSorted()).toEqual((ILL_SHAPED[tcId] ?? []).toSorted());
  });

  test.each([...readVectors('token-validate-hmac'), ...readVectors('token-validate-rsa')])(
    '$description',
    ({ tcId, message, sign }) => {
      const request = { header: message.header, body: { ...message.body, sign } };
      expect(problemsOf('tokenValidate', 'request', request)).toEqual(ILL_SHAPED[tcId] ?? []);
    },
  );

  test.each(readVectors('login-msisdn'))('$description, as msisdn', ({ ciphertext }) => {
    const answer = { ...JSON.parse(LOGIN_RESPONSE), msisdn: ciphertext };
    expect(problemsOf('loginTokenValidate', 'response', answer)).toEqual([]);
  });
});

test('no valid vector is ill-shaped', () => {
  const files = ['login-md5', 'login-rsa', 'token-validate-hmac', 'token-validate-rsa'];
  const valid = files.flatMap(readVectors).filter(({ result }) => result === 'valid');
  expect(valid.filter(({ tcId }) => tcId in ILL_SHAPED)).toEqual([]);
  expect(valid.length).toBeGreaterThan(8);
});
