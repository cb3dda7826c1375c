/** A first test against the mock. Replace phoneNumberOf() with a call of your client. */
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { BASE, newApp } from './mock-app.mjs';

test('a fresh token returns the phone number', async (t) => {
  const app = await newApp(t);
  const { token } = await app.mint({ phoneNumber: '13800138000' });
  const phoneNumber = await phoneNumberOf(app, token);
  await app.assertCalledOnce({ resultCode: '103000' });
  assert.equal(phoneNumber, '13800138000');
});

/** Your client needs the base URL of the mock and the credentials of the app. Returns undefined for a refusal. */
async function phoneNumberOf({ appId, appSecret }, token) {
  const msgid = randomUUID().replaceAll('-', '');
  const inBeijing = { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' };
  const digits = new Intl.DateTimeFormat('sv-SE', inBeijing).format().replace(/\D/g, '');
  const systemtime = `${digits}000`;
  const sign = createHash('md5')
    .update(`${appId}2.0${msgid}${systemtime}0${token}${appSecret}`)
    .digest('hex')
    .toUpperCase();
  const request = {
    version: '2.0',
    msgid,
    systemtime,
    strictcheck: '0',
    appid: appId,
    token,
    sign,
  };
  const response = await fetch(`${BASE}/unisdk/rsapi/loginTokenValidate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  const { msisdn } = await response.json();
  return msisdn;
}
