/** Parallel tests against one mock. Each test creates an app, with its own tokens and its own clock. Run: node --test examples/one-app-a-test.mjs */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

const MOCK = `${process.env.CMPASSPORT_BASE ?? 'http://127.0.0.1:10086'}/_mock`;

async function call(method, path, body) {
  const response = await fetch(MOCK + path, { method, ...(body && { body: JSON.stringify(body) }) });
  return response.json();
}

describe('one app for each test', { concurrency: true }, () => {
  test('a token expires after two minutes', async () => {
    const { appId } = await call('POST', '/apps');
    const { token } = await call('POST', `/apps/${appId}/tokens`);
    await call('POST', `/apps/${appId}/clock/advance`, { by: '2m' });
    const { status } = await call('GET', `/apps/${appId}/tokens/${token}`);
    assert.equal(status, 'expired');
  });

  test('the clock of another app does not change', async () => {
    const { appId } = await call('POST', '/apps');
    const { token } = await call('POST', `/apps/${appId}/tokens`);
    const { status } = await call('GET', `/apps/${appId}/tokens/${token}`);
    assert.equal(status, 'live');
  });
});
