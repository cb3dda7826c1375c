/** Each usage error of the kit's commands has the id of its message. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  COMMON_ROWS,
  isKeepSet,
  type KitRows,
  MOCK_ROWS,
  readFlags,
} from '../../../contracts/command/flags.js';
import { checkCaseIds } from '../../../contracts/command/listing.js';
import { PROVIDER_ROWS } from '../../../contracts/command/provider-command.js';
import { USAGE_MESSAGES } from '../../../contracts/kit/usage-messages.js';
import { ExchangeError, type WireAnswer } from '../../../contracts/kit/wire.js';
import { reachCarrier } from '../../../contracts/provider/preflight.js';
import { readProfile, variableValue } from '../../../contracts/provider/profile.js';
import { readCredentials } from '../../../contracts/replay/credentials.js';
import { SOURCES } from '../../kit/provider/engine-subject.js';
import { temporaryFile } from '../../support/files.js';

const PROFILE = {
  baseUrls: { loginTokenValidate: 'http://127.0.0.1:9' },
  credentials: { appId: { env: 'A' }, appSecret: { env: 'S' } },
  capabilities: ['loginTokenValidate'],
};

const profile = (change: object) =>
  readProfile(temporaryFile('profile.json', JSON.stringify({ ...PROFILE, ...change })));

const read = (rows: KitRows, ...args: readonly string[]) => readFlags('x', { rows, args });

const MISTAKES: readonly { readonly id: string; readonly make: () => unknown }[] = [
  { id: 'contract.flag', make: () => read({}, '--odd') },
  { id: 'contract.only-flags', make: () => read({}, 'odd') },
  { id: 'contract.number', make: () => read(MOCK_ROWS, '--jobs', '0') },
  { id: 'contract.not-listed', make: () => read(COMMON_ROWS, '--lang', 'de') },
  { id: 'contract.not-listed', make: () => read(COMMON_ROWS, '--level', 'MUST,odd') },
  { id: 'contract.list', make: () => read(COMMON_ROWS, '--level', ',') },
  { id: 'contract.address', make: () => read(PROVIDER_ROWS, '--mock', 'localhost') },
  { id: 'contract.keep-without-mock', make: () => isKeepSet({ keep: true, mock: undefined }) },
  { id: 'contract.case-id', make: () => checkCaseIds('x', [{ case: 'odd' }], []) },
  { id: 'profile.missing-variable', make: () => variableValue({ env: 'A' }, '/a', {}) },
  { id: 'profile.missing-address', make: () => profile({ capabilities: ['tokenValidate'] }) },
  {
    id: 'profile.missing-credential',
    make: () => profile({ capabilities: ['loginTokenValidate', 'rsa'] }),
  },
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

const answer = (body: string): WireAnswer => ({ status: 200, headers: {}, body });

test.each([
  { id: 'provider.no-code', send: async () => answer('<html>') },
  { id: 'provider.no-response', send: () => Promise.reject(new ExchangeError('too large')) },
  {
    id: 'provider.not-reached',
    send: () => Promise.reject(new ExchangeError('refused', { code: 'ECONNREFUSED' })),
  },
])('$id', async ({ id, send }) => {
  const reached = reachCarrier({
    at: '/baseUrls/loginTokenValidate',
    url: 'http://carrier.test',
    operation: 'loginTokenValidate',
    subject: { send },
    credentials: {},
    sources: SOURCES,
  });
  await expect(reached).rejects.toMatchObject({ name: 'UsageError', id });
});

test('every message is used once or more', () => {
  const files = readdirSync('contracts', { recursive: true, encoding: 'utf8' });
  const code = files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('usage-messages.ts'))
    .map((file) => readFileSync(`contracts/${file}`, 'utf8'))
    .join('\n');
  expect(Object.keys(USAGE_MESSAGES).filter((id) => !code.includes(`'${id}'`))).toEqual([]);
});
