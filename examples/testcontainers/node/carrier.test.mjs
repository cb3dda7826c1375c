/** Runs the mock in a container during the tests: npm install && npm test. Build the image first: docker build -t cmpassport-mock . */
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { GenericContainer, Wait } from 'testcontainers';

const PORT = 10086;
const PHONE = '13800138000';

let container;
let base;

before(async () => {
  container = await new GenericContainer('cmpassport-mock')
    .withExposedPorts(PORT)
    .withWaitStrategy(Wait.forHttp('/_mock/health', PORT))
    .start();
  base = `http://${container.getHost()}:${container.getMappedPort(PORT)}`;
});

after(() => container?.stop());

test('a token is exchanged for its phone number, once', async () => {
  const app = await post('/_mock/apps', {});
  const { token } = await post(`/_mock/apps/${app.appId}/tokens`, { phoneNumber: PHONE });
  assert.equal((await login(app, token)).msisdn, PHONE);
  assert.equal((await login(app, token)).resultCode, '104201');
});

test('an outage is a result code', async () => {
  const app = await post('/_mock/apps', {});
  const { token } = await post(`/_mock/apps/${app.appId}/tokens`, { phoneNumber: '13800138999' });
  assert.equal((await login(app, token)).resultCode, '103211');
});

/** Replace this with your client. Set its base URL to the container's address. */
async function login({ appId, appSecret }, token) {
  const [msgid, systemtime] = [randomUUID(), beijingTime()];
  const text = `${appId}2.0${msgid}${systemtime}0${token}${appSecret}`;
  const sign = createHash('md5').update(text).digest('hex').toUpperCase();
  const request = {
    version: '2.0',
    msgid,
    systemtime,
    strictcheck: '0',
    appid: appId,
    token,
    sign,
  };
  return post('/unisdk/rsapi/loginTokenValidate', request);
}

async function post(path, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(base + path, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return response.json();
}

/** yyyyMMddHHmmssSSS: the digits of 2026-11-25 09:36:19,762. */
function beijingTime() {
  const twoDigits = Object.fromEntries(
    ['month', 'day', 'hour', 'minute', 'second'].map((part) => [part, '2-digit']),
  );
  const format = {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    ...twoDigits,
    fractionalSecondDigits: 3,
  };
  return new Intl.DateTimeFormat('sv-SE', format).format().replace(/\D/g, '');
}
