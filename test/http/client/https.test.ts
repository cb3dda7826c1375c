/** HTTPS with verified certificates, over a fetch of node:https that trusts only the local CA. */
import { once } from 'node:events';
import { Agent, request } from 'node:https';
import { expect, onTestFinished, test } from 'vitest';
import type { Fetch } from '../../../src/index.js';
import { startMock } from '../../support/mock.js';
import { caOf, tlsFolder } from '../../support/tls.js';
import { keysOf, OTHER, OWN, sceneAt } from './scene.js';

/** Makes one attempt over a kept connection. The body of the response is a Node stream. */
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

test('both operations work in all four signing modes', async () => {
  const { login, verify, client, byRsa, app } = await secureScene();
  for (const each of [client, byRsa]) {
    expect(await login(each)).toMatchObject({ kind: 'phoneNumber', phoneNumber: OWN });
    expect(await verify(OWN, each)).toMatchObject({ kind: 'ownNumber' });
    expect(await verify(OTHER, each)).toMatchObject({ kind: 'notOwnNumber', next: 'fallBackToSms' });
  }
  await app.assertCharged(6);
});
