/**
 * Whose calls use a step of a script: test/unit/outcomes has the order of what forces an outcome. Codes that are not in
 * the document: forced by a header or a script, returned, journalled and counted.
 */
import { describe, expect, test } from 'vitest';
import { formatMagicToken } from '../../../mock-server/carrier/engine/token-format.js';
import { exposition } from '../../../mock-server/telemetry/metrics.js';
import { controlBench, createApp, mint } from '../../support/control.js';
import { ENDPOINTS, LOGIN, VERIFY } from '../../support/endpoints.js';
import { call, callerAt, recordOf, remainingOf, setScript, UNTOUCHED } from './calls.js';

const MAGIC_103511 = 'STsid0000000000000000000MOCKRESULTCODE000000000000103511';
const SCRIPT = '105018*2';

test('calls of another app or operation use no step', async () => {
  const bench = await controlBench();
  const { app, script, remaining } = await callerAt(bench, LOGIN);
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

test('with pass, a magic token that is not minted is unknown', async () => {
  const { call: send } = await callerAt(await controlBench(), LOGIN);
  const headers = { 'x-mock-outcome': 'pass' };
  expect((await send({ token: MAGIC_103511, headers })).resultCode).toBe('104201');
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
