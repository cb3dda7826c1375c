/** What `exec` reports at the end: every request and refusal is counted, and scripts with unused steps are named. */
import { describe, expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { setScript } from '../../../mock-server/carrier/apps/scripts.js';
import { parseScript } from '../../../mock-server/carrier/outcomes/script.js';
import { collectSummary } from '../../../mock-server/cli/exec/summary.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import { exchangeOf, NOW_MS, PATHS, TOKEN } from '../../support/engine.js';
import type { TestApp } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';

const LOGIN = 'loginTokenValidate';
const VERIFY = 'tokenValidate';
const APP_ID = '300000000042';
const NONE = { documented: 0, observed: 0, inferred: 0, assumed: 0 };

async function scene() {
  const { carrier } = newCarrier({ nowMs: NOW_MS });
  const app = await addApp(carrier, { appId: APP_ID, name: 'the title of a test' });
  const collected = collectSummary(carrier, 'en');
  const handle = createAnswer(carrier);
  const loginBy = (changes: Partial<TestApp>) => {
    const request = loginRequest({ ...credentialsOf(app, carrier), ...changes }, TOKEN);
    return handle(exchangeOf(LOGIN, request, { path: PATHS.loginTokenValidate }));
  };
  return {
    summary: collected,
    carrier,
    app,
    loginBy,
    login: () => loginBy({}),
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
    expect(await summary()).toEqual({
      requests: 0,
      refused: [],
      forced: 0,
      unexpected: [],
      remarks: [],
      unusedScripts: [],
      basis: NONE,
    });
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

  test('counts the responses that no test forced by the basis of their rule', async () => {
    const { summary, login, script, carrier, app } = await scene();
    const handle = createAnswer(carrier);
    await login();
    await script(LOGIN, '103211');
    await login();
    const unknown = loginRequest({ ...credentialsOf(app, carrier), appId: 'unknown' }, TOKEN);
    await handle(exchangeOf(LOGIN, unknown, { path: PATHS.loginTokenValidate }));
    await handle(exchangeOf(LOGIN, unknown, { path: `${PATHS.loginTokenValidate}/` }));
    const { requests, basis } = await summary();
    expect({ requests, basis }).toEqual({
      requests: 4,
      basis: { ...NONE, documented: 2, observed: 1 },
    });
  });

  test('explains the refusals that no test forced, with the name of the app', async () => {
    const { summary, login, script } = await scene();
    await script(LOGIN, '103211');
    for (const _ of [1, 2]) await login();
    const { forced, unexpected } = await summary();
    expect({ forced, unexpected }).toEqual({
      forced: 1,
      unexpected: [
        {
          requestId: expect.any(String),
          appId: APP_ID,
          appName: 'the title of a test',
          operation: LOGIN,
          resultCode: '104201',
          path: PATHS.loginTokenValidate,
          finding: 'token.unknown',
          title: expect.any(String),
          verdict: expect.any(String),
          stringToSign: null,
          signedString: null,
          next: '103000',
          missing: null,
        },
      ],
    });
  });

  test('is silent about a refusal that a test expects', async () => {
    const { summary, login, carrier } = await scene();
    await login();
    const replied = await login();
    carrier.expected.set(replied.requestId ?? '', true);
    const { refused, unexpected } = await summary();
    expect(refused).toMatchObject([{ count: 2 }]);
    expect(unexpected.map(({ requestId }) => requestId === replied.requestId)).toEqual([false]);
  });

  test('has the string to sign of a wrong signature, without the secrets', async () => {
    const { summary, loginBy, app } = await scene();
    const { appKey, appSecret } = app.settings;
    await loginBy({ appSecret: appKey });
    const { unexpected } = await summary();
    const [refusal] = unexpected;
    expect(refusal).toMatchObject({ finding: 'sign.secret-swapped' });
    expect(refusal?.stringToSign).toMatch(/^\S+\{appSecret\}$/);
    expect(refusal?.signedString).toBe(refusal?.stringToSign?.replace('{appSecret}', '{appKey}'));
    for (const secret of [appKey, appSecret]) {
      expect(JSON.stringify(unexpected)).not.toContain(secret);
    }
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
