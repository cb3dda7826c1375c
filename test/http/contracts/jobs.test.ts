/** Parallel scenarios: each has its own app, and the report keeps their order. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type ConsumerOptions, runConsumer } from '../../../contracts/consumer/run-consumer.js';
import { controlOver } from '../../../contracts/provider/control.js';
import { SOURCES } from '../../kit/provider/sources.js';
import { temporaryFile, temporaryFolder } from '../../support/files.js';
import { sharedMock } from '../../support/mock.js';

const LOGIN = 'loginTokenValidate/consumer';
const CLIENT = resolve('test/full/consumer/base-client.mjs');

async function consumerResults(script: string, changes: Partial<ConsumerOptions>) {
  const { url } = await sharedMock();
  return runConsumer({
    command: [process.execPath, temporaryFile('client.mjs', script)],
    mock: { url, control: controlOver(fetch, { url, controlToken: undefined, timeoutMs: 10_000 }) },
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
    only: [...names, 'sent-msgid-fresh', 'sent-token-once', 'sent-charged-once'].map((name) => `${LOGIN}/${name}`),
  });
  expect(results.filter(({ status }) => status !== 'pass')).toEqual([]);
  expect(results).toHaveLength(names.length + 3);
  const environments = names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  for (const variable of ['BASE_URL', 'APP_ID', 'APP_SECRET', 'APP_KEY', 'TOKEN', 'SCENARIO', 'JOB'])
    expect(new Set(environments.map((env) => env[`CMPASSPORT_${variable}`])).size, variable).toBe(names.length);
  expect(environments.map((env) => env['CMPASSPORT_JOB']).toSorted()).toEqual(['1', '2', '3', '4']);
});

test('the report has the order of the scenarios, not of their completion', async () => {
  const names = ['code-103000', 'code-103101', 'code-103113'];
  const done = join(temporaryFolder(), 'done');
  const script = `import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
const isFirst = process.env.CMPASSPORT_SCENARIO.endsWith('/code-103000');
while (isFirst && !existsSync(${JSON.stringify(done)})) await pause(5);
const isLast = process.env.CMPASSPORT_SCENARIO.endsWith('/code-103113');
if (isLast) process.on('exit', () => writeFileSync(${JSON.stringify(done)}, ''));
await import(${JSON.stringify(CLIENT)});
`;
  const reported: string[] = [];
  const results = await consumerResults(script, {
    jobs: 2,
    only: names.map((name) => `${LOGIN}/${name}`),
    onResult: ({ id, status }) => reported.push(`${id} ${status}`),
  });
  expect(reported).toEqual(names.map((name) => `${LOGIN}/${name} pass`));
  expect(results.map(({ id }) => id)).toEqual(names.map((name) => `${LOGIN}/${name}`));
});
