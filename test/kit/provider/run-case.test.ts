/** A case that goes wrong on the way is the result `error`, and the run goes on. */
import { expect, test } from 'vitest';
import { CASE_FILES } from '../../../contracts/cases/case-files.js';
import type { Case } from '../../../contracts/provider/case.js';
import { runCase } from '../../../contracts/provider/run-case.js';
import { ExchangeError } from '../../../contracts/provider/subject.js';
import type { Provider, World } from '../../../contracts/provider/world.js';
import { SOURCES } from './sources.js';

const CASE = caseOf('loginTokenValidate/103000/md5');

function caseOf(id: string): Case {
  const found = CASE_FILES.flatMap(({ cases }) => cases).find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no case ${id}`);
  return found;
}

const ANSWER = {
  status: 200,
  headers: {},
  body: '{"inresponseto":"1","resultCode":"103000","msisdn":"13800138000","systemtime":"20260101000000000","taskId":"188b0744159f413e9bfe7ecc5d5bcc71"}',
};

function providerOf(world: Partial<World>): Provider {
  return {
    name: 'x',
    has: new Set(),
    isMock: false,
    hidden: () => ({ secrets: [], phoneNumbers: [] }),
    baseUrl: () => 'http://127.0.0.1:9',
    subject: () => ({ send: async () => ANSWER }),
    open: async () => ({
      values: { appId: '1', appSecret: '2' },
      newToken: async () => ({ token: 't', phoneNumber: '13800138000' }),
      end: async () => undefined,
      ...world,
    }),
  };
}

const run = (provider: Provider, testCase = CASE) =>
  runCase('loginTokenValidate', testCase, { provider, sources: SOURCES });

test('a source of tokens that fails is told', async () => {
  const newToken = async () => {
    throw new ExchangeError('no token is left');
  };
  expect(await run(providerOf({ newToken }))).toMatchObject({ status: 'error', reason: 'no token is left' });
});

test('a key that cannot be read is told', async () => {
  const result = await run(providerOf({ values: { appSignKey: 'no key' } }), { ...CASE, given: { signing: 'rsa' } });
  expect(result).toMatchObject({ status: 'error', reason: expect.stringMatching(/./) });
});

test('a world that cannot be cleared away says nothing of the subject', async () => {
  const end = async () => {
    throw new ExchangeError('the mock is gone');
  };
  // The echo is another one, so that it is judged.
  const { status, differences } = await run(providerOf({ end }));
  expect(status).toBe('fail');
  expect(differences.map(({ about }) => about)).toContain('/inresponseto');
});
