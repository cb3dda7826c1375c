/** The control client and the control tokens of apps. */
import { expect, test } from 'vitest';
import { connectMock } from '../../../src/control/index.js';
import { login, startMock } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';

const refused = { code: 'ERR_CONTROL_REFUSED', status: 401 };

test('with only the token of its app, a team can use the app, and no other call', async () => {
  const { url } = await startMock({ controlToken: 'the-servers' });
  const admin = connectMock({ url, controlToken: 'the-servers' });
  const created = await admin.createApp({ generateControlToken: true });
  expect(created.settings).toMatchObject({ hasControlToken: true });
  expect(created.settings).not.toHaveProperty('controlToken');
  const team = connectMock({ url });
  const app = await team.app(created.appId, { controlToken: created.controlToken });
  const { token } = await app.mint();
  await login(url, loginRequest(app, token));
  await app.assertCalledOnce({ resultCode: '103000' });
  await app.script('loginTokenValidate', '103211');
  await app.advance('1m');
  await app.reset();
  await app.forget();
  await expect(team.apps()).rejects.toMatchObject(refused);
  await expect(team.requests()).rejects.toMatchObject(refused);
  await expect(team.reset()).rejects.toMatchObject(refused);
  await expect(team.createApp()).rejects.toMatchObject(refused);
  await expect(team.app(created.appId)).rejects.toMatchObject(refused);
  await expect(team.app(created.appId, { controlToken: 'a guess' })).rejects.toMatchObject(refused);
});

test.each([
  { description: 'a generated', settings: { generateControlToken: true } },
  { description: 'a given', settings: { controlToken: 'mine' } },
])('calls of an app with $description control token send the token', async ({ settings }) => {
  const { url } = await startMock();
  const mock = connectMock({ url });
  const app = await mock.createApp(settings);
  await app.mint();
  await using events = { [Symbol.asyncDispose]: async () => (await app.events()).close() };
  expect(events).toBeDefined();
  await expect(mock.app(app.appId)).rejects.toMatchObject(refused);
  await app.dispose();
});

test('calls send the new token after a change, and none after its removal', async () => {
  const { url } = await startMock();
  const mock = connectMock({ url });
  const app = await mock.createApp({ controlToken: 'first' });
  await app.update({ controlToken: 'second' });
  expect(app.controlToken).toBe('second');
  await app.mint();
  await app.update({ controlToken: null });
  expect(app.controlToken).toBeUndefined();
  await (await mock.app(app.appId)).mint();
});

test('the server’s token takes precedence over the app’s', async () => {
  const { url } = await startMock({ controlToken: 'the-servers' });
  const app = await connectMock({ url, controlToken: 'the-servers' }).createApp({ controlToken: 'the-apps' });
  await app.update({ controlToken: 'another' });
  await app.mint();
});

test('two apps of one client send their own tokens', async () => {
  const { url } = await startMock();
  const mock = connectMock({ url });
  const [one, two] = [await mock.createApp({ controlToken: 'one' }), await mock.createApp({ controlToken: 'two' })];
  await Promise.all([one.mint(), two.mint(), one.clock(), two.ledger()]);
});
