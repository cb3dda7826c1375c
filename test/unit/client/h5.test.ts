/** h5TokenValidate with the reference client, against the mock in process. */
import { expect, test } from 'vitest';
import { createCmpassportClient } from '../../../src/client/client.js';
import { controlBench, createApp } from '../../support/control.js';
import { KEYS, PRIVATE_KEY } from '../control/signed-request-scene.js';

const OPERATION = 'h5TokenValidate';

test('gets the number, and a second call with the same token is refused', async () => {
  const bench = await controlBench();
  const app = await createApp(bench, KEYS);
  const { body: minted } = await bench.api.post(`/_mock/apps/${app.appId}/tokens`).send({ capability: OPERATION });
  const client = createCmpassportClient({
    appId: app.appId,
    appKey: app.appKey,
    keys: { appSignPrivateKey: PRIVATE_KEY },
    baseUrl: 'http://127.0.0.1',
    production: false,
    fetch: async (url, { headers, body }) => {
      const answer = await bench.api.post(new URL(url).pathname).set(headers).send(body).expect(200);
      return new Response(JSON.stringify(answer.body), { headers: answer.headers });
    },
  });
  const { token, userInformation } = minted;
  const login = { token, userInformation };
  expect(await client.h5TokenValidate(login)).toMatchObject({
    kind: 'phoneNumber',
    phoneNumber: '13800138000',
    securityPhone: '138****8000',
  });
  expect(await client.h5TokenValidate(login)).toMatchObject({
    kind: 'refused',
    name: 'TOKEN_DEAD',
    next: 'getNewToken',
  });
});
