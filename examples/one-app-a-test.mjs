/** Tests side by side against one mock: each makes an app, and so has a world of its own. Run: node --test examples/one-app-a-test.mjs */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

const MOCK = `${process.env.CMPASSPORT_BASE ?? 'http://127.0.0.1:10086'}/_mock`;

async function call(method, path, body) {
  const response = await fetch(MOCK + path, { method, ...(body && { body: JSON.stringify(body) }) });
  return response.json();
}

describe('one app a test', { concurrency: true }, () => {
  test('a token is dead after two minutes', async () => {
    const { appId } = await call('POST', '/apps');
    const { token } = await call('POST', `/apps/${appId}/tokens`);
    await call('POST', `/apps/${appId}/clock/advance`, { by: '2m' });
    const { status } = await call('GET', `/apps/${appId}/tokens/${token}`);
    assert.equal(status, 'expired');
  });

  test('meanwhile, no other app is two minutes later', async () => {
    const { appId } = await call('POST', '/apps');
    const { token } = await call('POST', `/apps/${appId}/tokens`);
    const { status } = await call('GET', `/apps/${appId}/tokens/${token}`);
    assert.equal(status, 'live');
  });
});
