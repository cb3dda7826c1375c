/** Faults over HTTPS: a reset is a TCP RST, and a truncated response ends with close_notify. */
import { describe, expect, test } from 'vitest';
import type { MockServer } from '../../../mock-server/server.js';
import { ENDPOINTS, freshToken, LOGIN, placeAt, resultCodeOf } from '../../support/endpoints.js';
import { send, startMock } from '../../support/mock.js';
import { expectLedger } from '../../support/race.js';
import { caOf, tlsFolder } from '../../support/tls.js';
import { faultClient, postBytes, replyIn } from './fault-client.js';

async function startSecure(): Promise<MockServer> {
  return startMock({ httpsPort: 0, tlsDir: await tlsFolder() });
}

async function sceneOf({ url, httpsUrl = '' }: MockServer, endpoint = LOGIN) {
  const place = await placeAt(url);
  const token = await freshToken(place, endpoint);
  const body = endpoint.request(place.app, token);
  const client = faultClient(httpsUrl, await caOf(url));
  const post = (outcome?: string) =>
    client.send(postBytes({ path: endpoint.path, body, ...(outcome !== undefined && { outcome }) }));
  return { place, token, client, post };
}

describe.each(ENDPOINTS)('$operation', (endpoint) => {
  test.each([
    { outcome: 'reset', charged: 0 },
    { outcome: 'delay(20ms) reset', charged: 0 },
    { outcome: 'lose', charged: 1 },
    { outcome: 'delay(20ms) lose', charged: 1 },
  ])('$outcome is a real RST', async ({ outcome, charged }) => {
    const { place, client, post } = await sceneOf(await startSecure(), endpoint);
    post(outcome);
    expect(await client.ended()).toEqual({ text: '', chunks: 0, end: 'reset' });
    await expectLedger(place, { charged, remaining: 1000 - charged });
  });
});

test('a reset ends one connection of several, and the others stay open', async () => {
  const server = await startSecure();
  const [one, two, three] = [await sceneOf(server), await sceneOf(server), await sceneOf(server)];
  two.post('reset');
  expect((await two.client.ended()).end).toBe('reset');
  one.post();
  three.post();
  expect(replyIn(await one.client.waitFor('103000')).status).toBe(200);
  expect(replyIn(await three.client.waitFor('103000')).status).toBe(200);
});

test('a connection that already had a response is reset too', async () => {
  const { client, post } = await sceneOf(await startSecure());
  post();
  await client.waitFor('103000');
  post('lose');
  const { text, end } = await client.ended();
  expect([text.match(/HTTP\/1\.1 200/g)?.length, end]).toEqual([1, 'reset']);
});

test('the listener without TLS of the same server resets too', async () => {
  const server = await startSecure();
  const client = faultClient(server.url);
  client.send(postBytes({ path: LOGIN.path, body: {}, outcome: 'reset' }));
  expect((await client.ended()).end).toBe('reset');
});

test('truncate sends half of the body, then a close_notify', async () => {
  const { place, client, post } = await sceneOf(await startSecure());
  post('truncate');
  const received = await client.ended();
  const { json } = await send(place.url, 'GET', `/_mock/requests?appId=${place.app.appId}`);
  const whole: string = json.requests[0].response.body;
  expect([received.end, replyIn(received)]).toEqual([
    'clean',
    { status: 200, contentLength: whole.length, body: whole.slice(0, whole.length / 2) },
  ]);
});

test.each(['drip(60ms)', 'delay(20ms) pass', 'status(503)'])('the connection stays open after %s', async (outcome) => {
  const { place, client, post } = await sceneOf(await startSecure());
  post(outcome);
  await client.waitFor(outcome.startsWith('status') ? ' 503 ' : '"taskId"');
  const retry = await send(place.url, 'GET', `/_mock/requests?appId=${place.app.appId}`);
  const [{ response }] = retry.json.requests;
  await client.waitFor(response.body);
  post('103511');
  const { text, end } = await client.waitFor('103511');
  expect([resultCodeOf(text.slice(text.lastIndexOf('{'))), end]).toEqual(['103511', undefined]);
});
