/** The provider of a profile: what its reports must hide. */
import { expect, test } from 'vitest';
import { redactor } from '../../../contracts/kit/redact.js';
import { profileProvider } from '../../../contracts/provider/profile-provider.js';
import { temporaryFile } from '../../support/files.js';

const NUMBER = '13800138000';

const LOGIN_TOKEN = {
  operation: 'loginTokenValidate',
  token: 'a-token-of-a-phone',
  phoneNumber: NUMBER,
};

/** The tokens are in a file. */
function providerWith(tokens: readonly object[]) {
  return profileProvider(
    {
      baseUrls: { loginTokenValidate: 'http://carrier.test' },
      credentials: { appId: { env: 'A' }, appSecret: { env: 'S' } },
      capabilities: ['loginTokenValidate'],
      tokens: { from: 'file', path: temporaryFile('tokens.json', tokens) },
    },
    {
      env: { A: '300000000001', S: 'the-app-secret' },
      nowMs: () => 0,
      wait: async () => undefined,
    },
  );
}

test('the numbers of its tokens are hidden as soon as they are used, and its credentials except the appId', async () => {
  const provider = providerWith([LOGIN_TOKEN]);
  // Only a listed number is found within a longer word.
  const text = `300000000001 the-app-secret ${NUMBER}20260101000000000`;
  expect(provider.hidden()).toEqual({ secrets: ['the-app-secret'], phoneNumbers: [] });
  const { newToken } = await provider.open('loginTokenValidate', { id: 'any' });
  await newToken();
  expect(provider.hidden().phoneNumbers).toEqual([NUMBER]);
  expect(redactor(provider.hidden())(text)).toBe(
    '300000000001 [hidden] 138****800020260101000000000',
  );
});

test.each([
  { description: 'of the call', given: {}, operation: 'tokenValidate' },
  {
    description: 'that the case names',
    given: { token: { mint: { capability: 'loginTokenValidate' } } },
    operation: 'loginTokenValidate',
  },
])('a token is for the operation $description', async ({ given, operation }) => {
  const tokens = [LOGIN_TOKEN, { ...LOGIN_TOKEN, operation: 'tokenValidate', token: 'another' }];
  const { newToken } = await providerWith(tokens).open('tokenValidate', { id: 'any', given });
  expect(await newToken()).toMatchObject({ operation });
});
