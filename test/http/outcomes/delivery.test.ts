/** The delivery in a record: pending while a script delays the response, then how it ended, over HTTP and in process. */
import { describe, expect, test } from 'vitest';
import { createCarrierHandlers } from '../../../mock-server/msw.js';
import { LOGIN, placeAt } from '../../support/endpoints.js';
import { mintToken, send, startMock } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';
import { listenAt } from '../control/event-bench.js';

const ENDS = [
  { outcome: 'delay(30ms) pass', state: 'delivered', reason: null },
  { outcome: 'drip(40ms)', state: 'delivered', reason: null },
  { outcome: 'malformed', state: 'delivered', reason: null },
  { outcome: 'status(503)', state: 'delivered', reason: null },
  { outcome: 'reset', state: 'notDelivered', reason: 'reset' },
  { outcome: 'lose', state: 'notDelivered', reason: 'reset' },
  { outcome: 'truncate', state: 'notDelivered', reason: 'truncated' },
] as const;

describe('the record of a response', () => {
  test.each(ENDS)('with $outcome is $state, $reason', async ({ outcome, state, reason }) => {
    const { url } = await startMock();
    const { app } = await placeAt(url);
    const [sent, stream] = [
      loginRequest(app, await mintToken(url, app.appId)),
      await listenAt(`${url}/_mock/events`),
    ];
    const headers = { 'x-mock-outcome': outcome, 'content-type': 'application/json' };
    await fetch(url + LOGIN.path, { method: 'POST', headers, body: JSON.stringify(sent) })
      .then((response) => response.text())
      .catch(() => undefined);
    const { json } = await send(url, 'GET', '/_mock/requests');
    const [record] = json.requests;
    const { receivedAtMs, decidedAtMs, delivery } = record;
    expect(delivery).toEqual({ state, atMs: expect.any(Number), reason });
    expect([receivedAtMs, decidedAtMs, delivery.atMs]).toEqual(
      [receivedAtMs, decidedAtMs, delivery.atMs].toSorted((a, b) => a - b),
    );
    // A response that is sent at once has no second event.
    const isLater = !['malformed', 'status(503)'].includes(outcome);
    const events = await stream.events(isLater ? 2 : 1);
    expect(events.map(({ event }) => event)).toEqual(
      isLater ? ['request', 'request-delivered'] : ['request'],
    );
    expect(events[0]?.data.delivery.state).toBe(isLater ? 'pending' : state);
    expect(events.at(-1)?.data).toEqual(record);
  });

  test('that hangs is pending until the client leaves', async () => {
    const { url } = await startMock();
    const stream = await listenAt(`${url}/_mock/events`);
    const leaving = new AbortController();
    const headers = { 'x-mock-outcome': 'hang' };
    const answered = fetch(url + LOGIN.path, {
      method: 'POST',
      headers,
      body: '{}',
      signal: leaving.signal,
    }).catch(() => 'left');
    const [request] = await stream.events(1);
    expect(request?.data.delivery).toEqual({ state: 'pending', atMs: null, reason: null });
    leaving.abort();
    expect(await answered).toBe('left');
    const [, ended] = await stream.events(2);
    expect(ended?.data).toMatchObject({
      id: request?.data.id,
      delivery: { state: 'notDelivered', reason: 'clientClosed' },
    });
  });

  test('in process is the same', async () => {
    const carrier = createCarrierHandlers();
    for (const { outcome } of ENDS)
      await carrier
        .fetch(`https://www.cmpassport.com${LOGIN.path}`, {
          method: 'POST',
          headers: { 'x-mock-outcome': outcome },
          body: '{}',
        })
        .then((response) => response.text())
        .catch(() => undefined);
    const ended = (await carrier.mock.requests()).map(({ outcome, delivery }) => {
      return { outcome, state: delivery.state, reason: delivery.reason };
    });
    expect(ended.toReversed()).toEqual(ENDS);
  });
});
