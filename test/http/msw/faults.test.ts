/** Faults in process: what a client sees of each, by fetch and by node:http, and what it leaves behind at the carrier. */
import { describe, expect, test } from 'vitest';
import { ENDPOINTS, resultCodeOf } from '../../support/endpoints.js';
import { eventually } from '../../support/poll.js';
import { useNetwork } from './network.js';
import { ask, askByNode, carrierOnNetwork, timersEnd, timersRunning } from './scene.js';

useNetwork();

const RESET = { code: 'ECONNRESET', message: 'read ECONNRESET' };

describe.each(ENDPOINTS)('$operation', (endpoint) => {
  test.each([
    { outcome: 'reset', resultCode: null, charged: 0, status: 'live' },
    { outcome: 'lose', resultCode: endpoint.success, charged: 1, status: 'used' },
    { outcome: 'delay(5ms) lose', resultCode: endpoint.success, charged: 1, status: 'used' },
  ])('$outcome is a network error', async ({ outcome, resultCode, charged, status }) => {
    const carrier = carrierOnNetwork();
    const { token } = await carrier.mint({ capability: endpoint.operation });
    const error = await ask(carrier, endpoint, { outcome, token }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.cause).toMatchObject(RESET);
    expect(await carrier.requests()).toMatchObject([{ resultCode, outcome, charged: charged === 1 }]);
    expect(await carrier.token(token)).toMatchObject({ status });
    await carrier.assertCharged(charged);
  });

  test.each(['reset', 'lose'])('%s is a reset connection to node:http', async (outcome) => {
    const carrier = carrierOnNetwork();
    await expect(askByNode(carrier, endpoint, { outcome })).rejects.toMatchObject(RESET);
  });

  test('truncate announces the whole length, and its stream errors after half the bytes', async () => {
    const carrier = carrierOnNetwork();
    const response = await ask(carrier, endpoint, { outcome: 'truncate' });
    const read: Uint8Array[] = [];
    const reader = response.body?.getReader();
    const readAll = async () => {
      for (;;) {
        const { done, value } = (await reader?.read()) ?? { done: true };
        if (done || value === undefined) return;
        read.push(value);
      }
    };
    await expect(readAll()).rejects.toMatchObject({ name: 'TypeError', message: 'terminated' });
    const [record] = await carrier.requests();
    const whole = Buffer.from(record?.response.body ?? '');
    expect(response.headers.get('content-length')).toBe(String(whole.length));
    expect(Buffer.concat(read).equals(whole.subarray(0, whole.length / 2))).toBe(true);
    await carrier.assertCharged(1);
  });

  test('truncate is an answer that is not complete to node:http', async () => {
    const carrier = carrierOnNetwork();
    const { status, text, complete } = await askByNode(carrier, endpoint, { outcome: 'truncate' });
    const [record] = await carrier.requests();
    const whole = Buffer.from(record?.response.body ?? '');
    expect({ status, text, complete }).toEqual({
      status: 200,
      text: whole.subarray(0, whole.length / 2).toString(),
      complete: false,
    });
  });

  test('malformed is a whole answer that is no JSON', async () => {
    const carrier = carrierOnNetwork();
    const text = await (await ask(carrier, endpoint, { outcome: 'malformed' })).text();
    expect(text).not.toBe('');
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    await carrier.assertCharged(1);
  });

  test('drip comes in pieces and is whole in the end', async () => {
    const carrier = carrierOnNetwork();
    const { body } = await ask(carrier, endpoint, { outcome: 'drip(40ms)' });
    const pieces: string[] = [];
    for await (const piece of body ?? []) pieces.push(Buffer.from(piece).toString());
    expect(pieces.length).toBeGreaterThan(3);
    expect(resultCodeOf(pieces.join(''))).toBe(endpoint.success);
  });

  test.each([200, 204, 304, 400, 404, 429, 500, 503, 599])('status(%i) has no body', async (status) => {
    const carrier = carrierOnNetwork();
    const outcome = `status(${status})`;
    const response = await ask(carrier, endpoint, { outcome });
    const withoutLength = status === 204 || status === 304;
    const length = response.headers.get('content-length');
    expect([response.status, await response.text(), length]).toEqual([status, '', withoutLength ? null : '0']);
    expect(await askByNode(carrier, endpoint, { outcome })).toMatchObject({ status, text: '' });
    await carrier.assertCharged(0);
  });

  test('a redirect that leads nowhere is one to node:http; to fetch msw makes it a network error', async () => {
    const carrier = carrierOnNetwork();
    expect(await askByNode(carrier, endpoint, { outcome: 'status(302)' })).toMatchObject({ status: 302, text: '' });
    await expect(ask(carrier, endpoint, { outcome: 'status(302)' })).rejects.toBeInstanceOf(TypeError);
  });

  test('a delayed answer comes later than one without delay that was asked for after it', async () => {
    const carrier = carrierOnNetwork();
    const order: string[] = [];
    const slow = ask(carrier, endpoint, { outcome: 'delay(50ms) pass' }).then(() => order.push('delayed'));
    const quick = ask(carrier, endpoint).then(() => order.push('quick'));
    await Promise.all([slow, quick]);
    expect(order).toEqual(['quick', 'delayed']);
    await carrier.assertCharged(2);
  });
});

describe('whoever gives up', () => {
  const WAYS = [
    { way: 'fetch', call: ask },
    { way: 'node:http', call: askByNode },
  ] as const;

  describe.each(WAYS)('by $way', ({ call }) => {
    test.each(['hang', 'delay(30m) pass', 'delay(30m) lose', 'delay(30m) hang'])(
      'waits for nothing during %s, and nothing is left running',
      async (outcome) => {
        const carrier = carrierOnNetwork();
        const before = timersRunning();
        const giveUp = new AbortController();
        const asked = call(carrier, ENDPOINTS[0], { outcome, signal: giveUp.signal });
        await eventually('the record', async () => (await carrier.requests())[0]);
        giveUp.abort();
        await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
        await timersEnd(before);
      },
    );
  });

  test('ends a body that drips', async () => {
    const carrier = carrierOnNetwork();
    const before = timersRunning();
    const giveUp = new AbortController();
    const response = await ask(carrier, ENDPOINTS[0], { outcome: 'drip(30m)', signal: giveUp.signal });
    giveUp.abort();
    await expect(response.text()).rejects.toMatchObject({ name: 'AbortError' });
    await timersEnd(before);
    await carrier.assertCharged(1);
  });

  test('before anything was sent leaves nothing in the journal', async () => {
    const carrier = carrierOnNetwork();
    await expect(ask(carrier, ENDPOINTS[0], { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(await carrier.requests()).toEqual([]);
  });
});

test('hang keeps nothing running, so that a process that waits for nothing else ends', async () => {
  const carrier = carrierOnNetwork();
  const before = timersRunning();
  const hanging = ask(carrier, ENDPOINTS[0], { outcome: 'hang' });
  await eventually('the record', async () => (await carrier.requests())[0]);
  await timersEnd(before);
  await carrier.dispose();
  await expect(hanging).rejects.toBeInstanceOf(TypeError);
});
