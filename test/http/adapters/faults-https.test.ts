/** Faults over HTTPS: the connection underneath is reset for real, and a truncated answer ends as TLS ends. */
import { describe, expect, test } from 'vitest';
import type { MockServer } from '../../../mock-server/server.js';
import { ENDPOINTS, freshToken, LOGIN, placeAt, resultCodeOf } from '../../support/endpoints.js';
import { send, startMock } from '../../support/mock.js';
import { expectLedger } from '../../support/race.js';
import { caOf, tlsFolder } from '../../support/tls.js';
import { askFor, faultClient, replyIn } from './fault-client.js';

async function startSecure(): Promise<MockServer> {
  return startMock({ httpsPort: 0, tlsDir: await tlsFolder() });
}

async function sceneOf({ url, httpsUrl = '' }: MockServer, endpoint = LOGIN) {
  const place = await placeAt(url);
  const token = await freshToken(place, endpoint);
  const body = endpoint.request(place.app, token);
  const client = faultClient(httpsUrl, await caOf(url));
  const ask = (outcome?: string) =>
    client.send(askFor({ path: endpoint.path, body, ...(outcome !== undefined && { outcome }) }));
  return { place, token, client, ask };
}

describe.each(ENDPOINTS)('$operation', (endpoint) => {
  test.each([
    { outcome: 'reset', charged: 0 },
    { outcome: 'delay(20ms) reset', charged: 0 },
    { outcome: 'lose', charged: 1 },
    { outcome: 'delay(20ms) lose', charged: 1 },
  ])('$outcome is a real RST', async ({ outcome, charged }) => {
    const { place, client, ask } = await sceneOf(await startSecure(), endpoint);
    ask(outcome);
    expect(await client.ended()).toEqual({ text: '', pieces: 0, end: 'reset' });
    await expectLedger(place, { charged, remaining: 1000 - charged });
  });
});

test('one connection of several is reset, and the others go on', async () => {
  const server = await startSecure();
  const [one, two, three] = [await sceneOf(server), await sceneOf(server), await sceneOf(server)];
  two.ask('reset');
  expect((await two.client.ended()).end).toBe('reset');
  one.ask();
  three.ask();
  expect(replyIn(await one.client.comes('103000')).status).toBe(200);
  expect(replyIn(await three.client.comes('103000')).status).toBe(200);
});

test('a connection that has answered before is reset as well', async () => {
  const { client, ask } = await sceneOf(await startSecure());
  ask();
  await client.comes('103000');
  ask('lose');
  const { text, end } = await client.ended();
  expect([text.match(/HTTP\/1\.1 200/g)?.length, end]).toEqual([1, 'reset']);
});

test('the listener beside it without TLS resets too', async () => {
  const server = await startSecure();
  const client = faultClient(server.url);
  client.send(askFor({ path: LOGIN.path, body: {}, outcome: 'reset' }));
  expect((await client.ended()).end).toBe('reset');
});

test('truncate ends half-way with a close_notify', async () => {
  const { place, client, ask } = await sceneOf(await startSecure());
  ask('truncate');
  const seen = await client.ended();
  const { json } = await send(place.url, 'GET', `/_mock/requests?appId=${place.app.appId}`);
  const whole: string = json.requests[0].response.body;
  expect([seen.end, replyIn(seen)]).toEqual([
    'clean',
    { status: 200, contentLength: whole.length, body: whole.slice(0, whole.length / 2) },
  ]);
});

test.each(['drip(60ms)', 'delay(20ms) pass', 'status(503)'])('%s: the connection goes on', async (outcome) => {
  const { place, client, ask } = await sceneOf(await startSecure());
  ask(outcome);
  await client.comes(outcome.startsWith('status') ? ' 503 ' : '"taskId"');
  const retry = await send(place.url, 'GET', `/_mock/requests?appId=${place.app.appId}`);
  const [{ response }] = retry.json.requests;
  await client.comes(response.body);
  ask('103511');
  const { text, end } = await client.comes('103511');
  expect([resultCodeOf(text.slice(text.lastIndexOf('{'))), end]).toEqual(['103511', undefined]);
});
