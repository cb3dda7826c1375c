/** `--each-reading` without its runs: which options change an answer, whose tests changed, and the result in words. */
import { describe, expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { mint } from '../../../mock-server/carrier/apps/mint.js';
import type { AppInput } from '../../../mock-server/carrier/engine/app-settings.js';
import {
  alternativesTo,
  openReadings,
} from '../../../mock-server/cli/exec/each-reading/alternatives.js';
import { recordRun } from '../../../mock-server/cli/exec/each-reading/each-reading.js';
import { affectedBy } from '../../../mock-server/cli/exec/each-reading/first-pass.js';
import { changedTests } from '../../../mock-server/cli/exec/each-reading/outcomes.js';
import {
  type AlternativeRun,
  eachReadingFiles,
  eachReadingText,
} from '../../../mock-server/cli/exec/each-reading/report.js';
import { DEFAULT_READINGS, READINGS } from '../../../src/protocol/readings.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import { exchangeOf, NOW_MS } from '../../support/engine.js';
import { temporaryFile } from '../../support/files.js';
import { type Fields, loginRequest } from '../../support/requests.js';

const HOST = '127.0.0.1';
const ALL = new Set(READINGS.map(({ id }) => id));

describe('the options to try', () => {
  test('are all others, and an example of a time window', () => {
    const all = alternativesTo(DEFAULT_READINGS, ALL).map(({ id, option }) => `${id} ${option}`);
    expect(all).toHaveLength(32);
    expect(all.slice(0, 3)).toEqual([
      'login-md5-case upper',
      'verify-hex-case any',
      'verify-hex-case sign',
    ]);
    expect(all).toContain('system-time window:5m');
  });

  test.each([
    { description: 'without a file', strict: false },
    { description: 'with --strict', strict: true },
  ])('are of all readings, $description', async ({ strict }) => {
    expect(await openReadings({ strict }, HOST)).toEqual(ALL);
  });

  test('are of no reading that the configuration sets, whatever its option', async () => {
    const readings = { 'content-type': 'any', 'login-md5-case': 'upper' };
    const config = temporaryFile('mock.json', JSON.stringify({ readings }));
    const open = await openReadings({ config }, HOST);
    expect([...ALL].filter((id) => !open.has(id))).toEqual(['login-md5-case', 'content-type']);
  });
});

const TITLE = 'the title of a test';

async function recorded(calls: readonly Call[], input: AppInput = {}) {
  const { carrier } = newCarrier({ nowMs: NOW_MS });
  const app = await addApp(carrier, { name: TITLE, ...input });
  const stop = recordRun(carrier);
  const handle = createAnswer(carrier);
  let token = '';
  for (const { fields = {}, sameToken = false, lower = false } of calls) {
    const minted = sameToken ? 'exists' : await mint(carrier, app, {});
    if (minted !== 'exists') token = minted[0]?.token ?? '';
    const body = loginRequest(credentialsOf(app, carrier), token, fields);
    const sign = lower ? String(body['sign']).toLowerCase() : body['sign'];
    await handle(exchangeOf('loginTokenValidate', { ...body, sign }));
  }
  return stop();
}

interface Call {
  readonly fields?: Fields;
  /** As the call before. */
  readonly sameToken?: boolean;
  /** The signature in lower case. */
  readonly lower?: boolean;
}

/** Each with a msgid of its own. */
const first = { fields: { msgid: '000001' } };
const second = { fields: { msgid: '000002' } };
const OF_REFUSALS = [
  ...['refused-call-uses-token', 'daily-quota-counts'],
  ...['login-error-desc', 'refusal-task-id'],
];
const wrong = { fields: { msgid: '000003', sign: '00' } };

describe('the first pass finds', () => {
  test.each<{ description: string; calls: readonly Call[]; input?: AppInput; ids: string[] }>([
    { description: 'nothing for a right request', calls: [first], ids: [] },
    {
      description: 'the letter case of a signature',
      calls: [{ ...first, lower: true }],
      ids: ['login-md5-case'],
    },
    {
      description: 'no reading that the app of a test sets',
      calls: [{ ...first, lower: true }],
      input: { readings: { 'login-md5-case': 'upper' } },
      ids: OF_REFUSALS,
    },
    {
      description: 'a msgid that an earlier request had',
      calls: [first, first],
      ids: ['msgid-replay'],
    },
    {
      description: 'a token that a refused call used up',
      calls: [wrong, { ...second, sameToken: true }],
      ids: OF_REFUSALS,
    },
    {
      description: 'calls that count',
      calls: [wrong, first],
      input: { dailyQuota: 1, readings: { 'refused-call-uses-token': 'yes' } },
      ids: ['daily-quota-counts', 'login-error-desc', 'refusal-task-id'],
    },
  ])('$description', async ({ calls, input = {}, ids }) => {
    const affected = affectedBy(
      await recorded(calls, input),
      alternativesTo(DEFAULT_READINGS, ALL),
    );
    const found = new Set(affected.map(({ alternative }) => alternative.id));
    // It changes whether a test can see a call of login in its app's count.
    found.delete('daily-quota-covers');
    expect([...found]).toEqual(ids);
  });

  test('the request that uses up a token, and the one after it', async () => {
    const yes = { id: 'refused-call-uses-token', option: 'yes' } as const;
    const calls = [wrong, { ...second, sameToken: true }];
    const [affected] = affectedBy(await recorded(calls), [yes]);
    expect(affected?.records.map(({ resultCode }) => resultCode)).toEqual(['103101', '103000']);
  });
});

describe('the changed tests', () => {
  test('are those of the apps with other codes', async () => {
    const { records } = await recorded([wrong, first]);
    const { records: other } = await recorded([wrong, wrong]);
    expect(changedTests(records, other, { records })).toEqual([
      {
        app: TITLE,
        before: 'loginTokenValidate 103000',
        after: 'loginTokenValidate 103101',
      },
    ]);
  });

  test('are those with another form of an answer, if all codes are the same', async () => {
    const { records } = await recorded([first]);
    expect(changedTests(records, records, { records })).toEqual([
      { app: TITLE, before: null, after: null },
    ]);
  });
});

describe('the result', () => {
  const run = (changes: Partial<AlternativeRun>): AlternativeRun => ({
    id: 'login-md5-case',
    option: 'upper',
    status: 0,
    tests: [],
    output: null,
    ...changes,
  });
  const resultOf = (...runs: readonly AlternativeRun[]) => ({
    assumed: DEFAULT_READINGS,
    runs,
    unaffected: [{ id: 'content-type', option: 'json' } as const],
  });
  const FAILED = run({
    status: 1,
    tests: [{ app: TITLE, before: 'loginTokenValidate 103000', after: null }],
    output: 'x.log',
  });

  test('has no sentence if every run succeeds', () => {
    expect(eachReadingText(resultOf(run({})), 'en')).toBe(
      'your green run rests on no sentence that the carrier never clarified: of 2 other options, the command succeeds with the 1 that change an answer',
    );
  });

  test.each([
    {
      language: 'en',
      lines: [
        'your green run rests on 1 sentence that the carrier never clarified',
        '  login-md5-case: Letter case of the MD5 signature (1.2 sign)',
        '    the document: “输出32位大写字母”',
        '    the tests pass with any: upper or lower case',
        '    they fail with upper: upper case only (exit status 1)',
        `      app "${TITLE}": loginTokenValidate 103000 became no request`,
        '      output: x.log',
        '    ask the carrier: Letter case of the MD5 signature: upper or lower case; or upper case only?',
        '  Or observe it with contract calibrate. Then use --calibration, or set the option in readings of the configuration',
      ],
    },
    {
      language: 'zh',
      lines: [
        '测试能否通过，取决于文档里没有写清楚的 1 句话',
        '  login-md5-case：MD5 签名的大小写（1.2 sign）',
        '    文档：“输出32位大写字母”',
        '    取 any 时通过：大小写均可',
        '    取 upper 时失败：只接受大写（退出码 1）',
        `      应用 "${TITLE}"：loginTokenValidate 103000 → 没有请求`,
        '      输出：x.log',
        '    请向移动认证平台询问：MD5 签名的大小写，大小写均可，还是只接受大写？',
        '  也可以用 contract calibrate 测出来。然后使用 --calibration，或者写进配置文件的 readings',
      ],
    },
  ] as const)('names the sentence, the option and the tests in $language', (row) => {
    const { language, lines } = row;
    expect(eachReadingText(resultOf(FAILED), language).split('\n')).toEqual(lines);
  });

  test('has two failing options of a reading in one sentence', () => {
    const both = ['yes', 'reached'].map((option) =>
      run({ id: 'refused-call-uses-token', option, status: 1 }),
    );
    expect(eachReadingText(resultOf(...both), 'en')).toMatch(/^your green run rests on 1 sentence/);
  });

  test('has a few tests of an option, and all in the report', () => {
    const tests = Array.from({ length: 9 }, (_, at) => ({
      app: `${at}`,
      before: null,
      after: null,
    }));
    const result = resultOf(run({ status: 1, tests }));
    expect(eachReadingText(result, 'en')).toContain('and 4 more apps');
    const [[, text] = ['', ''], [, json] = ['', '{}']] = eachReadingFiles(result, 'en');
    expect(text.match(/app "/g)).toHaveLength(9);
    expect(JSON.parse(json)).toMatchObject({
      sentences: [
        {
          id: 'login-md5-case',
          sentence: '输出32位大写字母',
          assumed: { option: 'any' },
          failing: [{ option: 'upper', status: 1 }],
        },
      ],
      unaffected: [{ id: 'content-type', option: 'json' }],
    });
  });
});
