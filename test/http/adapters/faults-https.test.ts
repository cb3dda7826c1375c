/** Faults over HTTPS: a reset is a TCP RST, and a truncated response ends with close_notify. */
import { expect, test } from 'vitest';
import type { MockServer } from '../../../mock-server/server.js';
import { freshToken, LOGIN, placeAt } from '../../support/endpoints.js';
import { send, startMock } from '../../support/mock.js';
import { expectLedger } from '../../support/race.js';
import { caOf, tlsFolder } from '../../support/tls.js';
import { faultClient, postBytes, replyIn } from './fault-client.js';

async function startSecure(): Promise<MockServer> {
  return startMock({ httpsPort: 0, tlsDir: await tlsFolder() });
}

async function sceneOf({ url, httpsUrl = '' }: MockServer) {
  const place = await placeAt(url);
  const token = await freshToken(place, LOGIN);
  const body = LOGIN.request(place.app, token);
  const client = faultClient(httpsUrl, await caOf(url));
  const post = (outcome?: string) =>
    client.send(postBytes({ path: LOGIN.path, body, ...(outcome !== undefined && { outcome }) }));
  return { place, token, client, post };
}

test('reset is a real RST', async () => {
  const { place, client, post } = await sceneOf(await startSecure());
  post('reset');
  expect(await client.ended()).toEqual({ text: '', chunks: 0, end: 'reset' });
  await expectLedger(place, { charged: 0, remaining: 1000 });
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
