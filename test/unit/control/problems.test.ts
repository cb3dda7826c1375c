/** The ids of the control API's problems. */
import { expect, test } from 'vitest';
import { controlBench } from '../../support/control.js';

test.each([
  {
    description: 'an app that exists',
    path: '/_mock/apps',
    send: { appId: 'a' },
    id: 'app.exists',
  },
  {
    description: 'an unknown field',
    path: '/_mock/apps',
    send: { appid: 'b' },
    id: 'value.unknown-field',
  },
  { description: 'an unknown app', path: '/_mock/apps/none/tokens', send: {}, id: 'app.not-found' },
  {
    description: 'a parameter twice',
    path: '/_mock/requests?limit=1&limit=2',
    id: 'query.repeated',
  },
])('$description has the problem $id', async ({ path, send, id }) => {
  const { api } = await controlBench();
  await api.post('/_mock/apps').send({ appId: 'a' });
  const { body } = send === undefined ? await api.get(path) : await api.post(path).send(send);
  expect(body.type).toBe(`problems#${id}`);
});
