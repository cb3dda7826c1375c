/** Every documented code as the mock answers it over HTTP: forced, and by its genuine cause; what the client makes of it. */
import { describe, expect, test } from 'vitest';
import type { NewApp } from '../../../src/control/index.js';
import type { NextStep } from '../../../src/index.js';
import {
  LOGIN_TOKEN_VALIDATE_RESULTS,
  type ResultRow,
  TOKEN_VALIDATE_RESULTS,
} from '../../../src/protocol/result-codes.js';
import { TEST_KEYS } from '../../support/keys.js';
import { sharedMock } from '../../support/mock.js';
import { type Changes, keysOf, newScene, OTHER, OWN, type Scene, sceneAt } from './scene.js';

/** Written out once more: the table under test is not its own judge. */
const NEXT: Readonly<Record<NextStep, readonly string[]>> = {
  getNewToken: ['103113', '103811', '104201', '606'],
  fallBackToSms: ['002'],
  retryLater: ['103211', '003', '999'],
  contactCarrier: ['105312', '103420'],
  fixConfiguration: [
    ...['103101', '103119', '103133', '103412', '103414', '103511', '105018', '105019', '105313'],
    ...['004', '102', '124', '302', '303'],
  ],
};

const nextOf = (code: string) => (Object.keys(NEXT) as NextStep[]).find((next) => NEXT[next].includes(code));

function refused({ code, name, desc, descEn }: ResultRow) {
  const description = { en: descEn, zh: desc };
  const taskId = expect.stringMatching(/^[0-9a-f]{32}$/);
  return { kind: 'refused', resultCode: code, name, description, next: nextOf(code), charged: false, taskId };
}

const TEST_APP_KEYS = {
  appSignPrivateKey: TEST_KEYS.demoAppSign.privateKey,
  appDecryptPrivateKey: TEST_KEYS.demoAppDecrypt.privateKey,
};

const TASK_ID = expect.stringMatching(/^[0-9a-f]{32}$/);
const NO_ECHO = { message: undefined, expandParams: undefined };

test('each refusal of the document has a next step, and no other code has', () => {
  const codes = [...LOGIN_TOKEN_VALIDATE_RESULTS, ...TOKEN_VALIDATE_RESULTS].map(({ code }) => code);
  const refusals = codes.filter((code) => !['103000', '000', '001'].includes(code));
  expect(Object.values(NEXT).flat().toSorted()).toEqual(refusals.toSorted());
});

const answersOf = (name: string, open: () => Promise<Scene>) => {
  describe(`${name}: login`, () => {
    test.each(LOGIN_TOKEN_VALIDATE_RESULTS)('$code $name', async (row) => {
      const { app, login } = await open();
      await app.script('loginTokenValidate', row.code);
      const answer = { ...(await login()) };
      if (row.code === '103000')
        expect(answer).toEqual({
          kind: 'phoneNumber',
          resultCode: '103000',
          phoneNumber: OWN,
          charged: true,
          taskId: TASK_ID,
        });
      else expect(answer).toEqual(refused(row));
      await app.assertCalledOnce({ operation: 'loginTokenValidate', resultCode: row.code });
    });
  });

  describe(`${name}: verify`, () => {
    test.each(TOKEN_VALIDATE_RESULTS)('$code $name', async (row) => {
      const { app, verify } = await open();
      await app.script('tokenValidate', row.code);
      const answer = { ...(await verify()) };
      const { code } = row;
      if (code === '000')
        expect(answer).toEqual({ kind: 'ownNumber', resultCode: '000', charged: true, taskId: TASK_ID, ...NO_ECHO });
      else if (code === '001')
        expect(answer).toEqual({
          kind: 'notOwnNumber',
          resultCode: '001',
          next: 'fallBackToSms',
          accessToken: TASK_ID,
          charged: true,
          taskId: TASK_ID,
          ...NO_ECHO,
        });
      else expect(answer).toEqual({ ...refused(row), ...NO_ECHO });
      await app.assertCalledOnce({ operation: 'tokenValidate', resultCode: code });
    });
  });
};

answersOf('MD5 and HMAC', () => newScene());
answersOf('RSA', () => newRsaScene());

describe('by their causes', () => {
  const mint = async ({ app }: Scene, wish: object) => (await app.mint(wish)).token;
  const getPhoneNumber = async (scene: Scene, wish: object = {}) =>
    scene.client.getPhoneNumber(await mint(scene, wish));
  const verifyToken = async (scene: Scene, wish: object = {}) => {
    const token = await mint(scene, { capability: 'tokenValidate', phoneNumber: OWN, ...wish });
    return scene.client.verifyPhoneNumber({ token, phoneNumber: OWN });
  };

  test.each<{
    code: string;
    cause: string;
    settings?: NewApp;
    changes?: Changes;
    ask: (scene: Scene) => Promise<object>;
  }>([
    { code: '103000', cause: 'all is well', ask: getPhoneNumber },
    { code: '103101', cause: 'another secret', changes: { appSecret: 'x' }, ask: getPhoneNumber },
    { code: '103113', cause: 'an ill-formed token', ask: (scene) => scene.client.getPhoneNumber('STsid1') },
    { code: '103119', cause: 'another app', changes: { appId: 'nobody' }, ask: getPhoneNumber },
    {
      code: '103133',
      cause: 'another app’s token',
      ask: async (scene) => scene.client.getPhoneNumber(await mint(await sceneAt(scene.url), {})),
    },
    {
      code: '103211',
      cause: 'the carrier is not well',
      ask: (scene) => getPhoneNumber(scene, { phoneNumber: '13800138999' }),
    },
    { code: '103412', cause: 'RSA without keys at the portal', changes: { keys: TEST_APP_KEYS }, ask: getPhoneNumber },
    {
      code: '103511',
      cause: 'an address that is not listed, strictly checked',
      settings: { ipWhitelist: { loginTokenValidate: '10.0.0.1' } },
      ask: async (scene) => scene.client.getPhoneNumber(await mint(scene, {}), { strictCheck: '1' }),
    },
    { code: '104201', cause: 'two minutes', ask: (scene) => getPhoneNumber(scene, { ageMs: 120_000 }) },
    {
      code: '105018',
      cause: 'a token for verify',
      ask: (scene) => getPhoneNumber(scene, { capability: 'tokenValidate' }),
    },
    { code: '105019', cause: 'no login', settings: { capabilities: ['tokenValidate'] }, ask: getPhoneNumber },
    { code: '105312', cause: 'no calls left', settings: { dailyQuota: 0 }, ask: getPhoneNumber },
    {
      code: '105313',
      cause: 'a wrong path',
      ask: (scene) => scene.login(scene.clientWith({ baseUrl: `${scene.url}/unisdk/v2` })),
    },
    {
      code: '303',
      cause: 'a wrong path',
      ask: (scene) => scene.verify(OWN, scene.clientWith({ baseUrl: `${scene.url}/openapi/v2` })),
    },
    { code: '102', cause: 'another app', changes: { appId: 'nobody' }, ask: verifyToken },
    { code: '000', cause: 'the own number', ask: verifyToken },
    { code: '001', cause: 'another number', ask: (scene) => scene.verify(OTHER) },
    { code: '002', cause: 'no number', ask: (scene) => verifyToken(scene, { phoneNumber: '13800138002' }) },
    { code: '003', cause: 'no token service', ask: (scene) => verifyToken(scene, { phoneNumber: '13800138003' }) },
    {
      code: '124',
      cause: 'an address that is not listed',
      settings: { ipWhitelist: { tokenValidate: '' } },
      ask: verifyToken,
    },
    { code: '302', cause: 'another appKey', changes: { appKey: 'x' }, ask: verifyToken },
    { code: '606', cause: 'two minutes', ask: (scene) => verifyToken(scene, { ageMs: 120_000 }) },
    {
      code: '999',
      cause: 'the carrier is not well',
      ask: (scene) => verifyToken(scene, { phoneNumber: '13800138999' }),
    },
    { code: '103420', cause: 'no verify', settings: { capabilities: ['loginTokenValidate'] }, ask: verifyToken },
    { code: '103420', cause: 'no calls left', settings: { dailyQuota: 0 }, ask: verifyToken },
  ])('$code: $cause', async ({ code, settings = {}, changes = {}, ask }) => {
    const scene = await newScene(settings, changes);
    expect(await ask(scene)).toMatchObject({ resultCode: code });
  });

  test('the accessToken of 001 can be redeemed, once, and only where the app has it', async () => {
    const { app, verify } = await newScene();
    const answer = await verify(OTHER);
    if (answer.kind !== 'notOwnNumber' || answer.accessToken === undefined) throw new Error('no accessToken');
    expect(await app.redeem(answer.accessToken)).toMatchObject({ status: 'redeemed', taskId: answer.taskId });
    const without = await newScene({ capabilities: ['tokenValidate'] });
    expect(await without.verify(OTHER)).toMatchObject({ kind: 'notOwnNumber', accessToken: undefined });
  });

  test('004: the platform’s key is not the portal’s', async () => {
    const { app, verify, clientWith } = await newRsaScene();
    const stranger = { ...keysOf(app), platformPublicKey: TEST_KEYS.demoAppDecrypt.publicKey };
    expect(await verify(OWN, clientWith({ keys: stranger }))).toMatchObject({
      resultCode: '004',
      next: 'fixConfiguration',
    });
  });

  test('what is charged in an answer is charged in the ledger', async () => {
    const { app, login, verify } = await newScene();
    const answers = [await login(), await verify(), await verify(OTHER)];
    await app.script('loginTokenValidate', '104201');
    expect((await login()).charged).toBe(false);
    const { charged, records } = await app.ledger();
    expect([charged, records.map(({ taskId }) => taskId)]).toEqual([
      3,
      answers.map(({ taskId }) => taskId).toReversed(),
    ]);
  });
});

/** Signed by RSA both times. */
async function newRsaScene(): Promise<Scene> {
  const { url } = await sharedMock();
  const scene = await sceneAt(url, { generateKeys: true });
  const client = scene.clientWith({ keys: keysOf(scene.app) });
  return {
    ...scene,
    client,
    login: (by = client) => scene.login(by),
    verify: (phoneNumber = OWN, by = client) => scene.verify(phoneNumber, by),
  };
}
