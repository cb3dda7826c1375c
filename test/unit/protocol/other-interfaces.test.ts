/** Which JSON values are objects; and which paths are other interfaces of the carrier. */
import { expect, test } from 'vitest';
import { isObject } from '../../../src/protocol/json.js';
import { foreignPathWords, otherInterface, otherInterfaceAt } from '../../../src/protocol/other-interfaces.js';

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
  ['/h5/onekeylogin/tokenValidate', undefined, undefined],
  ['/NumberAbility/h5/verifyVmMobileApi.htm', 'h5-verify', 'call POST /openapi/rs/tokenValidate'],
  ['/UmcOpenPlatform/tokenValidate', undefined, 'the same request to POST /openapi/rs/tokenValidate'],
  ['/umcopenapi/rs/tokenValidate', undefined, 'the same request to POST /openapi/rs/tokenValidate'],
  ['/rs/client/rsapi/tokenValidate', undefined, 'the same request to POST /openapi/rs/tokenValidate'],
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
