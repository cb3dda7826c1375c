/** The atlas has every code of the tables. Its commands, as the console reads and sends them, return their codes; test/full/control runs them in bash. */
import { expect, test } from 'vitest';
import { callsIn } from '../../../mock-server/console/outcomes/curl-calls.js';
import { BEYOND_RESULTS } from '../../../src/protocol/beyond-codes.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';
import { type Bench, controlBench } from '../../support/control.js';

const WAYS = ['cause', 'magic', 'header', 'script'] as const;
const ROWS = OPERATIONS.flatMap(({ operation }) =>
  RESULTS[operation].map((row) => ({ operation, ...row })),
);

interface AtlasRow {
  readonly operation: string;
  readonly code: string;
  readonly decidedBy: readonly string[];
  readonly cause: { readonly en: string; readonly zh: string };
  readonly basis: string;
  readonly charged: boolean;
  readonly usesToken: boolean;
  readonly ways: readonly { readonly way: string; readonly curl: string }[];
}

async function codesOf({ api }: Bench): Promise<readonly AtlasRow[]> {
  return (await api.get('/_mock/result-codes').expect(200)).body.codes;
}

/** Sends the requests of a command, and returns the code and the id of the last one. */
async function run({ api }: Bench, command: string) {
  let last = { code: '', id: '' };
  for (const { method, url, headers: sent, body: text } of callsIn(command)) {
    const call = api[method.toLowerCase() as 'post'](url.replace('http://127.0.0.1', ''));
    const { body, headers } = await call.set(sent).send(text);
    last = {
      code: body.resultCode ?? body.header?.resultCode,
      id: headers['x-mock-request-id'],
    };
  }
  return last;
}

test('every documented code is listed once, in the order of the document, with four ways', async () => {
  const codes = await codesOf(await controlBench());
  expect(codes.map(({ operation, code }) => `${operation} ${code}`)).toEqual(
    ROWS.map(({ operation, code }) => `${operation} ${code}`),
  );
  for (const { ways } of codes) expect(ways.map(({ way }) => way)).toEqual(WAYS);
});

test('the command of each code outside the document returns it at each operation', async () => {
  const bench = await controlBench();
  const { body } = await bench.api.get('/_mock/result-codes').expect(200);
  expect(body.beyond.map(({ code }: { code: string }) => code)).toEqual(
    BEYOND_RESULTS.map(({ code }) => code),
  );
  for (const { code, curl } of body.beyond)
    for (const { operation } of OPERATIONS)
      expect((await run(bench, curl[operation])).code).toBe(code);
});

test('causes have both languages, and exactly the charged codes consume the token', async () => {
  const codes = await codesOf(await controlBench());
  for (const { cause } of codes) {
    expect(cause.en).toMatch(/^[ -~]+$/);
    expect(cause.zh).toMatch(/\p{Script=Han}/u);
  }
  const charged = codes.filter((row) => row.charged).map(({ code }) => code);
  expect(charged).toEqual(['103000', '000', '001', '103000']);
  expect(codes.filter(({ usesToken }) => usesToken).map(({ code }) => code)).toEqual(charged);
});

test('a code of several rules lists them in the order of evaluation', async () => {
  const row = (await codesOf(await controlBench())).find(({ code }) => code === '104201');
  expect(row).toMatchObject({ decidedBy: ['tokenKnown', 'tokenLive', 'tokenUnused'] });
  expect(row?.cause.en).toBe(
    'the token does not exist (documented); or the token has expired (documented); or the token was already used (observed)',
  );
});

test('the basis is that of the best known cause, and 001 has the caveat of the document', async () => {
  const codes = await codesOf(await controlBench());
  expect(codes.find(({ code }) => code === '303')).toMatchObject({
    basis: 'documented',
    cause: { en: expect.stringMatching(/ \(assumed\); or .* \(documented\)$/) },
  });
  const { cause } = codes.find(({ code }) => code === '001') ?? {};
  expect(cause?.en).toMatch(/An SMS code does not prove/);
  expect(cause?.zh).toContain('短验辅助校验无法保证校验的号码和本机号码一致');
});

test.each(['13900139000', '13800138000'])(
  '001 verifies a number other than the first subscriber’s, %s',
  async (phoneNumber) => {
    const bench = await controlBench({
      configuration: { subscribers: [{ phoneNumber, operator: 'mobile' }] },
    });
    const row = (await codesOf(bench)).find(({ code }) => code === '001');
    const command = row?.ways.find(({ way }) => way === 'cause')?.curl ?? '';
    expect((await run(bench, command)).code).toBe('001');
  },
);

test.each(WAYS)(
  'the %s way returns each code twice in a row, decided by the rule of the row',
  async (way) => {
    const bench = await controlBench();
    for (const { operation, code, decidedBy, ways } of await codesOf(bench)) {
      const curl = ways.find((row) => row.way === way)?.curl ?? '';
      for (const time of ['first', 'second']) {
        const found = await run(bench, curl);
        expect(`${code}, ${time}: ${found.code}`).toBe(`${code}, ${time}: ${code}`);
        const { body: record } = await bench.api.get(`/_mock/requests/${found.id}`).expect(200);
        expect([record.operation, record.resultCode]).toEqual([operation, code]);
        expect(way === 'cause' ? decidedBy : ['forced'], code).toContain(record.decidedBy);
      }
    }
  },
);

test('without test numbers and a second app, the ways that need them are omitted', async () => {
  const configuration = {
    apps: [],
    subscribers: [{ phoneNumber: '13800138000', operator: 'mobile' as const }],
  };
  const without = (await codesOf(await controlBench({ configuration }))).filter(({ ways }) =>
    ways.every(({ way }) => way !== 'cause'),
  );
  expect(without.map(({ code }) => code)).toEqual(['103133', '002', '003', '999']);
});
