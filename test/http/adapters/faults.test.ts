/** Faults on the wire, and their effects at the carrier: the client’s connection and bytes, the journal, the token and the charge. */
import { describe, expect, test } from 'vitest';
import { freshToken, LOGIN, type Place, resultCodeOf } from '../../support/endpoints.js';
import { send, startMock } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { expectLedger } from '../../support/race.js';
import { openHttp } from '../../support/wire.js';
import { faultClient, postBytes, replyIn, sceneAt, tokenStatus } from './fault-client.js';

const NEVER_CHARGED = { charged: 0, remaining: 1000 } as const;
const CHARGED_ONCE = { charged: 1, remaining: 999 } as const;

/** The journal record of the app's only request. */
async function onlyRecord({ url, app }: Place) {
  const { json } = await send(url, 'GET', `/_mock/requests?appId=${app.appId}`);
  expect(json.requests).toHaveLength(1);
  return json.requests[0];
}

describe('a fault', () => {
  test('reset is a real RST, and nothing is decided', async () => {
    const { place, token, client, request } = await sceneAt();
    client.send(request('reset'));
    expect(await client.ended()).toEqual({ text: '', chunks: 0, end: 'reset' });
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

  test('lose is a real RST after a request that is decided, journalled and charged once', async () => {
    const { place, token, client, request } = await sceneAt();
    client.send(request('lose'));
    expect(await client.ended()).toEqual({ text: '', chunks: 0, end: 'reset' });
    const record = await onlyRecord(place);
    expect(record).toMatchObject({
      resultCode: '103000',
      charged: true,
      forced: false,
      outcome: 'lose',
    });
    expect(record.taskId).toMatch(/^[0-9a-f]{32}$/);
    expect(record.response.status).toBe(200);
    expect(resultCodeOf(record.response.body)).toBe('103000');
    expect(await tokenStatus(place, token)).toBe('used');
    const retry = await send(place.url, 'POST', LOGIN.path, LOGIN.request(place.app, token));
    expect(resultCodeOf(retry.text)).toBe('104201');
    await expectLedger(place, CHARGED_ONCE);
  });

  test('hang sends nothing, other requests are answered, and a client that gives up does no harm', async () => {
    const { place, token, client, request } = await sceneAt();
    client.send(request('hang'));
    const record = await eventually('the record', async () => {
      const { json } = await send(place.url, 'GET', `/_mock/requests?appId=${place.app.appId}`);
      return json.requests[0];
    });
    expect(record).toMatchObject({
      resultCode: null,
      taskId: null,
      outcome: 'hang',
      response: { status: null },
    });
    const after = await send(place.url, 'POST', LOGIN.path, LOGIN.request(place.app, token));
    expect(resultCodeOf(after.text)).toBe('103000');
    expect(client.received()).toEqual({ text: '', chunks: 0, end: undefined });
    client.socket.destroy();
    expect((await send(place.url, 'GET', '/_mock/health')).status).toBe(200);
  });

  test.each([204, 304, 503])(
    'status(%i) has no body, and the connection stays open',
    async (status) => {
      const { place, token, request } = await sceneAt();
      const wire = openHttp(place.url);
      wire.send(request(`status(${status})`));
      const withoutLength = status === 204 || status === 304;
      const { text, headers, ...reply } = await wire.reply({ toHead: withoutLength });
      const length = headers.find(([name]) => name === 'Content-Length')?.[1];
      expect([reply.status, text, length]).toEqual([status, '', withoutLength ? undefined : '0']);
      wire.send(request());
      expect(resultCodeOf((await wire.reply()).text)).toBe('103000');
      expect(await tokenStatus(place, token)).toBe('used');
      await expectLedger(place, CHARGED_ONCE);
    },
  );

  test('truncate declares the full length, sends half of the bytes, and ends the connection cleanly', async () => {
    const { place, token, client, request } = await sceneAt();
    client.send(request('truncate'));
    const received = await client.ended();
    const { status, contentLength, body } = replyIn(received);
    const { response, charged } = await onlyRecord(place);
    const whole = Buffer.from(response.body);
    expect({ end: received.end, status, contentLength, charged }).toEqual({
      end: 'clean',
      status: 200,
      contentLength: whole.length,
      charged: true,
    });
    expect(body).toBe(whole.subarray(0, whole.length / 2).toString());
    expect(await tokenStatus(place, token)).toBe('used');
  });

  test('malformed is a complete HTTP response with invalid JSON, and the connection stays open', async () => {
    const { place, token, request } = await sceneAt();
    const wire = openHttp(place.url);
    wire.send(request('malformed'));
    const { status, text } = await wire.reply();
    expect(status).toBe(200);
    expect(text).not.toBe('');
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(await onlyRecord(place)).toMatchObject({
      resultCode: '103000',
      response: { body: text },
    });
    expect(await tokenStatus(place, token)).toBe('used');
    wire.send(request());
    expect(resultCodeOf((await wire.reply()).text)).toBe('104201');
  });

  test('drip sends the complete response in chunks, and the connection stays open', async () => {
    const { place, client, request } = await sceneAt();
    client.send(request('drip(300ms)'));
    const { response } = await eventually('the record', async () => {
      const { json } = await send(place.url, 'GET', `/_mock/requests?appId=${place.app.appId}`);
      return json.requests[0];
    });
    const firstChunks = await client.waitFor(response.body.slice(-1 - '"}}'.length));
    await client.waitFor(response.body);
    expect(firstChunks.chunks).toBeGreaterThan(3);
    expect(replyIn(client.received())).toEqual({
      status: 200,
      contentLength: Buffer.byteLength(response.body),
      body: response.body,
    });
    client.send(request());
    await client.waitFor('104201');
    expect(client.received().end).toBeUndefined();
  });

  test('a delayed response arrives after an undelayed response to a simultaneous request', async () => {
    const { place, client, request } = await sceneAt();
    const token = await freshToken(place, LOGIN);
    const quick = faultClient(place.url);
    const order: string[] = [];
    client.socket.once('data', () => order.push('delayed'));
    quick.socket.once('data', () => order.push('quick'));
    client.send(request('delay(200ms) pass'));
    quick.send(postBytes({ path: LOGIN.path, body: LOGIN.request(place.app, token) }));
    await client.waitFor('103000');
    await quick.waitFor('103000');
    expect(order).toEqual(['quick', 'delayed']);
    await expectLedger(place, { charged: 2, remaining: 998 });
  });

  test.each(['delay(250ms) pass', 'drip(250ms)'])(
    'a client that disconnects during %s does no harm, and is charged',
    async (outcome) => {
      const { place, token, client, request } = await sceneAt();
      client.send(request(outcome));
      await eventually('the charge', async () =>
        (await tokenStatus(place, token)) === 'used' ? true : undefined,
      );
      client.socket.resetAndDestroy();
      // Takes longer than the first response, which has found its client gone when this one arrives.
      const later = faultClient(place.url);
      later.send(postBytes({ path: LOGIN.path, body: {}, outcome: 'delay(300ms) pass' }));
      await later.waitFor('resultCode');
      await expectLedger(place, CHARGED_ONCE);
    },
  );
});

describe('pipelined requests on one connection', () => {
  test.each(['reset', 'lose'])('the response before a %s arrives', async (outcome) => {
    const { client, request } = await sceneAt();
    client.send(Buffer.concat([request('delay(50ms) 103511'), request(outcome)]));
    // `end` is not checked: if the response and the RST arrive together, a client may see a clean end.
    const { text } = await client.ended();
    expect(text.match(/HTTP\/1.1 200|103511/g)).toEqual(['HTTP/1.1 200', '103511']);
  });

  test('the response before a truncate arrives, and the response after it does not', async () => {
    const { client, request } = await sceneAt();
    client.send(
      Buffer.concat([request('delay(50ms) 103511'), request('truncate'), request('103133')]),
    );
    const { text } = await client.ended();
    expect([text.includes('103511'), text.includes('103133')]).toEqual([true, false]);
  });

  test('responses keep the order of the requests despite delays', async () => {
    const { client, request } = await sceneAt();
    client.send(
      Buffer.concat([
        request('delay(80ms) 103511'),
        request('drip(40ms)'),
        request('status(503)'),
        request('103133'),
      ]),
    );
    const { text } = await client.waitFor('103133');
    const order = ['103511', '103000', ' 503 ', '103133'].map((part) => text.indexOf(part));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(Math.min(...order)).toBeGreaterThan(0);
  });
});

test('a server closes cleanly while a request hangs', async () => {
  const server = await startMock();
  const client = faultClient(server.url);
  client.send(postBytes({ path: LOGIN.path, body: {}, outcome: 'hang' }));
  await eventually('the record', async () => {
    const { json } = await send(server.url, 'GET', '/_mock/requests');
    return json.requests[0];
  });
  // Waits for the events, without measuring time: the connection ends before the grace period of responses.
  await Promise.all([server.close(), client.ended()]);
  expect((await client.ended()).text).toBe('');
});
