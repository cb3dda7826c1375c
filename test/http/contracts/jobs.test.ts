/** Parallel scenarios: each has its own app. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type ConsumerOptions, runConsumer } from '../../../contracts/consumer/run-consumer.js';
import { controlOver } from '../../../contracts/kit/control.js';
import { httpSubject } from '../../../contracts/kit/http.js';
import { SOURCES } from '../../kit/provider/engine-subject.js';
import { temporaryFile, temporaryFolder } from '../../support/files.js';
import { sharedMock } from '../../support/mock.js';

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
    only: [...names, 'sent-msgid-fresh', 'sent-token-once', 'sent-charged-once'].map((name) => `${LOGIN}/${name}`),
  });
  expect(results.filter(({ status }) => status !== 'pass')).toEqual([]);
  expect(results).toHaveLength(names.length + 3);
  const environments = names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  for (const variable of ['BASE_URL', 'APP_ID', 'APP_SECRET', 'APP_KEY', 'TOKEN', 'SCENARIO', 'JOB'])
    expect(new Set(environments.map((env) => env[`CMPASSPORT_${variable}`])).size, variable).toBe(names.length);
  expect(environments.map((env) => env['CMPASSPORT_JOB']).toSorted()).toEqual(['1', '2', '3', '4']);
});
