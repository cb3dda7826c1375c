/**
 * Requests of the kit over HTTP: on the wire, over shared connections, and failed. Parallel scenarios: each has its own
 * app.
 */

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type ConsumerOptions, runConsumer } from '../../../contracts/consumer/run-consumer.js';
import { controlOver } from '../../../contracts/kit/control.js';
import { httpSubject } from '../../../contracts/kit/http.js';
import type { WireRequest } from '../../../contracts/kit/wire.js';
import { SOURCES } from '../../kit/provider/engine-subject.js';
import { temporaryFile, temporaryFolder } from '../../support/files.js';
import { sharedMock } from '../../support/mock.js';
import { serve } from '../client/scene.js';

function requestOf(body: string): WireRequest {
  return { method: 'POST', path: '/a?b=c', headers: [['x-team', 'blue']], body: Buffer.from(body) };
}

test.each([
  { keepAlive: true, connections: 1 },
  { keepAlive: false, connections: 2 },
])(
  'requests and responses are complete, keepAlive $keepAlive',
  async ({ keepAlive, connections }) => {
    const { url, connections: opened } = await serve(async (req, res) => {
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk);
      res.statusCode = 418;
      res.end(`${req.method} ${req.url} ${req.headers['x-team']} ${Buffer.concat(chunks)}`);
    });
    const subject = httpSubject({ baseUrl: url, timeoutMs: 60_000, keepAlive });
    for (const body of ['一', '']) {
      const { status, body: text } = await subject.send(requestOf(body));
      expect({ status, text }).toEqual({ status: 418, text: `POST /a?b=c blue ${body}` });
    }
    expect(opened()).toBe(connections);
  },
);

test('an incomplete response rejects, and so does a missing server', async () => {
  const { url } = await serve((_req, res) => {
    res.writeHead(200, { 'content-length': '99' });
    res.write('half', () => res.destroy());
  });
  const sent = (baseUrl: string) =>
    httpSubject({ baseUrl, timeoutMs: 60_000 }).send(requestOf('{}'));
  await expect(sent(url)).rejects.toThrow('aborted');
  await expect(sent('http://127.0.0.1:9')).rejects.toThrow('ECONNREFUSED');
});

test.each([
  { charset: undefined, bytes: Buffer.from('{"desc":"签名错误"}') },
  {
    charset: 'GBK',
    bytes: Buffer.concat([
      Buffer.from('{"desc":"'),
      Buffer.from('c7a9c3fbb4edcef3', 'hex'),
      Buffer.from('"}'),
    ]),
  },
])('a response in $charset is decoded', async ({ charset, bytes }) => {
  const { url } = await serve((_req, res) => void res.end(bytes));
  const answer = await httpSubject({ baseUrl: url, timeoutMs: 60_000 }).send(requestOf('{}'));
  expect(answer).toMatchObject({ body: '{"desc":"签名错误"}', ...(charset && { charset }) });
  expect(answer.charset).toBe(charset);
});

const MIB = 1024 * 1024;

test('a response of 4 MiB is read, and one of a byte more is refused', async () => {
  const sent = async (bytes: number) => {
    const { url } = await serve((_req, res) => void res.end(Buffer.alloc(bytes, 'x')));
    return httpSubject({ baseUrl: url, timeoutMs: 60_000 }).send(requestOf('{}'));
  };
  expect((await sent(4 * MIB)).body).toHaveLength(4 * MIB);
  const refused = await sent(4 * MIB + 1).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    name: 'ExchangeError',
    words: {
      en: expect.stringMatching(/: a response of more than 4 MiB$/),
      zh: expect.stringMatching(/：响应超过 4 MiB$/),
    },
  });
});

test('the time limit includes the body', async () => {
  const { url } = await serve((_req, res) => void res.writeHead(200).write('half'));
  const sent = httpSubject({ baseUrl: url, timeoutMs: 200 }).send(requestOf('{}'));
  await expect(sent).rejects.toMatchObject({
    code: 'ETIMEDOUT',
    words: {
      en: expect.stringMatching(/: no complete response in 200 ms$/),
      zh: expect.stringMatching(/：200 毫秒内没有完整的响应$/),
    },
  });
});

const LOGIN = 'loginTokenValidate/consumer';
const CLIENT = resolve('test/full/consumer/base-client.mjs');

async function consumerResults(script: string, changes: Partial<ConsumerOptions>) {
  const { url } = await sharedMock();
  return runConsumer({
    command: [process.execPath, temporaryFile('client.mjs', script)],
    mock: { url, control: controlOver(httpSubject({ baseUrl: url, timeoutMs: 10_000 }), { url }) },
    operations: ['loginTokenValidate'],
    only: [],
    levels: ['MUST', 'SHOULD', 'MAY'],
    timeoutMs: 60_000,
    handledStatus: 3,
    lang: 'en',
    env: process.env,
    sources: SOURCES,
    onResult: () => undefined,
    ...changes,
  });
}

/** A client that writes its variables to a file, and calls when the clients of all these scenarios have done so. */
function clientThatWaits(folder: string, names: readonly string[]): string {
  return `import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
const { env } = process;
const own = ${JSON.stringify(folder)} + '/' + env.CMPASSPORT_SCENARIO.split('/').at(-1);
writeFileSync(own + '.part', JSON.stringify(env));
renameSync(own + '.part', own);
const all = ${JSON.stringify(names.map((name) => join(folder, name)))};
while (!all.every((path) => existsSync(path))) await pause(5);
await import(${JSON.stringify(CLIENT)});
`;
}

test('parallel scenarios do not share an app, a script, a port or a token', async () => {
  const folder = temporaryFolder();
  const names = ['code-103000', 'code-103101', 'refused-connection', 'unknown-fields'];
  const results = await consumerResults(clientThatWaits(folder, names), {
    jobs: names.length,
    only: [...names, 'sent-msgid-fresh', 'sent-token-once', 'sent-charged-once'].map(
      (name) => `${LOGIN}/${name}`,
    ),
  });
  expect(results.filter(({ status }) => status !== 'pass')).toEqual([]);
  expect(results).toHaveLength(names.length + 3);
  const environments = names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  for (const variable of [
    'BASE_URL',
    'APP_ID',
    'APP_SECRET',
    'APP_KEY',
    'TOKEN',
    'SCENARIO',
    'JOB',
  ])
    expect(new Set(environments.map((env) => env[`CMPASSPORT_${variable}`])).size, variable).toBe(
      names.length,
    );
  expect(environments.map((env) => env['CMPASSPORT_JOB']).toSorted()).toEqual(['1', '2', '3', '4']);
});
