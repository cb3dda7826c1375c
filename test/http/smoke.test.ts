import { expect, test } from 'vitest';
import { login, mintToken, newApp, sharedMock, verify } from '../support/mock.js';
import { loginRequest, loginRsaRequest, verifyRequest, verifyRsaRequest } from '../support/requests.js';

test('all four signing modes work', async () => {
  const { url } = await sharedMock();
  const app = await newApp(url, { generateKeys: true });
  const { appSignPrivateKey: signKey = '', platformPublicKey } = app;
  const phoneNumber = '13800138000';
  const capability = 'tokenValidate';
  const md5 = await login(url, loginRequest(app, await mintToken(url, app.appId)));
  const rsa = await login(url, loginRsaRequest(app.appId, signKey, await mintToken(url, app.appId)));
  const hmac = await verify(
    url,
    verifyRequest(app, { token: await mintToken(url, app.appId, { capability }), phoneNumber }),
  );
  const token = await mintToken(url, app.appId, { capability });
  const rsa5 = await verify(url, verifyRsaRequest(app, { token, phoneNumber }, { signKey, platformPublicKey }));
  expect([md5.json.resultCode, rsa.json.resultCode, hmac.json.header.resultCode, rsa5.json.header.resultCode]).toEqual([
    '103000',
    '103000',
    '000',
    '000',
  ]);
});
