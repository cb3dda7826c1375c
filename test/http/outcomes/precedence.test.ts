/**
 * The order of forced outcomes: header, script, magic token, test number. Only the one that applies uses a step. Codes
 * that are not in the document: forced by a header or a script, returned, journalled and counted.
 */
import { describe, expect, test } from 'vitest';
import { formatMagicToken } from '../../../mock-server/carrier/engine/token-format.js';
import { exposition } from '../../../mock-server/telemetry/metrics.js';
import { controlBench, createApp, mint } from '../../support/control.js';
import { ENDPOINTS, LOGIN, VERIFY } from '../../support/endpoints.js';
import { call, callerAt, recordOf, remainingOf, setScript, UNTOUCHED } from './calls.js';

const MAGIC_103113 = 'STsid0000000000000000000MOCKRESULTCODE000000000000103113';
const MAGIC_103511 = 'STsid0000000000000000000MOCKRESULTCODE000000000000103511';
const SERVICE_DOWN = '13800138999';
const HEADER = { 'x-mock-result-code': '103133' };
const SCRIPT = '105018*2';

/** An app whose magic token is also a minted token of a test number, so that all four can apply at once. */
async function callerWithAll() {
  const bench = await controlBench();
  const caller = await callerAt(bench, LOGIN);
  await mint(bench, caller.app, { token: MAGIC_103113, phoneNumber: SERVICE_DOWN });
  return { bench, ...caller };
}

describe('the first of the order applies', () => {
  test.each([
    {
      description: 'all four: the header',
      headers: HEADER,
      script: SCRIPT,
      magic: true,
      resultCode: '103133',
    },
    {
      description: 'script, magic token, test number: the script',
      script: SCRIPT,
      magic: true,
      resultCode: '105018',
    },
    { description: 'magic token, test number: the magic token', magic: true, resultCode: '103113' },
    { description: 'only the test number', magic: false, resultCode: '103211' },
    {
      description: 'header, test number: the header',
      headers: HEADER,
      magic: false,
      resultCode: '103133',
    },
    {
      description: 'script, test number: the script',
      script: SCRIPT,
      magic: false,
      resultCode: '105018',
    },
  ])('$description', async ({ headers = {}, script, magic, resultCode }) => {
    const { bench, app, script: write, call: send } = await callerWithAll();
    if (script !== undefined) await write(script);
    const token = magic ? MAGIC_103113 : await mint(bench, app, { phoneNumber: SERVICE_DOWN });
    expect((await send({ token, headers })).resultCode).toBe(resultCode);
  });
});

describe('only the outcome that applies uses a step', () => {
  test('a header uses no step of the script', async () => {
    const { script, call: send, remaining } = await callerWithAll();
    await script(SCRIPT);
    for (const headers of [
      HEADER,
      { 'x-mock-outcome': 'pass' },
      { 'x-mock-outcome': 'status(503)' },
    ]) {
      await send({ headers });
    }
    expect(await remaining()).toBe(SCRIPT);
  });

  test('a script precedes a magic token, which applies when the script is used up', async () => {
    const { script, call: send, remaining } = await callerWithAll();
    await script(SCRIPT);
    const codes = [];
    for (let at = 0; at < 3; at += 1) codes.push((await send({ token: MAGIC_103113 })).resultCode);
    expect(codes).toEqual(['105018', '105018', '103113']);
    expect(await remaining()).toBe('');
  });

  test('each step is used once, by the next request of the app and operation', async () => {
    const { script, call: send, remaining } = await callerWithAll();
    await script('103133, 105018, 103511');
    expect((await send()).resultCode).toBe('103133');
    expect(await remaining()).toBe('105018, 103511');
    expect((await send({ token: MAGIC_103511 })).resultCode).toBe('105018');
    expect((await send({ token: 'nonsense' })).resultCode).toBe('103511');
    expect(await remaining()).toBe('');
    expect((await send()).resultCode).toBe('103000');
  });

  test('calls of another app or operation use no step', async () => {
    const { bench, app, script, remaining } = await callerWithAll();
    const other = await createApp(bench);
    await script(SCRIPT);
    await setScript(bench, { app, endpoint: VERIFY, script: '302' });
    const token = await mint(bench, other);
    expect((await call(bench, { endpoint: LOGIN, app: other, token })).resultCode).toBe('103000');
    expect(await remaining()).toBe(SCRIPT);
    expect((await call(bench, { endpoint: VERIFY, app, token })).resultCode).toBe('302');
    expect([await remaining(), await remainingOf(bench, { app, endpoint: VERIFY })]).toEqual([
      SCRIPT,
      '',
    ]);
    expect((await call(bench, { endpoint: LOGIN, app, token })).resultCode).toBe('105018');
  });
});

describe('pass is the normal outcome', () => {
  test.each([
    { description: 'a good token succeeds', input: {}, resultCode: '103000' },
    {
      description: 'a test number has its own outcome',
      input: { phoneNumber: SERVICE_DOWN },
      resultCode: '103211',
    },
    {
      description: 'a minted magic token is an ordinary token',
      input: { token: MAGIC_103113 },
      resultCode: '103000',
    },
  ])('$description, by a header and by a script', async ({ input, resultCode }) => {
    for (const way of ['header', 'script']) {
      const bench = await controlBench();
      const { app, script, call: send } = await callerAt(bench, LOGIN);
      if (way === 'script') await script('pass');
      const token = await mint(bench, app, input);
      const called = await send({
        token,
        headers: way === 'header' ? { 'x-mock-outcome': 'pass' } : {},
      });
      expect(called.resultCode).toBe(resultCode);
      expect(await recordOf(bench, called.requestId)).toMatchObject({
        forced: false,
        outcome: 'pass',
      });
    }
  });

  test('a magic token that is not minted is unknown', async () => {
    const { call: send } = await callerWithAll();
    const headers = { 'x-mock-outcome': 'pass' };
    expect((await send({ token: MAGIC_103511, headers })).resultCode).toBe('104201');
  });
});

const WAYS = ['header', 'script'] as const;
const MAGIC_103911 = formatMagicToken('103911');

describe.each(ENDPOINTS)('$operation', (endpoint) => {
  const textOf = (json: Record<string, Record<string, unknown>>) =>
    endpoint === LOGIN ? json['desc'] : json['body']?.['resultDesc'];
  const none = endpoint === LOGIN ? undefined : '';

  test.each(
    WAYS.flatMap((way) => [
      { way, outcome: '103911', resultCode: '103911', text: none },
      { way, outcome: '7', resultCode: '7', text: none },
      { way, outcome: '102315', resultCode: '102315', text: none },
      { way, outcome: '103911("too frequent")', resultCode: '103911', text: 'too frequent' },
      {
        way,
        outcome: '000000("100 percent, (or \\"more\\")")',
        resultCode: '000000',
        text: '100 percent, (or "more")',
      },
    ]),
  )(
    '$outcome forced by a $way is returned, uses no token, and is marked',
    async ({ way, outcome, resultCode, text }) => {
      const bench = await controlBench();
      const { fresh, script, call, effects } = await callerAt(bench, endpoint);
      const token = await fresh();
      if (way === 'script') await script(outcome);
      const called = await call({
        token,
        headers: way === 'header' ? { 'x-mock-result-code': outcome } : {},
      });
      expect(called).toMatchObject({ status: 200, resultCode });
      expect(textOf(called.json)).toEqual(text);
      expect(await recordOf(bench, called.requestId)).toMatchObject({
        resultCode,
        undocumented: true,
        forced: true,
        outcome,
        charged: false,
      });
      expect(await effects(token)).toEqual(UNTOUCHED);
    },
  );

  test('a magic token forces one, until it is minted and a script lets it pass', async () => {
    const bench = await controlBench();
    const { app, call, script } = await callerAt(bench, endpoint);
    const called = await call({ token: MAGIC_103911 });
    expect(called.resultCode).toBe('103911');
    expect(await recordOf(bench, called.requestId)).toMatchObject({
      undocumented: true,
      outcome: null,
    });
    await mint(bench, app, { token: MAGIC_103911, capability: endpoint.operation });
    await script('pass');
    const passed = await call({ token: MAGIC_103911 });
    expect(passed.resultCode).toBe(endpoint.success);
    expect(await recordOf(bench, passed.requestId)).not.toHaveProperty('undocumented');
  });

  test('a Chinese text is percent-encoded in a header, and verbatim in a script', async () => {
    const { call, script } = await callerAt(await controlBench(), endpoint);
    const outcome = '103911("请求过于频繁")';
    await script(outcome);
    for (const headers of [{ 'x-mock-outcome': encodeURIComponent(outcome) }, {}])
      expect(textOf((await call({ headers })).json)).toBe('请求过于频繁');
  });

  test('all codes share one label in the metrics', async () => {
    const bench = await controlBench();
    const { call } = await callerAt(bench, endpoint);
    for (const code of ['103911', '1', '999999'])
      await call({ headers: { 'x-mock-result-code': code } });
    const text = await exposition(bench.carrier, 'all');
    const labels = `operation="${endpoint.operation}",result_code="undocumented",forced="true"`;
    expect(text).toContain(`cmpassport_mock_requests_total{${labels}} 3`);
    expect(text).not.toContain('103911');
  });
});
