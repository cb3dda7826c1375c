/** The typed client and the control tokens of apps. */
import { expect, test } from 'vitest';
import { connectMock } from '../../../src/control/index.js';
import { login, startMock } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';

const refused = { code: 'ERR_CONTROL_REFUSED', status: 401 };

test('a team that has its app’s token alone drives the app, and sees no other', async () => {
  const { url } = await startMock({ controlToken: 'the-servers' });
  const admin = connectMock({ url, controlToken: 'the-servers' });
  const made = await admin.createApp({ generateControlToken: true });
  expect(made.settings).toMatchObject({ hasControlToken: true });
  expect(made.settings).not.toHaveProperty('controlToken');
  const team = connectMock({ url });
  const app = await team.app(made.appId, { controlToken: made.controlToken });
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
  await expect(team.app(made.appId)).rejects.toMatchObject(refused);
  await expect(team.app(made.appId, { controlToken: 'a guess' })).rejects.toMatchObject(refused);
});

test.each([
  { description: 'that was drawn', settings: { generateControlToken: true } },
  { description: 'that was given', settings: { controlToken: 'mine' } },
])('an app made with a token $description is driven with it', async ({ settings }) => {
  const { url } = await startMock();
  const mock = connectMock({ url });
  const app = await mock.createApp(settings);
  await app.mint();
  await using events = { [Symbol.asyncDispose]: async () => (await app.events()).close() };
  expect(events).toBeDefined();
  await expect(mock.app(app.appId)).rejects.toMatchObject(refused);
  await app.dispose();
});

test('an app whose token is changed is driven with the new one, and with none when it is taken away', async () => {
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

test('the server’s token goes on where the client has it', async () => {
  const { url } = await startMock({ controlToken: 'the-servers' });
  const app = await connectMock({ url, controlToken: 'the-servers' }).createApp({ controlToken: 'the-apps' });
  await app.update({ controlToken: 'another' });
  await app.mint();
});

test('two apps of one client do not mix up their tokens', async () => {
  const { url } = await startMock();
  const mock = connectMock({ url });
  const [one, two] = [await mock.createApp({ controlToken: 'one' }), await mock.createApp({ controlToken: 'two' })];
  await Promise.all([one.mint(), two.mint(), one.clock(), two.ledger()]);
});
