/** Faults in process: the result for clients with fetch and node:http, and the effects at the carrier. */
import { describe, expect, test, vi } from 'vitest';
import { LOGIN } from '../../support/endpoints.js';
import { eventually } from '../../support/poll.js';
import { useNetwork } from './network.js';
import { call, callWithNode, carrierOnNetwork, timersEnd, timersRunning } from './scene.js';

useNetwork();

const RESET = { code: 'ECONNRESET', message: 'read ECONNRESET' };

test.each(['reset', 'delay(5ms) lose'])('%s is a network error', async (outcome) => {
  const carrier = carrierOnNetwork();
  const error = await call(carrier, LOGIN, { outcome }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(TypeError);
  expect(error.cause).toMatchObject(RESET);
  expect(await carrier.requests()).toMatchObject([{ outcome }]);
});

test('reset is a reset connection in node:http', async () => {
  const carrier = carrierOnNetwork();
  await expect(callWithNode(carrier, LOGIN, { outcome: 'reset' })).rejects.toMatchObject(RESET);
});

test('truncate is an incomplete response in node:http', async () => {
  const carrier = carrierOnNetwork();
  const { status, text, complete } = await callWithNode(carrier, LOGIN, { outcome: 'truncate' });
  const [record] = await carrier.requests();
  const whole = Buffer.from(record?.response.body ?? '');
  expect({ status, text, complete }).toEqual({
    status: 200,
    text: whole.subarray(0, whole.length / 2).toString(),
    complete: false,
  });
});

test.each([204, 503])('status(%i) has no body', async (status) => {
  const carrier = carrierOnNetwork();
  const outcome = `status(${status})`;
  const response = await call(carrier, LOGIN, { outcome });
  const length = response.headers.get('content-length');
  expect([response.status, await response.text(), length]).toEqual([
    status,
    '',
    status === 204 ? null : '0',
  ]);
  expect(await callWithNode(carrier, LOGIN, { outcome })).toMatchObject({ status, text: '' });
});

test('a redirect without a target is a redirect in node:http, and a network error of msw in fetch', async () => {
  const carrier = carrierOnNetwork();
  expect(await callWithNode(carrier, LOGIN, { outcome: 'status(302)' })).toMatchObject({
    status: 302,
    text: '',
  });
  await expect(call(carrier, LOGIN, { outcome: 'status(302)' })).rejects.toBeInstanceOf(TypeError);
});

describe('a client that aborts', () => {
  const WAYS = [
    { way: 'fetch', call },
    { way: 'node:http', call: callWithNode },
  ] as const;

  describe.each(WAYS)('with $way', ({ call }) => {
    test.each(['hang', 'delay(30m) pass'])(
      'ends at once during %s: msw reports nothing, and no timer remains',
      async (outcome) => {
        const carrier = carrierOnNetwork();
        const before = timersRunning();
        const reported = vi.spyOn(console, 'error').mockReturnValue();
        const abort = new AbortController();
        const response = call(carrier, LOGIN, { outcome, signal: abort.signal });
        await eventually('the record', async () => (await carrier.requests())[0]);
        abort.abort();
        await expect(response).rejects.toMatchObject({ name: 'AbortError' });
        await timersEnd(before);
        expect(reported).not.toHaveBeenCalled();
      },
    );
  });

  test('ends a body that drips', async () => {
    const carrier = carrierOnNetwork();
    const before = timersRunning();
    const abort = new AbortController();
    const response = await call(carrier, LOGIN, {
      outcome: 'drip(30m)',
      signal: abort.signal,
    });
    abort.abort();
    await expect(response.text()).rejects.toMatchObject({ name: 'AbortError' });
    await timersEnd(before);
    await carrier.assertCharged(1);
  });
});

test('hang keeps no timer running, so the process can end', async () => {
  const carrier = carrierOnNetwork();
  const before = timersRunning();
  const hanging = call(carrier, LOGIN, { outcome: 'hang' });
  await eventually('the record', async () => (await carrier.requests())[0]);
  await timersEnd(before);
  await carrier.dispose();
  await expect(hanging).rejects.toBeInstanceOf(TypeError);
});
