/** A usage error of the kit's commands has the id of its message. mistakes.test.ts has the sentences. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isKeepSet } from '../../../contracts/command/flags.js';
import { USAGE_MESSAGES } from '../../../contracts/kit/usage-messages.js';
import { readCredentials } from '../../../contracts/replay/credentials.js';

const MISTAKES: readonly { readonly id: string; readonly make: () => unknown }[] = [
  { id: 'contract.keep-without-mock', make: () => isKeepSet({ keep: true, mock: undefined }) },
  {
    id: 'replay.sign-key',
    make: () =>
      readCredentials({
        file: undefined,
        phoneNumber: undefined,
        env: { CMPASSPORT_APP_SIGN_KEY: 'no key' },
      }),
  },
];

test.each(MISTAKES)('$id', ({ id, make }) => {
  expect(make).toThrow(expect.objectContaining({ name: 'UsageError', id }));
});

test('every message is used once or more', () => {
  const files = readdirSync('contracts', { recursive: true, encoding: 'utf8' });
  const code = files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('usage-messages.ts'))
    .map((file) => readFileSync(`contracts/${file}`, 'utf8'))
    .join('\n');
  expect(Object.keys(USAGE_MESSAGES).filter((id) => !code.includes(`'${id}'`))).toEqual([]);
});
