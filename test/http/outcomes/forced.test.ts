/** Forced codes: what they require, what they leave unchanged, the fields of their responses, and their journal records. */
import { describe, expect, test } from 'vitest';
import { socketBench } from '../../support/control.js';
import { ENDPOINTS, LOGIN } from '../../support/endpoints.js';
import { CHARGED_ONCE, callerAt, recordOf, UNTOUCHED } from './calls.js';

const UNKNOWN_APP = { appId: '399999999999', appKey: 'k', appSecret: 's', platformPublicKey: '' };
const UNKNOWN_TOKEN = 'STsid0000001795570579000MOCKabc123wxyz0wABCDEFGHIJKLMNOP';
const forcing = (resultCode: string) => ({ 'x-mock-result-code': resultCode });

describe.each(ENDPOINTS)('$operation', (endpoint) => {
  test.each(endpoint.codes.slice(-1))(
    '%s by a header and by a script uses no token and charges nothing',
    async (resultCode) => {
      const bench = await socketBench();
      const { fresh, script, call: send, effects } = await callerAt(bench, endpoint);
      const token = await fresh();
      await script(resultCode);
      const attempts = [
        { headers: forcing(resultCode), outcomeBy: 'header' },
        { headers: { 'x-mock-outcome': resultCode }, outcomeBy: 'header' },
        { headers: {}, outcomeBy: 'script' },
      ];
      for (const { headers, outcomeBy } of attempts) {
        const called = await send({ token, headers });
        expect(called).toMatchObject({ status: 200, resultCode });
        expect(await recordOf(bench, called.requestId)).toMatchObject({
          resultCode,
          decidedBy: 'forced',
          forced: true,
          outcome: resultCode,
          outcomeBy,
          charged: false,
          taskId: expect.stringMatching(/^[0-9a-f]{32}$/),
        });
      }
      expect(await effects(token)).toEqual(UNTOUCHED);
      expect((await send({ token })).resultCode).toBe(endpoint.success);
      expect(await effects(token)).toEqual(CHARGED_ONCE);
    },
  );

  test.each([
    {
      description: 'another path under the prefix',
      path: endpoint.path.replace(/[^/]+$/, 'other'),
    },
    { description: 'a body of invalid JSON', body: '{"appid":' },
    { description: 'an empty body', body: '' },
    { description: 'a body over the limit', body: JSON.stringify({ x: 'x'.repeat(70_000) }) },
    { description: 'an unknown app', app: UNKNOWN_APP },
  ])('a header forces a code whatever the request: $description', async (changes) => {
    const bench = await socketBench();
    const { call: send } = await callerAt(bench, endpoint);
    const called = await send({
      token: UNKNOWN_TOKEN,
      headers: forcing(endpoint.success),
      ...changes,
    });
    expect(called).toMatchObject({ status: 200, resultCode: endpoint.success });
    expect(await recordOf(bench, called.requestId)).toMatchObject({
      resultCode: endpoint.success,
      forced: true,
      charged: false,
    });
  });

  test.each([
    { description: 'a body of invalid JSON', body: '{"appid":', resultCode: endpoint.unreadable },
    {
      description: 'an unknown app',
      app: UNKNOWN_APP,
      resultCode: endpoint === LOGIN ? '103119' : '102',
    },
  ])(
    'a script requires the appId of an app: $description uses no step',
    async ({ resultCode, ...changes }) => {
      const bench = await socketBench();
      const { call: send, script, remaining } = await callerAt(bench, endpoint);
      await script(`${endpoint.success}*`);
      expect((await send({ token: UNKNOWN_TOKEN, ...changes })).resultCode).toBe(resultCode);
      expect(await remaining()).toBe(`${endpoint.success}*`);
    },
  );

  test('a script applies to another path under the prefix if the appId is readable', async () => {
    const { call: send, script } = await callerAt(await socketBench(), endpoint);
    await script(endpoint.success);
    const path = endpoint.path.replace(/[^/]+$/, 'other');
    expect((await send({ path })).resultCode).toBe(endpoint.success);
    expect((await send({ path })).resultCode).toBe(endpoint.urlWrong);
  });

  test.each([
    { 'x-mock-result-code': '1234567' },
    { 'x-mock-outcome': 'explode' },
    { 'x-mock-outcome': 'reset', 'x-mock-result-code': endpoint.success },
  ])('an invalid header is HTTP 400, and is not journalled: %o', async (headers) => {
    const bench = await socketBench();
    const { app, fresh, effects } = await callerAt(bench, endpoint);
    const token = await fresh();
    const { body, headers: sent } = await bench.api
      .post(endpoint.path)
      .set(headers as Readonly<Record<string, string>>)
      .send(endpoint.request(app, token))
      .expect(400)
      .expect('content-type', 'application/problem+json; charset=utf-8');
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Invalid request',
      status: 400,
      detail: expect.any(String),
    });
    expect(body.detail.toLowerCase()).toContain(Object.keys(headers)[0]);
    expect(sent['x-mock-request-id']).toBeUndefined();
    expect((await bench.api.get('/_mock/requests')).body).toEqual({
      requests: [],
      evicted: 0,
      more: false,
      after: null,
      complete: true,
    });
    expect(await effects(token)).toEqual(UNTOUCHED);
  });
});

describe('forced outcomes other than a code', () => {
  test.each(ENDPOINTS)('$operation: a status is sent without a decision', async (endpoint) => {
    const bench = await socketBench();
    const { app, fresh, call: send, effects } = await callerAt(bench, endpoint);
    const token = await fresh();
    const headers = { 'x-mock-outcome': 'status(503)' };
    const { status, requestId, json } = await send({ token, headers });
    expect([status, json]).toEqual([503, {}]);
    expect(await recordOf(bench, requestId)).toMatchObject({
      appId: app.appId,
      resultCode: null,
      decidedBy: 'forced',
      forced: true,
      outcome: 'status(503)',
      charged: false,
      taskId: null,
      response: { status: 503, body: '' },
    });
    expect(await effects(token)).toEqual(UNTOUCHED);
    const { body: count } = await bench.api
      .post('/_mock/requests/count')
      .send({ token, operation: endpoint.operation });
    expect(count).toEqual({ count: 1, complete: true });
  });

  test.each(
    ENDPOINTS.flatMap((endpoint) =>
      ['pass', 'malformed', 'drip(0ms)', 'delay(1ms) pass'].map((outcome) => ({
        endpoint,
        outcome,
        operation: endpoint.operation,
      })),
    ),
  )(
    '$operation: $outcome follows the decision, charges and uses the token',
    async ({ endpoint, outcome }) => {
      const bench = await socketBench();
      const { fresh, effects, app } = await callerAt(bench, endpoint);
      const token = await fresh();
      const { headers } = await bench.api
        .post(endpoint.path)
        .set('x-mock-outcome', outcome)
        .send(endpoint.request(app, token))
        // As bytes, since the HTTP client of the test rejects invalid JSON.
        .responseType('blob');
      expect(await recordOf(bench, headers['x-mock-request-id'] ?? '')).toMatchObject({
        resultCode: endpoint.success,
        decidedBy: 'allMet',
        forced: false,
        outcome,
        charged: true,
      });
      expect(await effects(token)).toEqual(CHARGED_ONCE);
    },
  );

  test('a repeated step is journalled as a single step', async () => {
    const bench = await socketBench();
    const { script, call: send } = await callerAt(bench, LOGIN);
    await script('delay(1ms) 103511*3');
    const { requestId } = await send();
    expect(await recordOf(bench, requestId)).toMatchObject({
      outcome: 'delay(1ms) 103511',
      resultCode: '103511',
    });
  });
});
