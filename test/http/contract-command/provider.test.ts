/** `contract provider` as a user calls it: against a mock, against a profile, as a dry run, and without a server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import keys from '../../../contracts/keys.json' with { type: 'json' };
import type { MintedToken } from '../../../src/control/index.js';
import { callCommand } from '../../support/called-command.js';
import { temporaryFile, temporaryFolder } from '../../support/files.js';
import { newApp, startMock } from '../../support/mock.js';

const PLAIN = 'loginTokenValidate/103000/md5';
/** Cases with and without a live token, with RSA, and with the control API. */
const SOME = 'loginTokenValidate/103000,loginTokenValidate/104201,loginTokenValidate/105312';
const APP = '300000000001';

test('a mock can run every case', async () => {
  const { status, stdout } = await callCommand([
    'contract',
    'provider',
    '--mock',
    'http://127.0.0.1:9',
    '--all',
    '--dry-run',
  ]);
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^(\d+) of \1 cases would run /m),
  });
});

test('a MAY runs with --all, or if it is named', async () => {
  const list = async (...flags: string[]) =>
    (await callCommand(['contract', 'provider', '--list', ...flags])).stdout;
  expect(await list()).not.toMatch(/ MAY /);
  expect(await list('--level', 'MAY')).toMatch(/ MAY /);
  expect(await list('--only', 'loginTokenValidate/103412/65537-bytes')).toMatch(/ MAY /);
  expect((await list('--all')).match(/ (?:MUST|SHOULD) /g)).toEqual(
    (await list()).match(/ (?:MUST|SHOULD) /g),
  );
});

test('a SHOULD that is not met fails the run with --fail-on should', async () => {
  const { url } = await startMock({
    configuration: { readings: { 'login-md5-case': 'upper' } },
  });
  const only = 'loginTokenValidate/103000/md5-sign-lower-case';
  const args = ['contract', 'provider', '--mock', url, '--only', only];
  expect((await callCommand(args)).stdout).toContain('1 with a warning');
  const { status, stdout } = await callCommand([...args, '--fail-on', 'should']);
  expect(status).toBe(1);
  expect(stdout).toContain('Exit status 1: 1 case failed.');
});

test('a mock with a control token needs the token', async () => {
  const { url } = await startMock({ controlToken: 'open-sesame' });
  const args = ['contract', 'provider', '--mock', url, '--only', PLAIN];
  for (const given of [args, [...args, '--control-token', 'sesame']]) {
    const stderr = expect.stringContaining('a control API that requires its control token');
    expect(await callCommand(given)).toEqual({ status: 2, stdout: '', stderr });
  }
  expect((await callCommand([...args, '--control-token', 'open-sesame'])).status).toBe(0);
  expect((await callCommand(args, { CMPASSPORT_CONTROL_TOKEN: 'open-sesame' })).status).toBe(0);
});

test('written reports contain no secret and no number', async () => {
  const { url } = await startMock();
  const folder = temporaryFolder();
  const [junit, json] = [join(folder, 'junit.xml'), join(folder, 'results.json')];
  const args = [
    'contract',
    'provider',
    '--mock',
    url,
    '--only',
    `${PLAIN},loginTokenValidate/103811`,
    '--junit',
    junit,
    '--json',
    json,
  ];
  expect((await callCommand(args)).status).toBe(0);
  expect(readFileSync(junit, 'utf8')).toContain(`name="${PLAIN}"`);
  const report = JSON.parse(readFileSync(json, 'utf8'));
  expect(report.counts.fail).toBe(0);
  expect(report.results.length).toBeGreaterThan(2);
  for (const path of [junit, json])
    expect(readFileSync(path, 'utf8')).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)/);
});

test('under GitHub Actions the step summary is written too', async () => {
  const { url } = await startMock();
  const summary = temporaryFile('summary.md', '');
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
  expect(
    (await callCommand(['contract', 'provider', '--mock', url, '--only', PLAIN], env)).status,
  ).toBe(0);
  expect(readFileSync(summary, 'utf8')).toContain('## ');
});

interface Judged {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  calls(): Promise<number>;
  charged(): Promise<number>;
  mint(): Promise<MintedToken>;
}

/** The demo app of a mock, used as a carrier without a control API. */
async function judged(): Promise<Judged> {
  const { url, mock } = await startMock();
  const app = await mock.app(APP);
  const env = { A: APP, S: app.appSecret, K: app.appKey };
  return {
    url,
    env,
    calls: async () => (await mock.requests()).length,
    charged: async () => (await app.ledger()).charged,
    mint: () => app.mint({ capability: 'loginTokenValidate' }),
  };
}

function profileOf(url: string, more: object = {}): string {
  const profile = {
    baseUrls: { loginTokenValidate: url, tokenValidate: url },
    credentials: { appId: { env: 'A' }, appSecret: { env: 'S' }, appKey: { env: 'K' } },
    capabilities: ['loginTokenValidate', 'tokenValidate'],
    tokens: { from: 'mock', url },
    pacing: { gapMs: 0 },
    ...more,
  };
  return temporaryFile('profile.json', JSON.stringify(profile));
}

test('without a spend limit no live token is used', async () => {
  const { url, env, calls, charged } = await judged();
  const args = ['contract', 'provider', '--profile', profileOf(url), '--only', SOME];
  const { status, stdout } = await callCommand(args, env);
  expect(status, stdout).toBe(0);
  expect(stdout).toContain('could be charged, and there is no spend limit');
  expect(await calls()).toBeGreaterThan(0);
  expect(await charged()).toBe(0);
});

test('cases that need the control API are skipped for a profile, with the reason', async () => {
  const { url, env } = await judged();
  const args = [
    'contract',
    'provider',
    '--profile',
    profileOf(url, { spendLimit: 1000 }),
    '--only',
    SOME,
  ];
  const { status, stdout } = await callCommand(args, env);
  expect(status, stdout).toBe(0);
  expect(stdout).toMatch(/\d+ skipped: needs the control API/);
  expect(stdout).toMatch(/\d+ skipped: needs RSA keys/);
});

test('a profile with RSA keys judges the cases that use the wrong key of the app', async () => {
  const { url } = await startMock();
  const { appVerifyKey, appEncryptKey, appSignKey, appDecryptKey } = keys;
  const app = await newApp(url, {
    capabilities: ['loginTokenValidate', 'tokenValidate'],
    appVerifyKey,
    appEncryptKey,
  });
  const { appId, appSecret, appKey, platformPublicKey } = app;
  const env = { appId, appSecret, appKey, platformPublicKey, appSignKey, appDecryptKey };
  const profile = profileOf(url, {
    credentials: Object.fromEntries(Object.keys(env).map((name) => [name, { env: name }])),
    capabilities: ['loginTokenValidate', 'tokenValidate', 'rsa'],
    spendLimit: 100,
  });
  const only = 'tokenValidate/004/rsa-verify-key,tokenValidate/004/rsa-encrypt-key';
  const { status, stdout } = await callCommand(
    ['contract', 'provider', '--profile', profile, '--only', only],
    env,
  );
  expect(stdout).toContain(': 2 passed\n');
  expect(status, stdout).toBe(0);
});

test('a dry run sends nothing and prints the maximum cost', async () => {
  const { url, env, calls } = await judged();
  const args = [
    'contract',
    'provider',
    '--profile',
    profileOf(url, { spendLimit: 20 }),
    '--dry-run',
  ];
  const { status, stdout } = await callCommand(args, env);
  expect(status, stdout).toBe(0);
  expect(stdout).toContain('at most 20 calls could be charged');
  expect(stdout).toContain(`curl -sS -X POST '${url}/unisdk/rsapi/loginTokenValidate'`);
  expect(stdout).not.toContain(env['S']);
  expect(await calls()).toBe(0);
});

test('a wrong secret fails, and the failure is shown completely but without the secret', async () => {
  const { url, env } = await judged();
  const args = [
    'contract',
    'provider',
    '--profile',
    profileOf(url, { spendLimit: 1 }),
    '--only',
    PLAIN,
  ];
  const { status, stdout } = await callCommand(args, { ...env, S: 'not-the-secret' });
  expect(status, stdout).toBe(1);
  for (const text of [PLAIN, 'MUST', '1.2', '103101', 'curl -sS']) expect(stdout).toContain(text);
  expect(stdout).not.toContain('not-the-secret');
});

test('a known deviation is a warning until its day, and a failure after it', async () => {
  const { url, env } = await judged();
  const args = [
    'contract',
    'provider',
    '--profile',
    profileOf(url, { spendLimit: 9 }),
    '--only',
    PLAIN,
    '--deviations',
  ];
  const ledger = (expires: string) =>
    temporaryFile(
      'deviations.json',
      JSON.stringify({ deviations: [{ case: PLAIN, reason: 'wrong secret', expires }] }),
    );
  const wrong = { ...env, S: 'not-the-secret' };
  expect((await callCommand([...args, ledger('2999-01-01')], wrong)).status).toBe(0);
  expect((await callCommand([...args, ledger('2001-01-01')], wrong)).status).toBe(1);
  const fixed = await callCommand([...args, ledger('2999-01-01')], env);
  expect(fixed.status).toBe(0);
  expect(fixed.stdout).toContain('no longer');
});

test('a step summary that cannot be written is reported after the report', async () => {
  const { url } = await startMock();
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: join(temporaryFolder(), 'none', 'summary.md'),
  };
  const { status, stdout, stderr } = await callCommand(
    ['contract', 'provider', '--mock', url, '--only', PLAIN],
    env,
  );
  expect(status, `${stderr}${stdout}`).toBe(2);
  expect(stdout).toContain('1 passed');
  expect(stderr).toMatch(
    /^cmpassport-mock: GITHUB_STEP_SUMMARY .*ENOENT\). Choose another path\.\n$/,
  );
});

test('tokens come from a command, or from a file with tokens from a phone', async () => {
  const { url, env, mint } = await judged();
  const { token, phoneNumber } = await mint();
  const script = `console.log(JSON.stringify(${JSON.stringify({ token, phoneNumber })}))`;
  const command = { from: 'command', command: [process.execPath, '-e', script] };
  const args = (tokens: object, only = PLAIN) => [
    'contract',
    'provider',
    '--profile',
    profileOf(url, { spendLimit: 2, tokens }),
    '--only',
    only,
  ];
  expect((await callCommand(args(command), env)).status).toBe(0);
  const taken = await mint();
  const file = (tokens: readonly object[]) => ({
    from: 'file',
    path: temporaryFile('tokens.json', JSON.stringify(tokens)),
  });
  const fresh = {
    operation: 'loginTokenValidate',
    token: taken.token,
    phoneNumber: taken.phoneNumber,
  };
  expect((await callCommand(args(file([fresh])), env)).status).toBe(0);
  const old = await callCommand(args(file([{ ...fresh, takenAtMs: Date.now() - 110_000 }])), env);
  expect(old.status).toBe(2);
  expect(old.stdout).toContain('unused loginTokenValidate token is left');
  const twice = await callCommand(
    args(file([fresh]), `${PLAIN},loginTokenValidate/103101/sign-of-zeros`),
    env,
  );
  expect(twice.stdout).toContain(`the valid request (${PLAIN}) is refused with 104201`);
});
