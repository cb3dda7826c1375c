/** `exec --each-reading`: a suite that passes, and the unclear sentences that it rests on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '../../support/command.js';
import { temporaryFile, temporaryFolder } from '../../support/files.js';

/** Two tests with an app each: a signature in lower case, and a second try with the token of a refused call. */
const SUITE = `
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { test } from 'node:test';

const post = async (path, body) => {
  const headers = { 'content-type': 'application/json' };
  const address = process.env.CMPASSPORT_BASE + path;
  return (await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })).json();
};

async function newApp(name) {
  const { appId: appid, appSecret } = await post('/_mock/apps', { name });
  const { token } = await post('/_mock/apps/' + appid + '/tokens', {});
  return async (changed) => {
    const beijing = new Date(Date.now() + 8 * 3600_000).toISOString();
    const msgid = randomUUID().replaceAll('-', '');
    const systemtime = beijing.replaceAll(/\\D/g, '');
    const text = appid + '2.0' + msgid + systemtime + '0' + token + appSecret;
    const sign = changed(createHash('md5').update(text).digest('hex').toUpperCase());
    const fields = { version: '2.0', msgid, systemtime, strictcheck: '0', appid, token, sign };
    return (await post('/unisdk/rsapi/loginTokenValidate', fields)).resultCode;
  };
}

test('lower case', async ({ name }) => {
  const login = await newApp(name);
  assert.equal(await login((sign) => sign.toLowerCase()), '103000');
});

test('second try', async ({ name }) => {
  const login = await newApp(name);
  assert.equal(await login(() => '0'), '103101');
  assert.equal(await login((sign) => sign), '103000');
});
`;

test('names the sentences that the green run rests on, and succeeds', async () => {
  const suite = temporaryFile('suite.test.mjs', SUITE);
  const report = join(temporaryFolder(), 'report');
  const flags = ['--each-reading', '--jobs', '2', '--report', report];
  const command = [process.execPath, '--test', suite];
  const { status, stderr } = await runCommand(['exec', ...flags, '--', ...command]);
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringContaining('rests on 2 sentences that the carrier never clarified\n'),
  });
  const { sentences, runs } = JSON.parse(readFileSync(join(report, 'each-reading.json'), 'utf8'));
  expect(sentences).toMatchObject([
    {
      id: 'login-md5-case',
      failing: [{ option: 'upper', status: 1, tests: [{ app: 'lower case' }] }],
    },
    {
      id: 'refused-call-uses-token',
      failing: [{ option: 'yes', status: 1, tests: [{ app: 'second try' }] }],
    },
  ]);
  // The forms of a refusal change an answer, and no test reads them.
  expect(runs).toContainEqual(expect.objectContaining({ id: 'refusal-task-id', status: 0 }));
  expect(readFileSync(sentences[0].failing[0].output, 'utf8')).toContain('second try');
});

test('a red run is not tried again', async () => {
  const command = [process.execPath, '-e', 'process.exit(7)'];
  const { status, stderr } = await runCommand(['exec', '--each-reading', '--', ...command]);
  expect(status).toBe(7);
  expect(stderr).toContain('--each-reading needs a green run first');
});
