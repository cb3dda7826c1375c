/**
 * The operations. The document, 1.1 and 2.2; public material for the third. The fields of both requests, and the strings
 * to sign. The document, 1.2 sign, 1.3, 2.3 sign and 2.4. Which JSON values are objects; and which paths are other
 * interfaces of the carrier.
 */
import { expect, test } from 'vitest';
import {
  requestBody,
  signingOf,
  stringToSign,
  wireName,
  wireNames,
} from '../../../src/protocol/fields.js';
import { CARRIER_HOST_NAMES, CARRIER_HOSTS } from '../../../src/protocol/hosts.js';
import { isObject } from '../../../src/protocol/json.js';
import { OPERATIONS, operationUnder } from '../../../src/protocol/operations.js';
import {
  foreignPathWords,
  otherInterface,
  otherInterfaceAt,
} from '../../../src/protocol/other-interfaces.js';

test.each([
  { operation: 'loginTokenValidate', path: '/unisdk/rsapi/loginTokenValidate', version: '2.0' },
  { operation: 'tokenValidate', path: '/openapi/rs/tokenValidate', version: '1.0' },
  { operation: 'h5TokenValidate', path: '/h5/onekeylogin/tokenValidate', version: '2.0' },
])('the address and the version of $operation are the published ones', (published) => {
  expect(OPERATIONS).toContainEqual(expect.objectContaining(published));
});

test('the hosts are those of the operations, each once, that of the document first', () => {
  expect(CARRIER_HOSTS).toEqual(['www.cmpassport.com', 'onekey2.cmpassport.com']);
  expect(CARRIER_HOST_NAMES).toEqual(CARRIER_HOSTS);
});

test.each([
  { path: '/unisdk/rsapi/loginTokenValidate', expected: 'loginTokenValidate' },
  { path: '/unisdk/rsapi/tokenValidate', expected: 'loginTokenValidate' },
  { path: '/unisdk/', expected: 'loginTokenValidate' },
  { path: '/unisdk', expected: undefined },
  { path: '/openapi/rs/tokenValidate', expected: 'tokenValidate' },
  { path: '/openapi/', expected: 'tokenValidate' },
  { path: '/openapi', expected: undefined },
  { path: '/h5/onekeylogin/other', expected: 'h5TokenValidate' },
  { path: '/h5/onekeylogin/authGetToken', expected: undefined },
  { path: '/h5/onekeylogin//authGetToken', expected: undefined },
  { path: '/h5/js/jssdk_auth/jssdk-1.0.0.min.js', expected: undefined },
  { path: '/unisdk/rs/getphonescrip', expected: undefined },
  { path: '/unisdk/rs/loginTokenValidate', expected: 'loginTokenValidate' },
  { path: '/openapi/sendDynaPwd', expected: undefined },
  { path: '//openapi/rs/tokenValidate', expected: undefined },
  { path: '/Openapi/rs/tokenValidate', expected: undefined },
  { path: '/x/openapi/rs/tokenValidate', expected: undefined },
  { path: '/', expected: undefined },
  { path: '', expected: undefined },
])('$path belongs to $expected', ({ path, expected }) => {
  expect(operationUnder(path)?.operation).toBe(expected);
});

const TEXTS = {
  appId: '<appId>',
  version: '<version>',
  msgId: '<msgId>',
  sentAt: '<sentAt>',
  strictCheck: '<strictCheck>',
  phoneNum: '<phoneNum>',
  token: '<token>',
};

test.each([
  {
    description:
      'login, MD5: appid + version + msgid + systemtime + strictcheck + token + APPSecret',
    text: stringToSign(signingOf('loginTokenValidate', 'md5').joined, TEXTS, '<APPSecret>'),
    expected: '<appId><version><msgId><sentAt><strictCheck><token><APPSecret>',
  },
  {
    description: 'login, RSA: appid + token',
    text: stringToSign(signingOf('loginTokenValidate', 'rsa').joined, TEXTS),
    expected: '<appId><token>',
  },
  {
    description: 'verify: appId + msgId + phoneNum + timestamp + token + version',
    text: stringToSign(signingOf('tokenValidate', 'hmac').joined, TEXTS),
    expected: '<appId><msgId><phoneNum><sentAt><token><version>',
  },
  {
    description: 'a missing field is empty',
    text: stringToSign(signingOf('loginTokenValidate', 'rsa').joined, { token: '<token>' }),
    expected: '<token>',
  },
])('$description', ({ text, expected }) => {
  expect(text).toBe(expected);
});

test('a body has the fields of its operation under their wire names, in the order of the document', () => {
  expect(JSON.stringify(requestBody('loginTokenValidate', TEXTS))).toBe(
    '{"version":"<version>","msgid":"<msgId>","systemtime":"<sentAt>","strictcheck":"<strictCheck>","appid":"<appId>","token":"<token>"}',
  );
  expect(JSON.stringify(requestBody('tokenValidate', TEXTS))).toBe(
    '{"header":{"version":"<version>","msgId":"<msgId>","timestamp":"<sentAt>","appId":"<appId>"},"body":{"phoneNum":"<phoneNum>","token":"<token>"}}',
  );
});

test('an empty text is sent, and a missing one is left out', () => {
  const empty = { expandParams: '', message: '', token: undefined };
  expect(requestBody('loginTokenValidate', empty)).toEqual({ expandparams: '' });
  expect(requestBody('tokenValidate', empty)).toEqual({
    header: {},
    body: { expandParams: '', message: '' },
  });
});

test('wire names depend on the operation and the part', () => {
  expect(wireNames('tokenValidate', 'header')).toEqual(['version', 'msgId', 'timestamp', 'appId']);
  expect(wireNames('tokenValidate')).toEqual([]);
  expect(wireName('loginTokenValidate', 'sentAt')).toBe('systemtime');
});

test('a signing that the operation does not have is an error', () => {
  expect(() => signingOf('loginTokenValidate', 'hmac')).toThrow(
    'loginTokenValidate is not signed with hmac',
  );
});

test('null, a list and a text are not objects', () => {
  expect([{}, { a: 1 }, null, [], 'x', 1, undefined].map(isObject)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test.each([
  ['/unisdk/rsapi/tokenValidate', 'login-1.x', 'the login interface 1.x'],
  ['/unisdk/tokenvalidate/', 'login-1.x', 'the login interface 1.x'],
  ['/api/uniTokenValidate', 'uni-token-validate', 'call POST /unisdk/rsapi/loginTokenValidate'],
  ['/api/tokenValidate', 'uni-token-validate', 'call POST /unisdk/rsapi/loginTokenValidate'],
  ['/api/sendSmsCode', 'sms-service', 'the SMS service'],
  ['/openapi/rs/sendsmscode', 'sms-send', 'sendsmscode'],
  ['/umcopenapi/rs/checksmscode', 'sms-check', 'checksmscode'],
  ['/unisdk/userInfoValidate', 'user-info', 'userInfoValidate'],
  ['/v5/rapidauth/validate', 'aggregator', 'an aggregator, not China Mobile'],
  ['/v1/web/loginTokenVerify', 'aggregator', 'the paths of the carrier are on the page'],
  ['/v5/rapidauthority', undefined, undefined],
  ['/h5/onekeylogin/tokenValidate', undefined, undefined],
  ['/h5/js/jssdk_auth/jssdk-1.0.0.min.js', 'page-script', 'the script of the JSSDK'],
  ['/h5/js/jssdk_auth/image/logo.png', 'page-script', 'start the mock with --page-sdk'],
  ['/h5/httpsPreGetmobile', 'page-prefetch', 'the phone sends it, not your server'],
  [
    '/h5/onekeylogin/authGetToken',
    'page-token',
    'issue a token with the control API or the console',
  ],
  [
    '//h5/onekeylogin/authGetToken',
    'page-token',
    'authGetToken, with which the JSSDK gets a token',
  ],
  ['/h5/onekeylogin/getPageOption', 'page-options', 'getPageOption'],
  ['/h5/onekeylogin/getNewUnicomPhonescrip', 'page-other-networks', '联通'],
  ['/h5/onekeylogin/CTCallback', 'page-other-networks', '电信'],
  ['/h5/getMobile', 'page-mobile', 'getMobile'],
  ['/unisdk/rs/getphonescrip', 'app-phonescrip', 'the SDK in an app'],
  ['/unisdk/rs/getPrePhonescrip', 'app-phonescrip', 'the phone sends it'],
  ['/unisdk/rs/scripAndTokenForHttps', 'app-token', 'the phone sends it'],
  ['/unisdk/api/getAuthToken', 'app-token', 'the phone sends it'],
  ['/openapi/sendDynaPwd', 'sms-password', 'your own provider'],
  ['/openapi/validateDynamicPwd', 'sms-password', 'an old interface for SMS codes'],
  ['//openapi/rs/tokenValidate', undefined, '/openapi/rs/tokenValidate with a double slash'],
  [
    '/h5//onekeylogin/tokenValidate',
    undefined,
    '/h5/onekeylogin/tokenValidate with a double slash',
  ],
  [
    '//umcopenapi//rs/tokenValidate',
    undefined,
    'the same request to POST /openapi/rs/tokenValidate',
  ],
  ['//openapi/rs/other', undefined, undefined],
  ['/NumberAbility/h5/verifyVmMobileApi.htm', 'h5-verify', 'call POST /openapi/rs/tokenValidate'],
  [
    '/UmcOpenPlatform/tokenValidate',
    undefined,
    'the same request to POST /openapi/rs/tokenValidate',
  ],
  ['/umcopenapi/rs/tokenValidate', undefined, 'the same request to POST /openapi/rs/tokenValidate'],
  [
    '/rs/client/rsapi/tokenValidate',
    undefined,
    'the same request to POST /openapi/rs/tokenValidate',
  ],
  ['/openapi/rs/tokenValidate', undefined, undefined],
  ['/unisdk/rsapi/tokenValidateX', undefined, undefined],
  ['/api/login', undefined, undefined],
])('%s is %s', (path, id, words) => {
  expect(otherInterfaceAt(path)?.id).toBe(id);
  const found = foreignPathWords(path);
  expect(found === undefined).toBe(words === undefined);
  expect(found?.en ?? '').toContain(words ?? '');
});

test('an interface without a path has a name', () => {
  expect(otherInterface('login-3.5')?.name.zh).toContain('国密');
});
