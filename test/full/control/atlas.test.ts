/** The commands of the atlas, run unchanged in bash. test/unit/control/atlas.test.ts has every code and way. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { socketBench } from '../../support/control.js';
import { temporaryFolder } from '../../support/files.js';
import { send, startMock } from '../../support/mock.js';
import { isInstalled } from '../../support/programs.js';

const run = promisify(execFile);

interface AtlasRow {
  readonly code: string;
  readonly ways: readonly { readonly way: string; readonly curl: string }[];
}

async function codeIn(command: string): Promise<string> {
  const json = JSON.parse((await run('bash', ['-c', command])).stdout);
  return json.resultCode ?? json.header.resultCode;
}

describe.skipIf(!isInstalled('bash') || !isInstalled('curl'))('in bash', () => {
  test('the real cause of each code returns it', async () => {
    const { url } = await startMock();
    const { json } = await send(url, 'GET', '/_mock/result-codes');
    for (const { code, ways } of json.codes as readonly AtlasRow[]) {
      const command = ways.find(({ way }) => way === 'cause')?.curl ?? '';
      expect(`${code}: ${await codeIn(command)}`).toBe(`${code}: ${code}`);
    }
  });

  test('each way of a code works over HTTPS and with a control token', async () => {
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
    const { codes } = JSON.parse((await run('curl', args)).stdout) as {
      codes: readonly AtlasRow[];
    };
    const { ways } = codes.find(({ code }) => code === '103511') ?? { ways: [] };
    expect(ways).toHaveLength(4);
    for (const { way, curl } of ways) {
      expect(curl).toContain(httpsUrl);
      expect(`${way} ${await codeIn(curl)}`).toBe(`${way} 103511`);
    }
  });
});

test('a Host that is not an address is quoted, so it cannot inject a command', async () => {
  const { api } = await socketBench();
  const { body } = await api.get('/_mock/result-codes').set('Host', "x' ; rm -r ~ '").expect(200);
  const [{ curl }] = body.codes[0].ways;
  expect(curl).toContain("x'\\'' ; rm -r ~ '\\''");
  expect(curl).not.toContain("x' ;");
});
