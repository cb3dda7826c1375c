/** What `exec` reports at the end: every request and refusal is counted, and scripts with unused steps are named. */
import { describe, expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { setScript } from '../../../mock-server/carrier/apps/scripts.js';
import { parseScript } from '../../../mock-server/carrier/outcomes/script.js';
import {
  collectSummary,
  type Summary,
  summaryText,
} from '../../../mock-server/cli/exec/summary.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import { exchangeOf, NOW_MS, PATHS, TOKEN } from '../../support/engine.js';
import { loginRequest } from '../../support/requests.js';

const LOGIN = 'loginTokenValidate';
const VERIFY = 'tokenValidate';
const APP_ID = '300000000042';

async function scene() {
  const { carrier } = newCarrier({ nowMs: NOW_MS });
  const app = await addApp(carrier, { appId: APP_ID });
  const collected = collectSummary(carrier, 'en');
  const handle = createAnswer(carrier);
  const request = loginRequest(credentialsOf(app, carrier), TOKEN);
  return {
    summary: collected,
    login: () => handle(exchangeOf(LOGIN, request, { path: PATHS.loginTokenValidate })),
    script: async (operation: typeof LOGIN | typeof VERIFY, text: string) => {
      const steps = parseScript(operation, text);
      if ('problem' in steps) throw new Error(steps.problem.en);
      await setScript(carrier, { appId: APP_ID, operation }, { text, steps });
    },
  };
}

describe('the summary', () => {
  test('without a request has none', async () => {
    const { summary } = await scene();
    expect(await summary()).toEqual({ requests: 0, refused: [], remarks: [], unusedScripts: [] });
  });

  test('counts a forced refusal and one with a cause', async () => {
    const { summary, login, script } = await scene();
    await script(LOGIN, '103211');
    for (const _ of [1, 2, 3]) await login();
    expect(await summary()).toMatchObject({
      requests: 3,
      refused: [
        {
          operation: LOGIN,
          resultCode: '103211',
          finding: undefined,
          cause: 'forced by a test',
          count: 1,
        },
        { operation: LOGIN, resultCode: '104201', finding: expect.any(String), count: 2 },
      ],
    });
  });

  test('counts refusals after the 500th request, without their finding', async () => {
    const { summary, login, script } = await scene();
    // Forced ones need no search.
    await script(LOGIN, '103211*499');
    for (const _ of Array.from({ length: 502 })) await login();
    const { requests, refused } = await summary();
    expect(requests).toBe(502);
    expect(
      refused.map(({ resultCode, finding, count }) => [resultCode, finding !== undefined, count]),
    ).toEqual([
      ['103211', false, 499],
      ['104201', true, 1],
      ['104201', false, 2],
    ]);
  });
});

describe('a script', () => {
  test.each([
    { script: '103211*2', calls: 0, remaining: '103211*2' },
    { script: '103211*2', calls: 1, remaining: '103211' },
    { script: '103211*2', calls: 2, remaining: undefined },
    { script: '103211*', calls: 0, remaining: undefined },
    { script: '103211, pass*', calls: 0, remaining: '103211, pass*' },
    { script: '103211, pass*', calls: 1, remaining: undefined },
    { script: '103211, pass*', calls: 2, remaining: undefined },
  ])(
    '$script has the unused steps $remaining after $calls calls',
    async ({ script: text, calls, remaining }) => {
      const { summary, login, script } = await scene();
      await script(LOGIN, text);
      for (const _ of Array.from({ length: calls })) await login();
      const unused =
        remaining === undefined ? [] : [{ appId: APP_ID, operation: LOGIN, remaining }];
      expect((await summary()).unusedScripts).toEqual(unused);
    },
  );

  test('of each operation is named', async () => {
    const { summary, script } = await scene();
    await script(VERIFY, '302');
    await script(LOGIN, '103211');
    expect((await summary()).unusedScripts.map(({ operation }) => operation)).toEqual([
      LOGIN,
      VERIFY,
    ]);
  });
});

describe('the lines', () => {
  const EMPTY: Summary = { requests: 0, refused: [], remarks: [], unusedScripts: [] };
  const refused = (resultCode: string | undefined, finding: string | undefined, count: number) =>
    ({ operation: LOGIN, resultCode, finding, cause: 'a cause', count }) as const;

  test.each([
    { summary: EMPTY, line: 'no request reached the carrier' },
    { summary: { ...EMPTY, requests: 1 }, line: '1 request reached the carrier, 0 refused' },
    {
      summary: {
        ...EMPTY,
        requests: 9,
        refused: [refused('103101', 'x', 2), refused(undefined, undefined, 3)],
      },
      line: '9 requests reached the carrier, 5 refused',
    },
  ])('begin with "$line"', ({ summary, line }) => {
    expect(summaryText(summary, 'en').split('\n')[0]).toBe(line);
  });

  test('have the refusals, the remarks and the unused scripts', () => {
    const summary: Summary = {
      requests: 9,
      refused: [refused('103101', 'sign.case', 2), refused(undefined, undefined, 3)],
      remarks: [{ finding: 'sign.lower', title: 'a remark', count: 4 }],
      unusedScripts: [{ appId: APP_ID, operation: LOGIN, remaining: '103211' }],
    };
    expect(summaryText(summary, 'en').split('\n').slice(1)).toEqual([
      `  2× ${LOGIN} 103101  a cause [sign.case]`,
      `  3× ${LOGIN} HTTP 404  a cause`,
      '  4× remark  a remark [sign.lower]',
      `  unused script: ${APP_ID} ${LOGIN}: 103211`,
    ]);
    expect(summaryText(summary, 'zh').split('\n')[0]).toBe('模拟服务收到 9 个请求，拒绝 5 个');
  });

  test.each([
    { count: 10, last: `  10× ${LOGIN} 103101  a cause`, length: 11 },
    { count: 11, last: '  and 1 more (--json <file> has all)', length: 12 },
  ])('of $count refusals are $length', ({ count, last, length }) => {
    const all = Array.from({ length: count }, (_, at) => refused('103101', undefined, at + 1));
    const lines = summaryText({ ...EMPTY, requests: 99, refused: all }, 'en').split('\n');
    expect([lines.length, lines.at(-1)]).toEqual([length, last]);
  });
});
