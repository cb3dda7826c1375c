/** `contract calibrate` as a user calls it: a profile, the plan, the result in a file, and the changes since. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, expect, test } from 'vitest';
import type { Calibration } from '../../../contracts/calibrate/calibration.js';
import { contractCommand } from '../../../contracts/command/contract-command.js';
import keys from '../../../contracts/keys.json' with { type: 'json' };
import schema from '../../../contracts/schemas/calibration.schema.json' with { type: 'json' };
import { SOURCES } from '../../kit/provider/engine-subject.js';
import { callCommand } from '../../support/called-command.js';
import { newApp, send, sharedMock } from '../../support/mock.js';
import { refusingPort } from '../../support/sockets.js';

// Of all tests, because several read one result.
const FOLDER = mkdtempSync(join(tmpdir(), 'cmpassport-mock-'));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

interface Prepared {
  readonly folder: string;
  readonly profile: string;
  readonly out: string;
  readonly env: Readonly<Record<string, string>>;
  readonly url: string;
  readonly appId: string;
}

/** A profile of an app of the mock, with changes of the profile and of the app. */
async function prepared(changes: object = {}, settings: object = {}): Promise<Prepared> {
  const { url } = await sharedMock();
  const { appVerifyKey, appEncryptKey, appSignKey, appDecryptKey } = keys;
  const capabilities = ['loginTokenValidate', 'tokenValidate'];
  const app = await newApp(url, { capabilities, appVerifyKey, appEncryptKey, ...settings });
  const folder = mkdtempSync(join(FOLDER, 'run-'));
  const profile = join(folder, 'profile.json');
  const names = [
    'appId',
    'appSecret',
    'appKey',
    'appSignKey',
    'appDecryptKey',
    'platformPublicKey',
  ] as const;
  const content = {
    name: 'our gateway',
    baseUrls: { loginTokenValidate: url, tokenValidate: url },
    credentials: Object.fromEntries(names.map((name) => [name, { env: name }])),
    capabilities: [...capabilities, 'rsa'],
    tokens: { from: 'mock', url },
    pacing: { gapMs: 0 },
    ...changes,
  };
  writeFileSync(profile, JSON.stringify(content));
  const { appId, appSecret, appKey, platformPublicKey } = app;
  const env = { ...{ appId, appSecret, appKey, platformPublicKey, appSignKey, appDecryptKey } };
  return { folder, profile, out: join(folder, 'calibration.json'), env, url, appId };
}

/** The operation with fewer requests, for tests that do not check the whole result. */
const VERIFY_ONLY = { capabilities: ['tokenValidate'] };

/** A carrier that settles nothing. */
async function unreachable(): Promise<object> {
  const url = `http://127.0.0.1:${await refusingPort()}`;
  return { baseUrls: { loginTokenValidate: url, tokenValidate: url } };
}

function calibrate({ profile, out, env }: Prepared, ...args: readonly string[]) {
  return callCommand(['contract', 'calibrate', '--profile', profile, '--out', out, ...args], env);
}

const resultIn = ({ out }: Prepared): Calibration => JSON.parse(readFileSync(out, 'utf8'));
const journal = async ({ url, appId }: Prepared) =>
  (await send(url, 'GET', `/_mock/requests?appId=${appId}`)).text;

test('a dry run prints the plan with its cost and sends nothing', async () => {
  const target = await prepared({ spendLimit: 5 });
  const { status, stdout, stderr } = await calibrate(target, '--dry-run');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('Plan for our gateway');
  expect(stdout).toMatch(/With live tokens: refused-call-uses-token; .* \(up to \d+ calls\)\.\n/);
  expect(stdout).toContain('At most 5 calls with a live token');
  expect(existsSync(target.out)).toBe(false);
  expect(await journal(target)).not.toContain('103101');
});

/** The calibration of an app with another reading than the default. */
async function calibrated() {
  const target = await prepared({}, { readings: { 'login-md5-case': 'upper' } });
  const json = join(target.folder, 'summary.json');
  const args = ['--yes', '--spend-limit', '6', '--json', json];
  return { target, json, ...(await calibrate(target, ...args)) };
}

let made: ReturnType<typeof calibrated> | undefined;

/** The same for all tests: it is hundreds of requests. */
function whole(): ReturnType<typeof calibrated> {
  made ??= calibrated();
  return made;
}

test('the result matches its schema and the report', async () => {
  const { target, json, status, stdout, stderr } = await whole();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const result = resultIn(target);
  const { evidence: _, ...shown } = result;
  const summary = JSON.parse(readFileSync(json, 'utf8'));
  expect(summary).toMatchObject({
    target: 'our gateway',
    plan: { notSettled: expect.arrayContaining(['verify-key-size']) },
  });
  expect(summary.result).toEqual(shown);
  const isCalibration = new Ajv2020({ strict: true, strictRequired: false }).compile(schema);
  isCalibration(result);
  expect(isCalibration.errors).toBeNull();
  expect(result).toMatchObject({ format: 2, target: 'our gateway', paidCalls: 6, beyond: [] });
  expect(result.createdWith).toMatch(/^cmpassport-mock \d/);
  expect(result.readings['login-md5-case']).toMatchObject({ option: 'upper' });
  expect(result.readings['refused-call-uses-token']).toMatchObject({ option: 'no' });
  expect(result.texts).toMatchObject({
    loginTokenValidate: { '103101': 'sign error' },
    tokenValidate: { '302': 'sign校验失败' },
  });
  expect(result.answers).toMatchObject({
    'loginTokenValidate/103101/changed-msgid': { code: '103101', differences: [] },
  });
  expect(stdout).toContain('Settled (16)');
  expect(stdout).toMatch(/login-md5-case +upper +default any\n/);
  expect(stdout).toMatch(/refused-call-uses-token +no +with live tokens, tried: /);
  expect(stdout).toContain(
    '    1. 105313  wrong method, wrong path\n    2. 103412  body not JSON, body a JSON text, body a JSON array, body null, body empty\n',
  );
  expect(stdout).toMatch(
    / {4}\d\. 103101 {2}wrong signature\n {4}\d\. 103113 {2}token malformed, /,
  );
  expect(stdout).toContain('6 of at most 6 calls with a live token were made');
  expect(existsSync(`${target.out}.part`)).toBe(false);
  const rows = [...Object.values(result.readings), ...Object.values(result.precedence).flat()];
  const named = rows.flatMap((row) => row.evidence);
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((id) => result.evidence[id] === undefined)).toEqual([]);
});

test('the file has the characters of a carrier that control a terminal as JSON escapes', async () => {
  const name = 'gate\u202eway\u009b31m\u0007';
  const target = await prepared({ ...(await unreachable()), name });
  await calibrate(target, '--yes');
  expect(readFileSync(target.out, 'utf8')).not.toMatch(/[^\n\P{Cc}]|\p{Cf}/u);
  expect(resultIn(target).target).toBe(name);
});

test('a comparison with itself has no changes; a changed carrier ends with exit status 1', async () => {
  const { target: known } = await whole();
  const target = await prepared(VERIFY_ONLY);
  const same = await calibrate(target, '--yes', '--against', known.out);
  expect(same.stdout).toContain('Nothing has changed since.');
  expect(same.status).toBe(0);
  const old = join(target.folder, 'old.json');
  const { texts, answers, ...result } = resultIn(known);
  const two = 'tokenValidate/precedence/parameters-and-sign';
  const earlier = {
    ...result,
    readings: {
      ...result.readings,
      'verify-echo': { option: 'empty', observedOn: '2026-01-01', evidence: [] },
    },
    texts: { ...texts, tokenValidate: { ...texts['tokenValidate'], '606': 'token 失效' } },
    answers: { ...answers, [two]: { code: '302', differences: [] } },
  };
  writeFileSync(old, JSON.stringify(earlier));
  const { status, stdout } = await calibrate(target, '--yes', '--against', old);
  expect(status, stdout).toBe(1);
  expect(stdout).toContain('Changed since (3)');
  expect(stdout).toMatch(/verify-echo +reading {2}empty → echoed/);
  expect(stdout).toMatch(/tokenValidate 606 +text {2}token 失效 → 验证Token失败/);
  expect(stdout).toMatch(/precedence\/parameters-and-sign +case {2}302 → 102/);
});

test('an unreachable carrier settles nothing: exit status 2, with the reasons in both languages', async () => {
  const target = await prepared(await unreachable());
  const { status, stdout } = await calibrate(target, '--yes', '--lang', 'zh');
  expect(status, stdout).toBe(2);
  expect(stdout).toContain('已得出结论（0）');
  expect(stdout).toContain('ECONNREFUSED');
});

test.each([
  { answer: true, status: 2, isWritten: true },
  { answer: false, status: 0, isWritten: false },
])('at a terminal it asks for confirmation: $answer', async ({ answer, status, isWritten }) => {
  const target = await prepared(await unreachable());
  const questions: string[] = [];
  const written: string[] = [];
  const found = await contractCommand(
    ['calibrate', '--profile', target.profile, '--out', target.out],
    {
      version: '0',
      language: 'en',
      sources: SOURCES,
      env: target.env,
      out: {
        colour: false,
        isTerminal: true,
        write: (text) => written.push(text),
        complain: () => undefined,
      },
      confirm: async (question) => {
        questions.push(question);
        return answer;
      },
      startMock: () => Promise.reject(new Error('not needed')),
      cores: 1,
      program: 'cmpassport-mock',
      readCaptures: () => Promise.reject(new Error('not needed')),
      certificateFor: () => Promise.reject(new Error('not needed')),
      explainCaptured: () => Promise.reject(new Error('not needed')),
    },
  );
  expect({ found, questions }).toEqual({ found: status, questions: ['Send the requests? [y/N] '] });
  expect(existsSync(target.out)).toBe(isWritten);
  expect(written.join('').includes('Nothing was sent.')).toBe(!isWritten);
});

test('a case that the profile disables is not sent', async () => {
  const disabled = [{ case: 'tokenValidate/302/rsa-other-pair', reason: 'the gateway blocks it' }];
  const target = await prepared({ capabilities: ['tokenValidate', 'rsa'], disabled });
  await calibrate(target, '--yes');
  const { readings, evidence } = resultIn(target);
  expect(readings['verify-sign-key']).toMatchObject({
    notSettled: { en: expect.stringContaining('disables') },
  });
  expect(Object.values(evidence).map((row) => row.case)).not.toContain(disabled[0]?.case);
});

// test/kit/calibrate has the cases that each reading changes, test/full/mini-carriers a mock with the calibration of a carrier.
test('the provider suite uses a calibration', async () => {
  const { target } = await whole();
  const only = [
    '--only',
    'loginTokenValidate/103000/md5-sign-lower-case,loginTokenValidate/103412/65537-bytes',
  ];
  const provider = [
    'contract',
    'provider',
    '--profile',
    target.profile,
    '--spend-limit',
    '5',
    ...only,
  ];
  const lenient = await callCommand(provider, target.env);
  expect(lenient.stdout).toContain('Codes received where several are accepted');
  const strict = await callCommand([...provider, '--calibration', target.out], target.env);
  expect(strict.stdout).not.toContain('Codes received');
  expect(strict.status).toBe(0);
});
