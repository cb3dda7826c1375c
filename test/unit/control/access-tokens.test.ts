/** /_mock/apps/:appId/access-tokens: the SMS credential of a 001 response works once and for five minutes. */
import { expect, test } from 'vitest';
import { type Bench, controlBench, createApp, NOON_MS, verifyNumber } from '../../support/control.js';
import type { TestApp } from '../../support/mock.js';

const CAPABILITIES = ['tokenValidate', 'smsFallback'];
const OTHER_NUMBER = '13911112222';
const FIVE_MINUTES_MS = 300_000;

/** Verifies another number, whose response has an accessToken. */
async function grant(bench: Bench, app: TestApp) {
  const { resultCode, answer } = await verifyNumber(bench, app, OTHER_NUMBER);
  expect(resultCode).toBe('001');
  return { accessToken: answer.accessToken, taskId: answer.taskId, path: pathOf(app, answer.accessToken) };
}

function pathOf({ appId }: TestApp, accessToken: string) {
  return `/_mock/apps/${appId}/access-tokens/${accessToken}`;
}

test('a 001 response has an accessToken that is live for five minutes', async () => {
  const bench = await controlBench();
  const { accessToken, taskId, path } = await grant(bench, await createApp(bench, { capabilities: CAPABILITIES }));
  await bench.api.get(path).expect(200, {
    accessToken,
    taskId,
    status: 'live',
    issuedAtMs: NOON_MS,
    expiresAtMs: NOON_MS + FIVE_MINUTES_MS,
  });
});

test('an accessToken can be redeemed once', async () => {
  const bench = await controlBench();
  const { accessToken, path } = await grant(bench, await createApp(bench, { capabilities: CAPABILITIES }));
  const { body } = await bench.api.post(`${path}/redeem`).expect(200);
  expect(body).toMatchObject({ accessToken, status: 'redeemed', issuedAtMs: NOON_MS });
  const again = await bench.api.post(`${path}/redeem`).send({}).expect(409);
  expect(again.body).toMatchObject({ status: 409, detail: expect.stringContaining(`"${accessToken}" is redeemed`) });
  await bench.api.get(path).expect(200, body);
});

test('one of three simultaneous redemptions succeeds', async () => {
  const bench = await controlBench();
  const { path } = await grant(bench, await createApp(bench, { capabilities: CAPABILITIES }));
  const answers = await Promise.all([1, 2, 3].map(() => bench.api.post(`${path}/redeem`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
});

test('advancing an app’s clock expires its accessTokens, and not those of other apps', async () => {
  const bench = await controlBench();
  const [app, other] = [
    await createApp(bench, { capabilities: CAPABILITIES }),
    await createApp(bench, { capabilities: CAPABILITIES }),
  ];
  const [expired, live] = [await grant(bench, app), await grant(bench, other)];
  await bench.api.post(`/_mock/apps/${app.appId}/clock/advance`).send({ by: '5m' }).expect(200);
  const { body } = await bench.api.post(`${expired.path}/redeem`).expect(409);
  expect(body.detail).toContain('expired');
  await bench.api.post(`${live.path}/redeem`).expect(200);
});

test('a redeemed accessToken stays redeemed after it expires', async () => {
  const bench = await controlBench();
  const { path } = await grant(bench, await createApp(bench, { capabilities: CAPABILITIES }));
  await bench.api.post(`${path}/redeem`).expect(200);
  bench.clock.nowMs += FIVE_MINUTES_MS;
  expect((await bench.api.get(path)).body.status).toBe('redeemed');
});

test('the configuration sets the lifetime', async () => {
  const bench = await controlBench({ configuration: { lifetimes: { accessTokenTtlMs: 1000 } } });
  const { path } = await grant(bench, await createApp(bench, { capabilities: CAPABILITIES }));
  expect((await bench.api.get(path)).body.expiresAtMs).toBe(NOON_MS + 1000);
});

test('an accessToken of another app is 404', async () => {
  const bench = await controlBench();
  const { accessToken } = await grant(bench, await createApp(bench, { capabilities: CAPABILITIES }));
  const other = await createApp(bench, { capabilities: CAPABILITIES });
  await bench.api.get(pathOf(other, accessToken)).expect(404);
  const { body } = await bench.api.post(`${pathOf(other, accessToken)}/redeem`).expect(404);
  expect(body.detail).toContain(`"${accessToken}"`);
});
