/** Codes that are not in the document: forced by a header or a script, returned, journalled and counted. */
import { describe, expect, test } from 'vitest';
import { formatMagicToken } from '../../../mock-server/carrier/engine/token-format.js';
import { exposition } from '../../../mock-server/telemetry/metrics.js';
import { controlBench, mint } from '../../support/control.js';
import { ENDPOINTS, LOGIN } from '../../support/endpoints.js';
import { callerAt, recordOf, UNTOUCHED } from './calls.js';

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
      const called = await call({ token, headers: way === 'header' ? { 'x-mock-result-code': outcome } : {} });
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
    expect(await recordOf(bench, called.requestId)).toMatchObject({ undocumented: true, outcome: null });
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
    for (const code of ['103911', '1', '999999']) await call({ headers: { 'x-mock-result-code': code } });
    const text = await exposition(bench.carrier);
    const labels = `operation="${endpoint.operation}",result_code="undocumented",forced="true"`;
    expect(text).toContain(`cmpassport_mock_requests_total{${labels}} 3`);
    expect(text).not.toContain('103911');
  });
});
