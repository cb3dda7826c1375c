/** The carrier behind undici's MockAgent, which intercepts undici's own `fetch` and `request`. */
import assert from 'node:assert/strict';
import { createCarrierFetch } from 'cmpassport-mock/fetch';
import { fetch, MockAgent, setGlobalDispatcher } from 'undici';

const carrier = createCarrierFetch();
const agent = new MockAgent();
agent.disableNetConnect();
setGlobalDispatcher(agent);

const origin = 'https://www.cmpassport.com';
agent
  .get(origin)
  .intercept({ path: () => true, method: 'POST' })
  // The carrier answers every POST with 200.
  .reply(200, async ({ path, method, headers, body }) => {
    const response = await carrier.fetch(origin + path, { method, headers, body });
    return response.text();
  })
  .persist();

const { token } = await carrier.mint({ phoneNumber: '13800138000' });
const { path, body } = await carrier.signedRequest({ operation: 'loginTokenValidate', token });
const response = await fetch(origin + path, { method: 'POST', body });
assert.equal((await response.json()).resultCode, '103000');
await carrier.assertCalledOnce({ token });
