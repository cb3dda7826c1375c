/** Over HTTPS, everything verified: by a fetch made of node:https, which a client of one's own CA may be. */
import { once } from 'node:events';
import { Agent, request } from 'node:https';
import { expect, onTestFinished, test } from 'vitest';
import type { Fetch } from '../../../src/index.js';
import { NetworkError } from '../../../src/index.js';
import { temporaryFolder } from '../../support/files.js';
import { startMock } from '../../support/mock.js';
import { caOf, tlsFolder } from '../../support/tls.js';
import { keysOf, OTHER, OWN, rejection, sceneAt } from './scene.js';

/** One attempt, over a connection that is kept; the answer's body is node's own stream. */
function fetchOver(ca: string): Fetch {
  const agent = new Agent({ keepAlive: true, ca });
  onTestFinished(() => agent.destroy());
  return async (url, { method, headers, body, signal }) => {
    const sent = request(url, { method, headers, signal, agent });
    sent.end(body);
    const [response] = await once(sent, 'response');
    return {
      status: response.statusCode,
      headers: { get: (name) => response.headers[name.toLowerCase()] },
      body: response,
      text: async () => '',
    };
  };
}

async function secureScene() {
  const { url, httpsUrl = '' } = await startMock({ httpsPort: 0, tlsDir: await tlsFolder() });
  const fetch = fetchOver(await caOf(url));
  const scene = await sceneAt(url, { generateKeys: true }, { baseUrl: httpsUrl, fetch });
  return { ...scene, byRsa: scene.clientWith({ keys: keysOf(scene.app) }) };
}

test('both operations, in all four ways to sign', async () => {
  const { login, verify, client, byRsa, app } = await secureScene();
  for (const each of [client, byRsa]) {
    expect(await login(each)).toMatchObject({ kind: 'phoneNumber', phoneNumber: OWN });
    expect(await verify(OWN, each)).toMatchObject({ kind: 'ownNumber' });
    expect(await verify(OTHER, each)).toMatchObject({ kind: 'notOwnNumber', next: 'fallBackToSms' });
  }
  await app.assertCharged(6);
});

test.each(['reset', 'lose', 'truncate'])('%s over TLS may have been sent, and is sent once', async (fault) => {
  const { login, app } = await secureScene();
  await app.script('loginTokenValidate', fault);
  expect(await rejection(login(), NetworkError)).toMatchObject({ code: 'ERR_NETWORK', maybeSent: true });
  await app.assertCalledOnce();
});

test('another CA than the server’s: nothing was sent', async () => {
  const [mine, other] = [
    await startMock({ httpsPort: 0, tlsDir: await tlsFolder() }),
    await startMock({ httpsPort: 0, tlsDir: temporaryFolder() }),
  ];
  const { login, app } = await sceneAt(
    mine.url,
    {},
    { baseUrl: mine.httpsUrl, fetch: fetchOver(await caOf(other.url)) },
  );
  expect(await rejection(login(), NetworkError)).toMatchObject({ maybeSent: false });
  await app.assertNeverCalled();
});
