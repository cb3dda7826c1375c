/** The first ten lines of the output show the cause to a new user. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { callCommand } from '../../support/called-command.js';
import { temporaryFile } from '../../support/files.js';
import { startMock } from '../../support/mock.js';
import { refusingPort } from '../../support/sockets.js';

const LINES = 10;

async function beginningOf(
  args: readonly string[],
  env = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const { status, stdout, stderr } = await callCommand(['contract', ...args], env);
  return { status, text: `${stderr}${stdout}`.split('\n').slice(0, LINES).join('\n') };
}

const LANGUAGES = ['en', 'zh'] as const;

test.each(LANGUAGES)('no server (%s)', async (lang) => {
  const url = `http://127.0.0.1:${await refusingPort()}`;
  const only = ['--only', 'tokenValidate/000/rsa*,loginTokenValidate/103000/time-'];
  const { status, text } = await beginningOf(['provider', '--mock', url, ...only, '--lang', lang]);
  expect(status, text).toBe(2);
  expect(text).toContain(
    { en: 'no server at this address (ECONNREFUSED)', zh: '没有服务在监听（ECONNREFUSED）' }[lang],
  );
  expect(text.trimEnd().split('\n')).toHaveLength(1);
});

/** A gateway in front of a mock that sends every refusal with HTTP status 400. */
async function gateway(mock: string): Promise<string> {
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const headers = Object.entries(req.headers).filter(([name]) => ['content-type', 'accept'].includes(name));
    const answer = await fetch(`${mock}${req.url}`, {
      method: req.method ?? 'GET',
      headers: headers.map(([name, value]): [string, string] => [name, String(value)]),
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    const text = await answer.text();
    const refuses = !req.url?.startsWith('/_mock') && !/"resultCode":"(?:103000|000|001)"/.test(text);
    res.writeHead(refuses ? 400 : answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    res.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each(LANGUAGES)('a gateway that sends 400 for refusals (%s)', async (lang) => {
  const { url } = await startMock();
  const only = ['--only', '103101,tokenValidate/606,103000/md5'];
  const { status, text } = await beginningOf(['provider', '--mock', await gateway(url), ...only, '--lang', lang]);
  expect(status, text).toBe(1);
  expect(text).toContain({ en: 'The HTTP status is 400 instead of 200', zh: 'HTTP 状态码是 400，应为 200' }[lang]);
  expect(text).toContain({ en: 'Causes (1)', zh: '原因（1）' }[lang]);
});

test.each(LANGUAGES)('a mock with two changed readings (%s)', async (lang) => {
  const readings = { 'system-time': 'window:5m', 'verify-rsa-encoding': 'hex', 'verify-result-desc': 'code' } as const;
  const { url } = await startMock({ configuration: { readings } });
  const only = ['--only', 'loginTokenValidate/103000,tokenValidate/000'];
  const { status, text } = await beginningOf(['provider', '--mock', url, ...only, '--lang', lang]);
  expect(status, text).toBe(1);
  expect(text).toContain({ en: 'Causes (1)', zh: '原因（1）' }[lang]);
  expect(text).toMatch(
    {
      en: /readings of this mock differ from .*: system-time=window:5m \(\d+ cases\), verify-rsa-encoding=hex \(\d+ cases\)\. /,
      zh: /模拟服务的解释口径（readings）.*：system-time=window:5m（\d+ 个用例），verify-rsa-encoding=hex（\d+ 个用例）。/,
    }[lang],
  );
});

const BASE = readFileSync('test/full/consumer/base-client.mjs', 'utf8');
const SCENARIOS = ['code-103000', 'http-500', 'http-503', 'closed-before-answer', 'reset-before-answer', 'sent-'];

function changedClient(from: string, to: string): string {
  const parts = BASE.split(from);
  expect(parts).toHaveLength(2);
  return temporaryFile('client.mjs', parts.join(to));
}

function consumer(client: string, lang: string): readonly string[] {
  const only = SCENARIOS.map((name) => `loginTokenValidate/consumer/${name}`).join(',');
  const flags = ['--only', only, '--handled-status', '3', '--lang', lang];
  return ['consumer', ...flags, '--', process.execPath, client];
}

test.each(LANGUAGES)('a client that retries (%s)', async (lang) => {
  const posted = 'await post(operation.path, JSON.stringify(request))';
  const again = 'post(operation.path, JSON.stringify(request))';
  const client = changedClient(
    `const { status, text } = ${posted};`,
    `let { status, text } = ${posted}.catch(() => ${again});
  if (status !== 200) ({ status, text } = await ${again});`,
  );
  const { status, text } = await beginningOf(consumer(client, lang));
  expect(status, text).toBe(1);
  expect(text).toContain({ en: 'Causes (1)', zh: '原因（1）' }[lang]);
  expect(text).toContain({ en: 'calls again with the same token', zh: '用同一个 token 又调用了一次' }[lang]);
});

test.each(LANGUAGES)('a client in UTC (%s)', async (lang) => {
  const client = changedClient('Date.now() + BEIJING_MS', 'Date.now()');
  const { status, text } = await beginningOf(consumer(client, lang));
  expect(status, text).toBe(1);
  expect(text).toContain({ en: 'Causes (1)', zh: '原因（1）' }[lang]);
  expect(text).toMatch({ en: /not Beijing time.*Asia\/Shanghai/, zh: /北京时间.*Asia\/Shanghai/ }[lang]);
});
