/** The intent of invalid requests. */
import { expect, test } from 'vitest';
import { intentOf } from '../../../mock-server/console/requests/request-intent.js';

const login = (body: string) => intentOf({ operation: 'loginTokenValidate', request: { headers: {}, body } });
const verify = (body: string) => intentOf({ operation: 'tokenValidate', request: { headers: {}, body } });

test.each([
  { description: 'login without encryptionalgorithm is MD5', intent: login('{"token":"t"}'), signing: 'md5' },
  { description: 'login with RSA is RSA', intent: login('{"encryptionalgorithm":"RSA"}'), signing: 'rsa' },
  {
    description: 'another spelling of RSA is MD5',
    intent: login('{"encryptionalgorithm":"rsa"}'),
    signing: 'md5',
  },
  { description: 'verify without keyType is HMAC', intent: verify('{"body":{}}'), signing: 'hmac' },
  { description: 'verify with keyType 1 is RSA', intent: verify('{"body":{"keyType":"1"}}'), signing: 'rsa' },
  { description: 'keyType 1 as a number is RSA', intent: verify('{"body":{"keyType":1}}'), signing: 'rsa' },
  { description: 'half a body is MD5', intent: login('{"token":'), signing: 'md5' },
  { description: 'a body that is not an object is HMAC', intent: verify('[]'), signing: 'hmac' },
  { description: 'an envelope whose body is not an object is HMAC', intent: verify('{"body":null}'), signing: 'hmac' },
])('$description', ({ intent, signing }) => {
  expect(intent.signing).toBe(signing);
});

test('the token and the optional fields are kept if they are texts', () => {
  expect(login('{"token":"t","expandparams":"a=1","sign":"x"}')).toEqual({
    signing: 'md5',
    token: 't',
    fields: { expandparams: 'a=1' },
  });
  expect(verify('{"body":{"token":7,"message":"m","expandParams":{}}}')).toEqual({
    signing: 'hmac',
    token: undefined,
    fields: { message: 'm' },
  });
});
