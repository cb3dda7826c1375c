/** The provider of a profile: what its reports must hide. */
import { expect, test } from 'vitest';
import { redactor } from '../../../contracts/kit/redact.js';
import { profileProvider } from '../../../contracts/provider/profile-provider.js';
import { temporaryFile } from '../../support/files.js';

const NUMBER = '13800138000';

test('the numbers of its tokens are hidden as soon as they are used, and its credentials except the appId', async () => {
  const token = {
    operation: 'loginTokenValidate',
    token: 'a-token-of-a-phone',
    phoneNumber: NUMBER,
  };
  const provider = profileProvider(
    {
      baseUrls: { loginTokenValidate: 'http://carrier.test' },
      credentials: { appId: { env: 'A' }, appSecret: { env: 'S' } },
      capabilities: ['loginTokenValidate'],
      tokens: { from: 'file', path: temporaryFile('tokens.json', [token]) },
    },
    {
      env: { A: '300000000001', S: 'the-app-secret' },
      nowMs: () => 0,
      wait: async () => undefined,
    },
  );
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
