/**
 * The client against a mock that is running: Node 20 or newer, standard library only.
 * Run: CMPASSPORT_BASE=http://127.0.0.1:10086 node --test integration.test.mjs
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BrokenExchange, CmpassportClient } from './cmpassport-client.mjs';
import { BASE, MockApp } from './mock-app.mjs';

const PHONE = '13800138000';
const ANOTHER_PHONE = '13900139000';

/** An app for this test alone, removed when the test is done. */
async function newApp(t, settings) {
  const app = await MockApp.create(settings);
  t.after(() => app.remove());
  return app;
}

function clientOf({ appId, appKey, appSecret }, changes) {
  return new CmpassportClient({ base: BASE, appId, appKey, appSecret, ...changes });
}

describe('against the mock', { concurrency: true }, () => {
  test('a fresh token gives the phone number, and is charged once', async (t) => {
    const app = await newApp(t);
    const token = await app.mint('loginTokenValidate', PHONE);
    assert.deepEqual(await clientOf(app).phoneNumberOf(token), { phoneNumber: PHONE });
    assert.equal(await app.calls(), 1);
    assert.equal(await app.charged(), 1);
  });

  test('a token works once, and a refused one is not sent again', async (t) => {
    const app = await newApp(t);
    const client = clientOf(app);
    const token = await app.mint('loginTokenValidate', PHONE);
    await client.phoneNumberOf(token);
    assert.deepEqual(await client.phoneNumberOf(token), { refused: '104201', advice: 'get a new token' });
    assert.equal(await app.calls({ token, resultCode: '104201' }), 1);
    assert.equal(await app.charged(), 1);
  });

  test('a token is dead after two minutes', async (t) => {
    const app = await newApp(t);
    const token = await app.mint('loginTokenValidate', PHONE);
    await app.advanceClock('2m');
    assert.deepEqual(await clientOf(app).phoneNumberOf(token), { refused: '104201', advice: 'get a new token' });
    assert.equal(await app.charged(), 0);
  });

  test('a number is the token’s or it is not, and then an SMS may follow', async (t) => {
    const app = await newApp(t, { capabilities: ['tokenValidate', 'smsFallback'] });
    const client = clientOf(app);
    const own = await client.isNumberOf(await app.mint('tokenValidate', PHONE), PHONE);
    assert.deepEqual(own, { ownNumber: true });
    const other = await client.isNumberOf(await app.mint('tokenValidate', PHONE), ANOTHER_PHONE);
    assert.equal(other.ownNumber, false);
    assert.match(other.accessToken, /^[0-9a-f]{32}$/);
  });

  test('a carrier that is down twice is to be tried again later, and then answers', async (t) => {
    const app = await newApp(t);
    const client = clientOf(app);
    const login = async () => client.phoneNumberOf(await app.mint('loginTokenValidate', PHONE));
    await app.script('loginTokenValidate', '103211*2, pass');
    assert.deepEqual(await login(), { refused: '103211', advice: 'try again later' });
    assert.deepEqual(await login(), { refused: '103211', advice: 'try again later' });
    assert.deepEqual(await login(), { phoneNumber: PHONE });
    assert.equal(await app.remaining('loginTokenValidate'), '');
  });

  test('an answer that is lost after it was charged is not asked for again', async (t) => {
    const app = await newApp(t);
    const token = await app.mint('loginTokenValidate', PHONE);
    await app.script('loginTokenValidate', 'lose');
    await assert.rejects(clientOf(app).phoneNumberOf(token), BrokenExchange);
    assert.equal(await app.calls({ token }), 1);
    assert.equal(await app.charged(), 1);
  });

  test('a slow carrier is given up on in good order, though it may have charged', async (t) => {
    const app = await newApp(t);
    const token = await app.mint('loginTokenValidate', PHONE);
    await app.script('loginTokenValidate', 'delay(3s) pass');
    await assert.rejects(clientOf(app, { timeoutMs: 1000 }).phoneNumberOf(token), BrokenExchange);
    assert.equal(await app.calls({ token }), 1);
    assert.equal(await app.charged(), 1);
  });

  test('a wrong secret is refused, and the mock says which one was used', async (t) => {
    const app = await newApp(t);
    const client = clientOf(app, { appSecret: app.appKey });
    const answer = await client.phoneNumberOf(await app.mint('loginTokenValidate', PHONE));
    assert.deepEqual(answer, { refused: '103101', advice: 'call an engineer' });
    const { findings } = await app.explanation();
    assert.equal(findings[0].id, 'sign.secret-swapped', findings[0].detail);
  });

  test('an address that is not on the whitelist is refused', async (t) => {
    const app = await newApp(t, { ipWhitelist: { tokenValidate: '192.0.2.1' } });
    const answer = await clientOf(app).isNumberOf(await app.mint('tokenValidate', PHONE), PHONE);
    assert.deepEqual(answer, { refused: '124', advice: 'call an engineer' });
    assert.equal(await app.charged(), 0);
  });
});
