/** What a client meant by a request that is broken. */
import { expect, test } from 'vitest';
import { meantBy } from '../../../mock-server/console/requests/meant-by.js';

const login = (body: string) => meantBy({ operation: 'loginTokenValidate', request: { headers: {}, body } });
const verify = (body: string) => meantBy({ operation: 'tokenValidate', request: { headers: {}, body } });

test.each([
  { description: 'login without encryptionalgorithm is MD5', meant: login('{"token":"t"}'), signing: 'md5' },
  { description: 'login with RSA', meant: login('{"encryptionalgorithm":"RSA"}'), signing: 'rsa' },
  {
    description: 'another spelling takes the MD5 branch',
    meant: login('{"encryptionalgorithm":"rsa"}'),
    signing: 'md5',
  },
  { description: 'verify without keyType is HMAC', meant: verify('{"body":{}}'), signing: 'hmac' },
  { description: 'verify with keyType 1', meant: verify('{"body":{"keyType":"1"}}'), signing: 'rsa' },
  { description: 'keyType as a number', meant: verify('{"body":{"keyType":1}}'), signing: 'rsa' },
  { description: 'half a body is the ordinary mode', meant: login('{"token":'), signing: 'md5' },
  { description: 'a body that is no object', meant: verify('[]'), signing: 'hmac' },
  { description: 'an envelope whose body is no object', meant: verify('{"body":null}'), signing: 'hmac' },
])('$description', ({ meant, signing }) => {
  expect(meant.signing).toBe(signing);
});

test('the token and what goes along are kept, where they are texts', () => {
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
