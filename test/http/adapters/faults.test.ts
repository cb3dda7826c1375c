/** Faults over real sockets: what a client sees of each, and what it leaves behind at the carrier. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { carrierListener } from '../../../mock-server/http/carrier-listener.js';
import { addApp, newCarrier } from '../../support/carrier.js';
import { ENDPOINTS, type Endpoint, freshToken, LOGIN, type Place, resultCodeOf } from '../../support/endpoints.js';
import { NOW_MS } from '../../support/engine.js';
import { send, startMock } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { expectLedger } from '../../support/race.js';
import { openHttp } from '../../support/wire.js';
import { askFor, faultClient, replyIn } from './fault-client.js';
import { sceneAt, tokenStatus } from './fault-scene.js';

const NEVER_CHARGED = { charged: 0, remaining: 1000 } as const;
const CHARGED_ONCE = { charged: 1, remaining: 999 } as const;

/** The only request of an app so far. */
async function onlyRecord({ url, app }: Place) {
  const { json } = await send(url, 'GET', `/_mock/requests?appId=${app.appId}`);
  expect(json.requests).toHaveLength(1);
  return json.requests[0];
}

const deadAt = (endpoint: Endpoint) => (endpoint === LOGIN ? '104201' : '606');

describe.each(ENDPOINTS)('$operation', (endpoint) => {
  test('reset is a real RST, and nothing was decided', async () => {
    const { place, token, client, ask } = await sceneAt(endpoint);
    client.send(ask('reset'));
    expect(await client.ended()).toEqual({ text: '', pieces: 0, end: 'reset' });
    expect(await onlyRecord(place)).toMatchObject({
      resultCode: null,
      taskId: null,
      forced: true,
      charged: false,
      outcome: 'reset',
      response: { status: null, body: '' },
    });
    expect(await tokenStatus(place, token)).toBe('live');
    await expectLedger(place, NEVER_CHARGED);
  });

  test('lose is a real RST behind an answer that was decided, written down and charged once', async () => {
    const { place, token, client, ask } = await sceneAt(endpoint);
    client.send(ask('lose'));
    expect(await client.ended()).toEqual({ text: '', pieces: 0, end: 'reset' });
    const record = await onlyRecord(place);
    expect(record).toMatchObject({ resultCode: endpoint.success, charged: true, forced: false, outcome: 'lose' });
    expect(record.taskId).toMatch(/^[0-9a-f]{32}$/);
    expect(record.response.status).toBe(200);
    expect(resultCodeOf(record.response.body)).toBe(endpoint.success);
    expect(await tokenStatus(place, token)).toBe('used');
    const retry = await send(place.url, 'POST', endpoint.path, endpoint.request(place.app, token));
    expect(resultCodeOf(retry.text)).toBe(deadAt(endpoint));
    await expectLedger(place, CHARGED_ONCE);
  });

  test('hang answers nothing while others are answered, and a client that gives up harms nothing', async () => {
    const { place, token, client, ask } = await sceneAt(endpoint);
    client.send(ask('hang'));
    const record = await eventually('the record', async () => {
      const { json } = await send(place.url, 'GET', `/_mock/requests?appId=${place.app.appId}`);
      return json.requests[0];
    });
    expect(record).toMatchObject({ resultCode: null, taskId: null, outcome: 'hang', response: { status: null } });
    const after = await send(place.url, 'POST', endpoint.path, endpoint.request(place.app, token));
    expect(resultCodeOf(after.text)).toBe(endpoint.success);
    expect(client.seen()).toEqual({ text: '', pieces: 0, end: undefined });
    client.socket.destroy();
    expect((await send(place.url, 'GET', '/_mock/health')).status).toBe(200);
  });

  test.each([200, 204, 304, 404, 429, 500, 503, 599])(
    'status(%i) has no body, and the connection goes on',
    async (status) => {
      const { place, token, ask } = await sceneAt(endpoint);
      const wire = openHttp(place.url);
      wire.send(ask(`status(${status})`));
      const withoutLength = status === 204 || status === 304;
      const { text, headers, ...reply } = await wire.reply({ toHead: withoutLength });
      const length = headers.find(([name]) => name === 'Content-Length')?.[1];
      expect([reply.status, text, length]).toEqual([status, '', withoutLength ? undefined : '0']);
      wire.send(ask());
      expect(resultCodeOf((await wire.reply()).text)).toBe(endpoint.success);
      expect(await tokenStatus(place, token)).toBe('used');
      await expectLedger(place, CHARGED_ONCE);
    },
  );

  test('truncate announces the whole length, sends half the bytes, and ends the connection cleanly', async () => {
    const { place, token, client, ask } = await sceneAt(endpoint);
    client.send(ask('truncate'));
    const seen = await client.ended();
    const { status, contentLength, body } = replyIn(seen);
    const { response, charged } = await onlyRecord(place);
    const whole = Buffer.from(response.body);
    expect({ end: seen.end, status, contentLength, charged }).toEqual({
      end: 'clean',
      status: 200,
      contentLength: whole.length,
      charged: true,
    });
    expect(body).toBe(whole.subarray(0, whole.length / 2).toString());
    expect(await tokenStatus(place, token)).toBe('used');
  });

  test('malformed is a whole HTTP message that is no JSON, and the connection goes on', async () => {
    const { place, token, ask } = await sceneAt(endpoint);
    const wire = openHttp(place.url);
    wire.send(ask('malformed'));
    const { status, text } = await wire.reply();
    expect(status).toBe(200);
    expect(text).not.toBe('');
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(await onlyRecord(place)).toMatchObject({ resultCode: endpoint.success, response: { body: text } });
    expect(await tokenStatus(place, token)).toBe('used');
    wire.send(ask());
    expect(resultCodeOf((await wire.reply()).text)).toBe(deadAt(endpoint));
  });

  test('drip comes in pieces and is whole in the end, and the connection goes on', async () => {
    const { place, client, ask } = await sceneAt(endpoint);
    client.send(ask('drip(300ms)'));
    const { response } = await eventually('the record', async () => {
      const { json } = await send(place.url, 'GET', `/_mock/requests?appId=${place.app.appId}`);
      return json.requests[0];
    });
    const seen = await client.comes(response.body.slice(-1 - '"}}'.length));
    await client.comes(response.body);
    expect(seen.pieces).toBeGreaterThan(3);
    expect(replyIn(client.seen())).toEqual({
      status: 200,
      contentLength: Buffer.byteLength(response.body),
      body: response.body,
    });
    client.send(ask());
    await client.comes(deadAt(endpoint));
    expect(client.seen().end).toBeUndefined();
  });

  test('delay comes later than an answer without one that was asked for at the same time', async () => {
    const { place, client, ask } = await sceneAt(endpoint);
    const token = await freshToken(place, endpoint);
    const quick = faultClient(place.url);
    const order: string[] = [];
    client.socket.once('data', () => order.push('delayed'));
    quick.socket.once('data', () => order.push('quick'));
    client.send(ask('delay(200ms) pass'));
    quick.send(askFor({ path: endpoint.path, body: endpoint.request(place.app, token) }));
    await client.comes(endpoint.success);
    await quick.comes(endpoint.success);
    expect(order).toEqual(['quick', 'delayed']);
    await expectLedger(place, { charged: 2, remaining: 998 });
  });

  test.each(['delay(250ms) pass', 'delay(250ms) lose', 'delay(250ms) truncate', 'drip(250ms)'])(
    'a client that hangs up during %s harms nothing, and is charged',
    async (outcome) => {
      const { place, token, client, ask } = await sceneAt(endpoint);
      client.send(ask(outcome));
      await eventually('the charge', async () => ((await tokenStatus(place, token)) === 'used' ? true : undefined));
      client.socket.resetAndDestroy();
      // Takes longer than the one before, whose end has found nobody when this one comes.
      const later = faultClient(place.url);
      later.send(askFor({ path: endpoint.path, body: {}, outcome: 'delay(300ms) pass' }));
      await later.comes('resultCode');
      await expectLedger(place, CHARGED_ONCE);
    },
  );

  test.each(['delay(20ms) reset', 'delay(20ms) lose'])('%s is a real RST too', async (outcome) => {
    const { client, ask } = await sceneAt(endpoint);
    client.send(ask(outcome));
    expect(await client.ended()).toEqual({ text: '', pieces: 0, end: 'reset' });
  });

  test('a delayed status comes without a body', async () => {
    const { place, ask } = await sceneAt(endpoint);
    const wire = openHttp(place.url);
    wire.send(ask('delay(20ms) status(502)'));
    expect(await wire.reply()).toMatchObject({ status: 502, text: '' });
  });
});

test('a server closes in good order while a client waits for ever', async () => {
  const server = await startMock();
  const client = faultClient(server.url);
  client.send(askFor({ path: LOGIN.path, body: {}, outcome: 'hang' }));
  await eventually('the record', async () => {
    const { json } = await send(server.url, 'GET', '/_mock/requests');
    return json.requests[0];
  });
  // In the test's own order of events, not by the clock: the connection ends before the grace that answers get.
  await Promise.all([server.close(), client.ended()]);
  expect((await client.ended()).text).toBe('');
});

test('the carrier’s listener breaks answers by itself, with nothing else on the server', async () => {
  const { carrier } = newCarrier({ nowMs: NOW_MS });
  await addApp(carrier, { appId: '300000000009' });
  const listener = carrierListener(createAnswer(carrier));
  const server = createServer((req, res) => listener(req, res, () => res.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [reset, dripped] = [faultClient(url), faultClient(url)];
  reset.send(askFor({ path: LOGIN.path, body: {}, outcome: 'reset' }));
  dripped.send(askFor({ path: LOGIN.path, body: {}, outcome: 'drip(50ms)' }));
  expect((await reset.ended()).end).toBe('reset');
  expect((await dripped.comes('resultCode')).text).toContain('HTTP/1.1 200');
  dripped.socket.destroy();
});
