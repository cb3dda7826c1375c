/** Which JSON values are objects; and which paths are other interfaces of the carrier. */
import { expect, test } from 'vitest';
import { isObject } from '../../../src/protocol/json.js';
import { otherInterface, otherInterfaceAt, otherInterfaceSentence } from '../../../src/protocol/other-interfaces.js';

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
  ['/unisdk/rsapi/tokenValidate', 'login-1.x'],
  ['/unisdk/tokenvalidate/', 'login-1.x'],
  ['/api/uniTokenValidate', 'login-1.2'],
  ['/openapi/rs/sendsmscode', 'sms-send'],
  ['/openapi/rs/checksmscode', 'sms-check'],
  ['/unisdk/userInfoValidate', 'user-info'],
  ['/h5/onekeylogin/tokenValidate', 'h5-login'],
  ['/openapi/rs/tokenValidate', undefined],
  ['/unisdk/rsapi/tokenValidateX', undefined],
])('%s is %s', (path, id) => {
  expect(otherInterfaceAt(path)?.id).toBe(id);
  expect(otherInterfaceSentence(path)?.en.startsWith(`${path} is `)).toBe(id === undefined ? undefined : true);
});

test('an interface without a path has a name', () => {
  expect(otherInterface('login-3.5')?.name.zh).toContain('国密');
});
