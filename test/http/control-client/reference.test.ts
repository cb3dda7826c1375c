/** The methods that read tables, generate keys and requests, and check lists, against a real mock. */
import { expect, test } from 'vitest';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { clientPlace, PHONE_NUMBER } from '../../support/control-client.js';
import { send } from '../../support/mock.js';

test('operations, readings and subscribers are returned', async () => {
  const { mock } = await clientPlace();
  expect((await mock.operations()).map(({ operation }) => operation)).toEqual(
    OPERATIONS.map(({ operation }) => operation),
  );
  expect((await mock.readings()).find(({ id }) => id === 'system-time')).toMatchObject({ default: 'digits' });
  expect((await mock.subscribers())[0]).toEqual({ phoneNumber: PHONE_NUMBER, operator: 'mobile', persona: null });
});

test('the mock accepts a signed request unchanged, signed with a secret or an own key', async () => {
  const { url, mock } = await clientPlace();
  const pair = await mock.keyPair();
  const app = await mock.createApp({ appVerifyKey: pair.publicKey, appEncryptKey: (await mock.keyPair()).publicKey });
  const rsa = { signing: 'rsa', privateKey: pair.privateKey } as const;
  for (const options of [{}, rsa]) {
    const { token } = await app.mint();
    const signed = await app.signedRequest({ operation: 'loginTokenValidate', token, ...options });
    expect((await send(url, signed.method, signed.path, signed.body, signed.headers)).json.resultCode).toBe('103000');
  }
  const { token } = await app.mint({ capability: 'tokenValidate' });
  const signed = await app.signedRequest({ operation: 'tokenValidate', token, fields: { message: 'a' }, ...rsa });
  const { json } = await send(url, signed.method, signed.path, signed.body, signed.headers);
  expect(json).toMatchObject({ header: { resultCode: '000' }, body: { message: 'a' } });
});

test('a key pair has the requested size', async () => {
  const { mock } = await clientPlace();
  const [short, long] = [await mock.keyPair(), await mock.keyPair({ bits: 2048 })];
  expect(long.privateKey.length).toBeGreaterThan(short.privateKey.length);
});

test('a whitelist is checked with and without an address', async () => {
  const { mock } = await clientPlace();
  const checked = await mock.checkIpWhitelist({ ipWhitelist: '10.0.0.1,10.0.0.0/24', clientIp: '10.0.0.1' });
  expect(checked).toMatchObject({ entries: [{ problem: null }, { admits: null }], clientIpAdmitted: true });
  expect(await mock.checkIpWhitelist({ ipWhitelist: '' })).toMatchObject({ entries: [], clientIpAdmitted: null });
});

test('stored snapshots are listed, newest first, and each can be restored', async () => {
  const { app } = await clientPlace();
  expect(await app.snapshots()).toEqual([]);
  const { token } = await app.mint();
  const first = await app.snapshot();
  const second = await app.snapshot();
  await app.mint();
  const [newest, oldest] = await app.snapshots();
  expect([newest?.id, oldest?.id]).toEqual([second.id, first.id]);
  expect(newest?.atMs).toBeGreaterThanOrEqual(oldest?.atMs ?? Number.POSITIVE_INFINITY);
  await oldest?.restore();
  expect(await app.token(token)).toMatchObject({ status: 'live' });
  await expect(app.token('another')).rejects.toMatchObject({ status: 404 });
});
