/** The atlas has every code of the tables. Each of its commands is run unchanged. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BEYOND_RESULTS } from '../../../src/protocol/beyond-codes.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';
import { socketBench } from '../../support/control.js';
import { temporaryFolder } from '../../support/files.js';
import { send, startMock } from '../../support/mock.js';
import { isInstalled } from '../../support/programs.js';

interface Shell {
  /** Runs a script in a subshell with an empty standard input, and returns its output. */
  run(script: string): Promise<string>;
}

/** The bash ends when the test ends. */
function startShell(): Shell {
  const bash = spawn('bash', { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(bash, 'close');
  onTestFinished(async () => {
    bash.stdin.end();
    await closed;
  });
  let printed = '';
  bash.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  return {
    run: async (script) => {
      bash.stdin.write(`(\n${script}\n) </dev/null\nprintf '\\0'\n`);
      while (!printed.includes('\0'))
        await Promise.race([once(bash.stdout, 'data'), closed.then(ended)]);
      const [text = '', ...rest] = printed.split('\0');
      printed = rest.join('\0');
      return text;
    },
  };
}

function ended(): never {
  throw new Error('bash has ended');
}

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

async function codesOf(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly AtlasRow[]> {
  const { json } = await send(url, 'GET', '/_mock/result-codes', undefined, headers);
  return json.codes;
}

function codeIn(answer: string): string {
  const json = JSON.parse(answer);
  return json.resultCode ?? json.header.resultCode;
}

test('the atlas lists every documented code once, in the order of the document, with four ways', async () => {
  const { url } = await startMock();
  const codes = await codesOf(url);
  expect(codes.map(({ operation, code }) => `${operation} ${code}`)).toEqual(
    ROWS.map(({ operation, code }) => `${operation} ${code}`),
  );
  for (const { ways } of codes) expect(ways.map(({ way }) => way)).toEqual(WAYS);
});

test.skipIf(!isInstalled('curl'))(
  'the command of each code outside the document returns it at each operation',
  async () => {
    const { url } = await startMock();
    const { json } = await send(url, 'GET', '/_mock/result-codes');
    expect(json.beyond.map(({ code }: { code: string }) => code)).toEqual(
      BEYOND_RESULTS.map(({ code }) => code),
    );
    for (const { code, curl } of json.beyond)
      for (const { operation } of OPERATIONS)
        expect(codeIn((await promisify(execFile)('bash', ['-c', curl[operation]])).stdout)).toBe(
          code,
        );
  },
);

test('causes have both languages, and exactly the charged codes consume the token', async () => {
  const { url } = await startMock();
  const codes = await codesOf(url);
  for (const { cause } of codes) {
    expect(cause.en).toMatch(/^[ -~]+$/);
    expect(cause.zh).toMatch(/\p{Script=Han}/u);
  }
  const charged = codes.filter((row) => row.charged).map(({ code }) => code);
  expect(charged).toEqual(['103000', '000', '001', '103000']);
  expect(codes.filter(({ usesToken }) => usesToken).map(({ code }) => code)).toEqual(charged);
});

test('a code of several rules lists them in the order of evaluation', async () => {
  const { url } = await startMock();
  const row = (await codesOf(url)).find(({ code }) => code === '104201');
  expect(row).toMatchObject({ decidedBy: ['tokenKnown', 'tokenLive', 'tokenUnused'] });
  expect(row?.cause.en).toBe(
    'the token does not exist (documented); or the token has expired (documented); or the token was already used (observed)',
  );
});

test('the basis is that of the best known cause, and 001 has the caveat of the document', async () => {
  const { url } = await startMock();
  const codes = await codesOf(url);
  expect(codes.find(({ code }) => code === '303')).toMatchObject({
    basis: 'documented',
    cause: { en: expect.stringMatching(/ \(assumed\); or .* \(documented\)$/) },
  });
  const { cause } = codes.find(({ code }) => code === '001') ?? {};
  expect(cause?.en).toMatch(/An SMS code does not prove/);
  expect(cause?.zh).toContain('短验辅助校验无法保证校验的号码和本机号码一致');
});

describe.skipIf(!isInstalled('bash') || !isInstalled('curl'))(
  'the commands, run unchanged in bash',
  () => {
    /** Returns a function that runs a command and returns the result code. */
    function codesInShell(): (script: string) => Promise<string> {
      const shell = startShell();
      return async (script) => codeIn(await shell.run(script));
    }

    test.each(['13900139000', '13800138000'])(
      '001 verifies a number other than the first subscriber’s, %s',
      async (phoneNumber) => {
        const { url } = await startMock({
          configuration: { subscribers: [{ phoneNumber, operator: 'mobile' }] },
        });
        const row = (await codesOf(url)).find(({ code }) => code === '001');
        const command = row?.ways.find(({ way }) => way === 'cause')?.curl ?? '';
        expect(await codesInShell()(command)).toBe('001');
      },
    );

    test.each(WAYS)(
      'the %s way returns each code twice in a row, decided by the rule of the row',
      async (way) => {
        const { url } = await startMock();
        const run = codesInShell();
        for (const { operation, code, decidedBy, ways } of await codesOf(url)) {
          const curl = ways.find((row) => row.way === way)?.curl ?? '';
          for (const time of ['first', 'second']) {
            expect(`${code}, ${time}: ${await run(curl)}`).toBe(`${code}, ${time}: ${code}`);
            const { json } = await send(
              url,
              'GET',
              `/_mock/requests?operation=${operation}&limit=1`,
            );
            const [record] = json.requests;
            expect(record.resultCode, code).toBe(code);
            expect(way === 'cause' ? decidedBy : ['forced'], code).toContain(record.decidedBy);
          }
        }
      },
    );

    test('the commands work over HTTPS and with a control token', async () => {
      const controlToken = 'open-sesame';
      const { httpsUrl = '' } = await startMock({
        controlToken,
        httpsPort: 0,
        tlsDir: temporaryFolder(),
      });
      const args = [
        '-sk',
        '-H',
        `Authorization: Bearer ${controlToken}`,
        `${httpsUrl}/_mock/result-codes`,
      ];
      const { codes } = JSON.parse((await promisify(execFile)('curl', args)).stdout) as {
        codes: readonly AtlasRow[];
      };
      const { ways } = codes.find(({ code }) => code === '103511') ?? { ways: [] };
      expect(ways).toHaveLength(WAYS.length);
      const run = codesInShell();
      for (const { way, curl } of ways) {
        expect(curl).toContain(httpsUrl);
        expect(`${way} ${await run(curl)}`).toBe(`${way} 103511`);
      }
    });
  },
);

test('without test numbers and a second app, the ways that need them are omitted', async () => {
  const configuration = {
    apps: [],
    subscribers: [{ phoneNumber: '13800138000', operator: 'mobile' as const }],
  };
  const { url } = await startMock({ configuration });
  const without = (await codesOf(url)).filter(({ ways }) =>
    ways.every(({ way }) => way !== 'cause'),
  );
  expect(without.map(({ code }) => code)).toEqual(['103133', '002', '003', '999']);
});

test('a Host that is not an address is quoted, so it cannot inject a command', async () => {
  const { api } = await socketBench();
  const { body } = await api.get('/_mock/result-codes').set('Host', "x' ; rm -r ~ '").expect(200);
  const [{ curl }] = body.codes[0].ways;
  expect(curl).toContain("x'\\'' ; rm -r ~ '\\''");
  expect(curl).not.toContain("x' ;");
});
