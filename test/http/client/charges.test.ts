/** Answers that depend on the app: the accessToken of 001, a wrong platform key, charged calls. */
import { expect, test } from 'vitest';
import { TEST_KEYS } from '../../support/keys.js';
import { startMock } from '../../support/mock.js';
import { keysOf, newScene, OTHER, OWN, type Scene, sceneAt } from './scene.js';

test('001 has an accessToken that can be redeemed, only if the app has the capability', async () => {
  const { app, verify } = await newScene();
  const answer = await verify(OTHER);
  if (answer.kind !== 'notOwnNumber' || answer.accessToken === undefined) throw new Error('no accessToken');
  expect(await app.redeem(answer.accessToken)).toMatchObject({ status: 'redeemed', taskId: answer.taskId });
  const without = await newScene({ capabilities: ['tokenValidate'] });
  expect(await without.verify(OTHER)).toMatchObject({ kind: 'notOwnNumber', accessToken: undefined });
});

test('a wrong platform key leads to 004', async () => {
  const { app, verify, clientWith } = await newRsaScene();
  const wrongKeys = { ...keysOf(app), platformPublicKey: TEST_KEYS.demoAppDecrypt.publicKey };
  expect(await verify(OWN, clientWith({ keys: wrongKeys }))).toMatchObject({
    resultCode: '004',
    next: 'fixConfiguration',
  });
});

test('the ledger has exactly the charged answers', async () => {
  const { app, login, verify } = await newScene();
  const answers = [await login(), await verify(), await verify(OTHER)];
  await app.script('loginTokenValidate', '104201');
  expect((await login()).charged).toBe(false);
  const { charged, records } = await app.ledger();
  expect([charged, records.map(({ taskId }) => taskId)]).toEqual([3, answers.map(({ taskId }) => taskId).toReversed()]);
});

/** A scene whose client signs both operations with RSA. */
async function newRsaScene(): Promise<Scene> {
  const { url } = await startMock();
  const scene = await sceneAt(url, { generateKeys: true });
  const client = scene.clientWith({ keys: keysOf(scene.app) });
  return {
    ...scene,
    client,
    login: (by = client) => scene.login(by),
    verify: (phoneNumber = OWN, by = client) => scene.verify(phoneNumber, by),
  };
}
