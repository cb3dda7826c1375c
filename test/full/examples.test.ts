/** The programs and requests that users copy work against a server with its defaults. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { resultCodeOf } from '../support/endpoints.js';
import { send, startMock } from '../support/mock.js';

const FOLDER = 'examples/integration-test';
const REQUESTS = readFileSync('examples/requests.http', 'utf8');

describe('the requests for editors', () => {
  test('each gets the response in its comment', async () => {
    const { url } = await startMock();
    const variables: Record<string, string> = { base: url };
    const requests = requestsOf(REQUESTS);
    expect(requests.length).toBeGreaterThan(30);
    for (const { title, method, target, headers, body, expected } of requests) {
      const { status, text } = await exchange(method, filled(target, variables), headers, body);
      const resultCode = expected.resultCode && resultCodeOf(text);
      expect({ title, status, resultCode }, text).toEqual({ title, ...expected });
      Object.assign(variables, pastedFrom(text));
    }
  });

  test('the file has each call of the control API', async () => {
    const { url } = await startMock();
    const { json } = await send(url, 'GET', '/_mock/openapi.json');
    const sent = requestsOf(REQUESTS).map(({ method, target }) => `${method} ${pathOf(target)}`);
    expect(callsOf(json).filter((call) => !sent.some((one) => call.test(one)))).toEqual([]);
  });

  test('the file uses only syntax that all editors support', () => {
    expect(REQUESTS).not.toMatch(/^# @|\{%|^[<>] |\{\{\$|\{\{[^}]*\.[^}]*\}\}/m);
    const used = Array.from(REQUESTS.matchAll(/\{\{(\w+)\}\}/g), ([, name]) => name);
    const declared = Array.from(REQUESTS.matchAll(/^@(\w+) = \S+$/gm), ([, name]) => name);
    expect(new Set(used)).toEqual(new Set(declared));
  });
});

describe('the integration test', () => {
  const names = readTable('README.md');

  test.each([
    'java/IntegrationTest.java',
    'go/integration_test.go',
    'php/integration_test.php',
    'python/test_integration.py',
    'node/integration.test.mjs',
  ])('%s has the nine tests of the table', (file) => {
    const program = lettersOf(readFileSync(`${FOLDER}/${file}`, 'utf8'));
    expect(names).toHaveLength(9);
    expect(names.filter((name) => !program.includes(lettersOf(name)))).toEqual([]);
  });

  test('its tables in both languages have the same number of rows', () => {
    expect(readTable('README.zh-CN.md')).toHaveLength(names.length);
  });

  test('passes in Node', async () => {
    const { url } = await startMock();
    const args = ['--test', '--test-reporter=tap', `${FOLDER}/node/integration.test.mjs`];
    const run = promisify(execFile)(process.execPath, args, {
      env: { ...process.env, CMPASSPORT_BASE: url },
    });
    await expect(run).resolves.toMatchObject({ stdout: expect.stringMatching(/^# pass 9$/m) });
  });
});

interface HttpRequest {
  readonly title: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly expected: { readonly status: number; readonly resultCode: string | undefined };
}

/** The requests in the blocks of the file. Blocks with only a heading are skipped. */
function requestsOf(file: string): readonly HttpRequest[] {
  const [, ...blocks] = file.split(/^###/m);
  return blocks
    .filter((block) => /^[A-Z]+ /m.test(block.slice(block.indexOf('\n'))))
    .map(requestOf);
}

function requestOf(block: string): HttpRequest {
  const [title = '', ...lines] = block.trim().split('\n');
  const [, status, resultCode] = /^# Expected: (\d{3})(?:, resultCode (\d+))?$/m.exec(block) ?? [];
  const [head = '', ...body] = lines
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .split('\n\n');
  const [line = '', ...headers] = head.split('\n');
  const [method = '', target = ''] = line.split(' ');
  return {
    title,
    method,
    target,
    headers: Object.fromEntries(headers.map((header) => header.split(': '))),
    body: body.join('\n\n'),
    expected: { status: Number(status), resultCode },
  };
}

function filled(target: string, variables: Readonly<Record<string, string>>): string {
  return target.replace(/\{\{(\w+)\}\}/g, (_, name) => variables[name] ?? '');
}

/** The values of a response that a user would paste into the file. */
function pastedFrom(text: string): Readonly<Record<string, string>> {
  const [, accessToken] = /"accessToken":"(\w+)"/.exec(text) ?? [];
  const [, requestId] = /"requests":\[\{"id":"([^"]+)"/.exec(text) ?? [];
  const [, snapshotId] = /^\{"id":"([^"]+)"\}$/.exec(text) ?? [];
  return {
    ...(accessToken && { accessToken }),
    ...(requestId && { requestId }),
    ...(snapshotId && { snapshotId }),
  };
}

/** The event stream does not end, so only its status is read. */
async function exchange(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>>,
  body: string,
) {
  const response = await fetch(target, { method, headers, ...(body && { body }) });
  const endless = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  const text = endless ? '' : await response.text();
  if (endless) await response.body?.cancel();
  return { status: response.status, text };
}

function pathOf(target: string): string {
  return target.replace('{{base}}', '').replace(/\?.*/, '');
}

function callsOf({
  paths,
}: {
  readonly paths: Readonly<Record<string, object>>;
}): readonly RegExp[] {
  return Object.entries(paths).flatMap(([path, methods]) => {
    const pattern = path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+');
    return Object.keys(methods).map((method) => new RegExp(`^${method.toUpperCase()} ${pattern}$`));
  });
}

/** The names in the first column. */
function readTable(file: string): readonly string[] {
  const rows = readFileSync(`${FOLDER}/${file}`, 'utf8').matchAll(/^\| \d \| ([^|]+) \|/gm);
  return Array.from(rows, ([, name = '']) => name);
}

function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z]/g, '');
}
