/** `cmpassport-mock explain` and the control API explain a request in the same words. */
import { expect, test } from 'vitest';
import { explain } from '../support/explained.js';
import { login, mintToken, newApp, send, startMock } from '../support/mock.js';
import { loginRequest } from '../support/requests.js';

test('the output is the response of the server without requestId and observed', async () => {
  const { url } = await startMock();
  const app = await newApp(url, { appKey: 'key', appSecret: 'secret' });
  const token = await mintToken(url, app.appId);
  await login(url, loginRequest({ ...app, appSecret: 'key' }, token, { strictcheck: '1' }));
  const [record] = (await send(url, 'GET', '/_mock/requests')).json.requests;
  const response = (await send(url, 'GET', `/_mock/requests/${record.id}/explanation?lang=zh`))
    .json;
  const { requestId, observed, ...expected } = response;
  const shown = (await send(url, 'GET', `/_mock/apps/${app.appId}`)).json;
  const { stdout } = await explain({
    app: shown,
    request: record,
    flags: ['--json', '--lang', 'zh'],
  });
  expect(JSON.parse(stdout)).toEqual(expected);
  expect({ requestId, observed }).toEqual({ requestId: record.id, observed: [] });
});
