/** /_mock/apps/:appId/ledger: the charged calls, and the calls that remain. */
import { expect, test } from 'vitest';
import { formatMagicToken } from '../../../mock-server/carrier/engine/token-format.js';
import {
  type Bench,
  charge,
  controlBench,
  createApp,
  exchange,
  MIDNIGHT_MS,
  mint,
  NOON_MS,
  PHONE_NUMBER,
  verifyNumber,
} from '../../support/control.js';
import type { TestApp } from '../../support/mock.js';

async function ledgerOf({ api }: Bench, { appId }: TestApp, query = '') {
  return (await api.get(`/_mock/apps/${appId}/ledger${query}`).expect(200)).body;
}

async function patch({ api }: Bench, { appId }: TestApp, change: object) {
  await api.patch(`/_mock/apps/${appId}`).send(change).expect(200);
}

test('a new app has no charges and a thousand calls left', async () => {
  const bench = await controlBench();
  expect(await ledgerOf(bench, await createApp(bench))).toEqual({
    charged: 0,
    remaining: 1000,
    records: [],
  });
});

test('103000, 000 and 001 are charged, newest first; refusals are not', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const token = await mint(bench, app);
  const first = await exchange(bench, app, token);
  await exchange(bench, app, token);
  bench.clock.nowMs += 1;
  const second = await verifyNumber(bench, app);
  const third = await verifyNumber(bench, app, '13911112222');
  expect(await ledgerOf(bench, app)).toEqual({
    charged: 3,
    remaining: 997,
    records: [
      {
        taskId: third.answer.taskId,
        operation: 'tokenValidate',
        resultCode: '001',
        atMs: NOON_MS + 1,
      },
      {
        taskId: second.answer.taskId,
        operation: 'tokenValidate',
        resultCode: '000',
        atMs: NOON_MS + 1,
      },
      {
        taskId: first.answer.taskId,
        operation: 'loginTokenValidate',
        resultCode: '103000',
        atMs: NOON_MS,
      },
    ],
  });
});

test('a success forced by a magic token is not charged', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const forced = await exchange(bench, app, formatMagicToken('103000'));
  expect(forced).toMatchObject({ resultCode: '103000', answer: { msisdn: PHONE_NUMBER } });
  expect(await ledgerOf(bench, app)).toEqual({ charged: 0, remaining: 1000, records: [] });
});

test('a charge has the time of the app’s clock', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  await bench.api.post(`/_mock/apps/${app.appId}/clock/advance`).send({ by: '1h' }).expect(200);
  await charge(bench, app);
  const { records } = await ledgerOf(bench, app);
  expect(records[0].atMs - NOON_MS, 'milliseconds after the real time').toBe(3_600_000);
});

test('with a quota for verify only, the remaining calls are those of verify', async () => {
  const bench = await controlBench();
  const app = await createApp(bench, {
    dailyQuota: 10,
    readings: { 'daily-quota-covers': 'tokenValidate' },
  });
  await charge(bench, app);
  await verifyNumber(bench, app);
  expect(await ledgerOf(bench, app)).toMatchObject({ charged: 2, remaining: 9 });
});

test('charged is exact even if older records were dropped', async () => {
  const bench = await controlBench({
    configuration: { limits: { ledgerRecordsMax: 2, journalRecordsMax: 1 } },
  });
  const app = await createApp(bench);
  for (let at = 0; at < 5; at += 1) await charge(bench, app);
  expect(await ledgerOf(bench, app)).toMatchObject({
    charged: 5,
    remaining: 995,
    records: [{}, {}],
  });
});

test('a limit applies to the records, not to charged', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const answers = [await charge(bench, app), await charge(bench, app)];
  const body = await ledgerOf(bench, app, '?limit=1');
  expect(body).toMatchObject({ charged: 2, records: [{ taskId: answers[1]?.answer.taskId }] });
  expect(body.records).toHaveLength(1);
});

test('a quota lowered below the used calls leaves no calls', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  for (let at = 0; at < 2; at += 1) await charge(bench, app);
  await patch(bench, app, { dailyQuota: 1 });
  expect(await ledgerOf(bench, app)).toMatchObject({ charged: 2, remaining: 0 });
});

test.each([
  {
    description: 'one millisecond before midnight in Beijing no calls remain',
    atMs: MIDNIGHT_MS - 1,
    resultCode: '105312',
  },
  {
    description: 'at midnight in Beijing the quota is full again',
    atMs: MIDNIGHT_MS,
    resultCode: '103000',
  },
])('$description', async ({ atMs, resultCode }) => {
  const bench = await controlBench();
  const app = await createApp(bench, { dailyQuota: 1 });
  await charge(bench, app);
  await bench.api.put(`/_mock/apps/${app.appId}/clock`).send({ atMs, frozen: true }).expect(200);
  expect(await ledgerOf(bench, app)).toMatchObject({
    charged: 1,
    remaining: resultCode === '103000' ? 1 : 0,
  });
  expect(await charge(bench, app)).toMatchObject({ resultCode });
});

test('a package of 0 has no calls, a package of null has no limit', async () => {
  const bench = await controlBench();
  const app = await createApp(bench, { contracted: true, callPackage: 0 });
  expect(await charge(bench, app)).toMatchObject({ resultCode: '105312' });
  await patch(bench, app, { callPackage: null });
  expect(await ledgerOf(bench, app)).toEqual({ charged: 0, remaining: null, records: [] });
  expect(await charge(bench, app)).toMatchObject({ resultCode: '103000' });
});

test('changing callPackage restarts its count but not charged', async () => {
  const bench = await controlBench();
  const app = await createApp(bench, { contracted: true, callPackage: 1 });
  await charge(bench, app);
  await patch(bench, app, { callPackage: 3 });
  expect(await ledgerOf(bench, app)).toMatchObject({ charged: 1, remaining: 3 });
  await charge(bench, app);
  await patch(bench, app, { dailyQuota: 5 });
  expect(await ledgerOf(bench, app)).toMatchObject({ charged: 2, remaining: 2 });
});
