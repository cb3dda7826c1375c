/** The consumer suite itself: how it judges exit statuses, what it reports, and what it removes. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONSUMER_ROWS, type ConsumerOptions } from '../../../contracts/consumer/run-consumer.js';
import { chosenRows } from '../../../contracts/kit/case.js';
import { controlOver } from '../../../contracts/kit/control.js';
import { httpSubject } from '../../../contracts/kit/http.js';
import type { CaseResult } from '../../../contracts/kit/result.js';
import type { ControlCall } from '../../../contracts/kit/wire.js';
import { startCommand } from '../../support/command.js';
import { temporaryFolder } from '../../support/files.js';
import { LOGIN_PATH, send, startMock } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { refusingPort } from '../../support/sockets.js';
import { differencesIn, inEnglish } from '../../support/words.js';
import { clientFile } from './client-module.js';
import { type Changes, HANDLED_REFUSAL, resultsOfClient } from './clients.js';

type Command = ConsumerOptions['command'];

const LOGIN = 'loginTokenValidate/consumer';
const BASE = readFileSync(new URL('./base-client.mjs', import.meta.url), 'utf8');

function node(script: string): Command {
  return [process.execPath, '--input-type=module', '-e', script];
}

function changedClient(from: string, to: string): Command {
  return [
    process.execPath,
    clientFile(
      'changed',
      BASE.replace(from, () => to),
    ),
  ];
}

function baseClient(): Command {
  return [process.execPath, clientFile('base', BASE)];
}

function only(...names: readonly string[]): Changes {
  return { operations: ['loginTokenValidate'], only: names.map((name) => `${LOGIN}/${name}`) };
}

/** The result in English. */
async function resultOf(command: Command, name: string, changes: Changes = {}) {
  const results = await resultsOfClient(command, { ...only(name), ...changes });
  expect(results).toHaveLength(1);
  return inEnglish(results[0] as CaseResult);
}

async function mockAndControl(): Promise<ConsumerOptions['mock']> {
  const { url } = await startMock();
  return { url, control: controlOver(httpSubject({ baseUrl: url, timeoutMs: 10_000 }), { url }) };
}

const CALL = `import { request } from 'node:http';
const url = process.env.CMPASSPORT_BASE + '/unisdk/rsapi/loginTokenValidate';
await new Promise((done) => request(url, { method: 'POST' }, (answer) => answer.resume().on('end', done)).end('{}'));
`;

test('a command that is killed by a signal fails', async () => {
  const result = await resultOf(
    node(`${CALL}process.kill(process.pid, 'SIGTERM'); setInterval(() => undefined, 1000)`),
    'code-103101',
  );
  expect(result).toMatchObject({
    status: 'fail',
    differences: [
      { at: 'end of the command', expected: 'ends by itself', received: 'killed by SIGTERM' },
    ],
  });
});

test('a command that does not end is killed, with the processes that it started', async () => {
  const note = clientFile('pid', '');
  const command = node(`${CALL}
    const { spawn } = await import('node:child_process');
    const { writeFileSync } = await import('node:fs');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'inherit' });
    writeFileSync(${JSON.stringify(note)}, String(child.pid));
    setInterval(() => undefined, 1000);`);
  const { differences } = await resultOf(command, 'code-103101', { timeoutMs: 3000 });
  expect(differences).toEqual([
    {
      at: 'end of the command',
      expected: 'ends by itself',
      received: 'still running after 3 s, and killed',
    },
  ]);
  await isGone(Number(readFileSync(note, 'utf8')));
});

test('the processes that a command started are killed when it ends', async () => {
  const note = clientFile('pid', '');
  const command = node(`${CALL}
    const { spawn } = await import('node:child_process');
    const { writeFileSync } = await import('node:fs');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'inherit' });
    writeFileSync(${JSON.stringify(note)}, String(child.pid));
    process.exit(1);`);
  expect((await resultOf(command, 'code-103101')).status).toBe('pass');
  await isGone(Number(readFileSync(note, 'utf8')));
});

test('Ctrl-C ends every running command, although each has its own process group', async () => {
  const notes = [clientFile('pid', ''), clientFile('pid', '')];
  const started = join(temporaryFolder(), 'started');
  // The suite first runs the command once, for a plain call.
  const script = `
    const fs = require('node:fs');
    const { CMPASSPORT_BASE: base, CMPASSPORT_JOB: job } = process.env;
    if (fs.existsSync(${JSON.stringify(started)})) {
      fs.writeFileSync(${JSON.stringify(notes)}[job - 1], String(process.pid));
      setInterval(() => undefined, 1000);
    } else {
      fs.writeFileSync(${JSON.stringify(started)}, '');
      fetch(base + '${LOGIN_PATH}', { method: 'POST', body: '{}' });
    }`;
  const only = [`${LOGIN}/code-103000`, `${LOGIN}/code-103101`].join();
  const args = [
    'contract',
    'consumer',
    '--jobs',
    '2',
    '--only',
    only,
    '--',
    process.execPath,
    '-e',
    script,
  ];
  const running = startCommand(args);
  const pids = await eventually('both commands', () => {
    const numbers = notes.map((note) => Number(readFileSync(note, 'utf8')));
    return numbers.every(Boolean) ? numbers : undefined;
  });
  running.signal('SIGINT');
  for (const pid of pids) await isGone(pid);
  expect((await running.finished()).status).not.toBe(0);
});

/** A killed process without a parent may remain in the process table for a while, as a zombie. */
function isGone(pid: number): Promise<true> {
  return eventually(`the end of ${pid}`, () => {
    const path = `/proc/${pid}/stat`;
    if (existsSync('/proc/self/stat'))
      return !existsSync(path) || /\) [ZX] /.test(readFileSync(path, 'utf8')) || undefined;
    try {
      process.kill(pid, 0);
      return undefined;
    } catch {
      return true as const;
    }
  });
}

test('a command that does not exist is an error of the run, not of the client', async () => {
  const result = await resultOf(['./no-such-command'], 'code-103101');
  expect(result).toMatchObject({
    status: 'error',
    reason: '"./no-such-command" could not be started (ENOENT)',
  });
});

test('an unreachable mock is an error of the run', async () => {
  const url = `http://127.0.0.1:${await refusingPort()}`;
  const mock = {
    url,
    control: controlOver(httpSubject({ baseUrl: url, timeoutMs: 10_000 }), { url }),
  };
  expect(await resultOf(node(''), 'code-103101', { mock })).toMatchObject({
    status: 'error',
    reason: expect.stringContaining('ECONNREFUSED'),
  });
});

test('a mock that stops during the run is an error of the run', async () => {
  const { control } = await mockAndControl();
  const mock = { control, url: `http://127.0.0.1:${await refusingPort()}` };
  expect(await resultOf(node(CALL), 'code-103101', { mock })).toMatchObject({
    status: 'error',
    reason: expect.stringContaining('ECONNREFUSED'),
  });
});

test('the failure of a command that sends no request names the variables to read', async () => {
  const { status, differences } = await resultOf(node('process.exit(1)'), 'code-103101');
  expect(status).toBe('fail');
  expect(differences).toEqual([
    {
      at: 'calls',
      expected: '1',
      received: expect.stringMatching(/made no call.*CMPASSPORT_BASE.*CMPASSPORT_TOKEN/),
    },
  ]);
});

test('a check of the requests is skipped if there are none', async () => {
  const result = await resultOf(node('process.exit(1)'), 'sent-sign');
  expect(result).toMatchObject({
    status: 'skip',
    reason: expect.stringContaining('sent no request'),
  });
});

test("the command's environment has the recorder's URL, the scenario and the credentials", async () => {
  const note = clientFile('environment', '');
  const command = node(`const { writeFileSync } = await import('node:fs');
    const ours = Object.entries(process.env).filter(([name]) => name.startsWith('CMPASSPORT_') || name === 'TEAM');
    writeFileSync(${JSON.stringify(note)}, JSON.stringify(Object.fromEntries(ours)));`);
  await resultOf(command, 'code-103101', { env: { ...process.env, TEAM: 'blue' } });
  const variables = JSON.parse(readFileSync(note, 'utf8'));
  expect(variables).toMatchObject({
    TEAM: 'blue',
    CMPASSPORT_BASE: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    CMPASSPORT_OPERATION: 'loginTokenValidate',
    CMPASSPORT_SCENARIO: `${LOGIN}/code-103101`,
    CMPASSPORT_PHONE: expect.stringMatching(/^1\d{10}$/),
    CMPASSPORT_TOKEN: expect.stringMatching(/^STsid/),
  });
  expect(variables.CMPASSPORT_BASE_URL).toBe(variables.CMPASSPORT_BASE);
  expect(variables.CMPASSPORT_PHONE_NUMBER).toBe(variables.CMPASSPORT_PHONE);
  const names = [
    'APP_ID',
    'APP_SECRET',
    'APP_KEY',
    'APP_SIGN_KEY',
    'APP_DECRYPT_KEY',
    'PLATFORM_PUBLIC_KEY',
  ];
  expect(names.filter((name) => !variables[`CMPASSPORT_${name}`])).toEqual([]);
});

test('a failure has the request as a command, the response, the output and the finding', async () => {
  const mock = await mockAndControl();
  const command = changedClient(
    'env.APP_SECRET',
    "(console.error('x'.repeat(9000) + ' signed'), env.APP_KEY)",
  );
  const result = await resultOf(command, 'code-103000', { mock });
  expect(result.finding?.id).toBe('sign.secret-swapped');
  expect(result.curl).toMatch(
    new RegExp(`^curl -sS -X POST '${mock.url}/unisdk/rsapi/loginTokenValidate' .*"sign":`),
  );
  expect(result.curl).not.toMatch(/host:|content-length/i);
  expect(JSON.parse(result.answer ?? '')).toMatchObject({ resultCode: '103101' });
  expect(result.reason).toMatch(/ signed$/);
  expect(result.reason?.length).toBeLessThan(5000);
});

test('the finding of a repeated call is the retry, whatever else is wrong', async () => {
  const command = changedClient(
    'if (status !== 200) return REFUSED;',
    'await post(operation.path, JSON.stringify(request)); return REFUSED;',
  );
  const { differences, finding } = await resultOf(command, 'http-503');
  expect(differences).toEqual([{ at: 'calls', expected: '1', received: '2' }]);
  expect(finding?.id).toBe('client.retry');
});

test('a response that did not arrive is not shown', async () => {
  const result = await resultOf(node(`${CALL}process.exit(0)`), 'json-null');
  expect(result.answer).toBe('null');
  const lost = await resultOf(
    changedClient('() => process.exit(REFUSED)', '() => process.exit(ACCEPTED)'),
    'reset-before-answer',
  );
  expect(lost.status).toBe('fail');
  expect(lost.answer).toBeUndefined();
});

test("the suite's own texts are in both languages", async () => {
  const [result] = await resultsOfClient(node('process.exit(0)'), only('code-103101'));
  expect(differencesIn(result as CaseResult, 'zh').map(({ at }) => at)).toEqual([
    '退出码',
    '调用次数',
  ]);
});

test('a ledger with a second charge fails', async () => {
  const { url, control } = await mockAndControl();
  const chargedTwice: ControlCall = async (method, path, body) => {
    const answer = await control(method, path, body);
    return path.includes('/ledger') ? { ...(answer as object), charged: 2 } : answer;
  };
  const result = await resultOf(baseClient(), 'sent-charged-once', {
    mock: { url, control: chargedTwice },
  });
  expect(result).toMatchObject({
    status: 'fail',
    differences: [{ at: 'charged', expected: 'at most 1 call', received: '2 calls' }],
  });
});

test('levels select rows, each result is reported at once, and the number of rows is known before the run', async () => {
  const choice = {
    ...only('other-msgid', 'sent-content-type', 'sent-method'),
    levels: ['SHOULD'],
  } as const;
  const reported: string[] = [];
  const results = await resultsOfClient(baseClient(), {
    ...HANDLED_REFUSAL,
    ...choice,
    onResult: ({ id }) => reported.push(id),
  });
  expect(results.map(({ id, status }) => `${id} ${status}`)).toEqual([
    `${LOGIN}/other-msgid pass`,
    `${LOGIN}/sent-content-type pass`,
  ]);
  expect(reported).toEqual(results.map(({ id }) => id));
  expect(
    chosenRows(CONSUMER_ROWS, {
      operations: ['loginTokenValidate'],
      only: choice.only ?? [],
      levels: ['SHOULD'],
    }),
  ).toHaveLength(2);
});

test('the suite removes the apps that it created', async () => {
  const mock = await mockAndControl();
  const before = (await send(mock.url, 'GET', '/_mock/apps')).json;
  await resultOf(node('process.exit(1)'), 'code-103101', { mock });
  expect((await send(mock.url, 'GET', '/_mock/apps')).json).toEqual(before);
});
