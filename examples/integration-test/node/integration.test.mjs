/**
 * Tests the client against a running mock: Node 20 or newer, and cmpassport-mock for the control API.
 * Run: CMPASSPORT_BASE=http://127.0.0.1:10086 node --test integration.test.mjs
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BrokenExchange, CmpassportClient } from './cmpassport-client.mjs';
import { BASE, newApp } from './mock-app.mjs';

const PHONE = '13800138000';
const ANOTHER_PHONE = '13900139000';

function clientOf({ appId, appKey, appSecret }, changes) {
  return new CmpassportClient({ base: BASE, appId, appKey, appSecret, ...changes });
}

describe('against the mock', { concurrency: true }, () => {
  test('a fresh token returns the phone number and is charged once', async (t) => {
    const app = await newApp(t);
    const { token } = await app.mint({ phoneNumber: PHONE });
    assert.deepEqual(await clientOf(app).phoneNumberOf(token), { phoneNumber: PHONE });
    await app.assertCalledOnce();
    await app.assertCharged(1);
  });

  test('a token works once, and a refused token is not sent again', async (t) => {
    const app = await newApp(t);
    const client = clientOf(app);
    const { token } = await app.mint({ phoneNumber: PHONE });
    await client.phoneNumberOf(token);
    assert.deepEqual(await client.phoneNumberOf(token), {
      refused: '104201',
      advice: 'get a new token',
    });
    await app.assertCalledOnce({ token, resultCode: '104201' });
    await app.assertCharged(1);
  });

  test('a token expires after two minutes', async (t) => {
    const app = await newApp(t);
    const { token } = await app.mint({ phoneNumber: PHONE });
    await app.advance('2m');
    assert.deepEqual(await clientOf(app).phoneNumberOf(token), {
      refused: '104201',
      advice: 'get a new token',
    });
    await app.assertCalledOnce({ resultCode: '104201' });
    await app.assertCharged(0);
  });

  test('the token’s number is confirmed, and another number gets an accessToken for an SMS', async (t) => {
    const app = await newApp(t, { capabilities: ['tokenValidate', 'smsFallback'] });
    const client = clientOf(app);
    const [one, two] = await app.mintMany(2, { capability: 'tokenValidate', phoneNumber: PHONE });
    assert.deepEqual(await client.isNumberOf(one.token, PHONE), { ownNumber: true });
    const other = await client.isNumberOf(two.token, ANOTHER_PHONE);
    await app.assertCalledOnce({ resultCode: '001' });
    assert.equal(other.ownNumber, false);
    assert.match(other.accessToken, /^[0-9a-f]{32}$/);
  });

  test('two carrier failures advise a later retry, and the third call succeeds', async (t) => {
    const app = await newApp(t);
    const client = clientOf(app);
    const login = async () => client.phoneNumberOf((await app.mint({ phoneNumber: PHONE })).token);
    await app.script('loginTokenValidate', '103211*2, pass');
    assert.deepEqual(await login(), { refused: '103211', advice: 'try again later' });
    assert.deepEqual(await login(), { refused: '103211', advice: 'try again later' });
    assert.deepEqual(await login(), { phoneNumber: PHONE });
    await app.assertScriptUsedUp('loginTokenValidate');
  });

  test('a response that is lost after the charge is not requested again', async (t) => {
    const app = await newApp(t);
    const { token } = await app.mint({ phoneNumber: PHONE });
    await app.script('loginTokenValidate', 'lose');
    await assert.rejects(clientOf(app).phoneNumberOf(token), BrokenExchange);
    await app.assertCalledOnce({ token });
    await app.assertCharged(1);
  });

  test('a slow response ends in a timeout, although the call may be charged', async (t) => {
    const app = await newApp(t);
    const { token } = await app.mint({ phoneNumber: PHONE });
    await app.script('loginTokenValidate', 'delay(3s) pass');
    await assert.rejects(clientOf(app, { timeoutMs: 1000 }).phoneNumberOf(token), BrokenExchange);
    await app.assertCalledOnce({ token });
    await app.assertCharged(1);
  });

  test('a wrong secret is refused, and the mock reports which secret was used', async (t) => {
    const app = await newApp(t);
    const client = clientOf(app, { appSecret: app.appKey });
    const { token } = await app.mint({ phoneNumber: PHONE });
    const answer = await client.phoneNumberOf(token);
    assert.deepEqual(answer, { refused: '103101', advice: 'call an engineer' });
    await app.assertCalledOnce({ resultCode: '103101' });
    const [{ id }] = await app.requests();
    const { findings } = await app.explain(id);
    assert.equal(findings[0].id, 'sign.secret-swapped', findings[0].detail);
  });

  test('an address that is not on the whitelist is refused', async (t) => {
    const app = await newApp(t, { ipWhitelist: { tokenValidate: '192.0.2.1' } });
    const { token } = await app.mint({ capability: 'tokenValidate', phoneNumber: PHONE });
    const answer = await clientOf(app).isNumberOf(token, PHONE);
    assert.deepEqual(answer, { refused: '124', advice: 'call an engineer' });
    await app.assertCalledOnce({ resultCode: '124' });
    await app.assertCharged(0);
  });
});
