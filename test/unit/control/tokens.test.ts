/** Tokens as the phone SDK receives them, and the SMS credential of a 001 response, which works once and for five minutes. */
import { expect, test } from 'vitest';
import {
  type Bench,
  controlBench,
  createApp,
  exchange,
  mint,
  NOON_MS,
  PHONE_NUMBER,
  verifyNumber,
} from '../../support/control.js';
import type { TestApp } from '../../support/mock.js';

const SHAPE = /^STsid000000(\d{13})MOCK[0-9A-Za-z]{10}[01wx][0w][0-9A-Za-z]{16}$/;

async function lookUp({ api }: Bench, { appId }: TestApp, token: string) {
  const { body } = await api
    .get(`/_mock/apps/${appId}/tokens/${encodeURIComponent(token)}`)
    .expect(200);
  return body;
}

test('a token has the shape of a real one and the defaults', async () => {
  const bench = await controlBench();
  const { appId } = await createApp(bench);
  const { body } = await bench.api.post(`/_mock/apps/${appId}/tokens`).expect(201);
  expect(body).toEqual({
    token: expect.stringMatching(SHAPE),
    phoneNumber: PHONE_NUMBER,
    capability: 'loginTokenValidate',
    operator: 'mobile',
    issuedAtMs: NOON_MS,
    expiresAtMs: NOON_MS + 120_000,
  });
  expect(SHAPE.exec(body.token)?.[1]).toBe(String(NOON_MS));
});

test.each([
  {
    description: 'given fields are used',
    input: {
      phoneNumber: '19912345678',
      capability: 'tokenValidate',
      operator: 'telecom',
      ageMs: 1000,
    },
    expected: {
      phoneNumber: '19912345678',
      capability: 'tokenValidate',
      operator: 'telecom',
      issuedAtMs: NOON_MS - 1000,
    },
  },
  {
    description: 'a unicom subscriber is unicom',
    input: { phoneNumber: '13000130000' },
    expected: { operator: 'unicom' },
  },
  {
    description: 'an unknown number is mobile',
    input: { phoneNumber: '19900000000' },
    expected: { operator: 'mobile' },
  },
])('$description', async ({ input, expected }) => {
  const bench = await controlBench();
  const { appId } = await createApp(bench);
  const { body } = await bench.api.post(`/_mock/apps/${appId}/tokens`).send(input).expect(201);
  expect(body).toMatchObject(expected);
  expect(body.expiresAtMs - body.issuedAtMs).toBe(120_000);
});

test('the app sets the lifetime of tokens', async () => {
  const bench = await controlBench();
  const { appId } = await createApp(bench, { tokenTtlMs: 5000 });
  const { body } = await bench.api.post(`/_mock/apps/${appId}/tokens`);
  expect(body.expiresAtMs).toBe(NOON_MS + 5000);
});

test('a count returns that many different tokens', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const { body } = await bench.api
    .post(`/_mock/apps/${app.appId}/tokens`)
    .send({ count: 3, ageMs: 7 })
    .expect(201);
  expect(Object.keys(body)).toEqual(['tokens']);
  expect(new Set(body.tokens.map(({ token }: { token: string }) => token)).size).toBe(3);
  expect(body.tokens[2]).toEqual({
    token: expect.stringMatching(SHAPE),
    phoneNumber: PHONE_NUMBER,
    capability: 'loginTokenValidate',
    operator: 'mobile',
    issuedAtMs: NOON_MS - 7,
    expiresAtMs: NOON_MS + 119_993,
  });
  expect(await exchange(bench, app, body.tokens[1].token)).toMatchObject({
    answer: { msisdn: PHONE_NUMBER },
  });
});

test('a count of one returns an array', async () => {
  const bench = await controlBench();
  const { appId } = await createApp(bench);
  const { body } = await bench.api
    .post(`/_mock/apps/${appId}/tokens`)
    .send({ count: 1 })
    .expect(201);
  expect(body.tokens).toHaveLength(1);
});

test('one call issues 100 000 tokens, and the last one works', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const { body } = await bench.api
    .post(`/_mock/apps/${app.appId}/tokens`)
    .send({ count: 100_000 })
    .expect(201);
  expect(body.tokens).toHaveLength(100_000);
  expect(await exchange(bench, app, body.tokens[99_999].token)).toMatchObject({
    resultCode: '103000',
  });
});

test('a given token is stored unchanged, once', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const token = `STsid000000${NOON_MS}0123456789ABCDEFGHIJKLMNOPQRSTUV`;
  expect(await mint(bench, app, { token })).toBe(token);
  const { body } = await bench.api
    .post(`/_mock/apps/${app.appId}/tokens`)
    .send({ token })
    .expect(409);
  expect(body).toMatchObject({
    pointer: '/token',
    detail: expect.stringContaining(JSON.stringify(token)),
  });
  expect(await exchange(bench, app, token)).toMatchObject({ resultCode: '103000' });
  await bench.api.post(`/_mock/apps/${app.appId}/tokens`).send({ token }).expect(409);
});

test('a malformed token can be stored, and is refused as malformed', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const token = 'no token/at all?';
  await mint(bench, app, { token });
  expect(await exchange(bench, app, token)).toMatchObject({ resultCode: '103113' });
  expect(await lookUp(bench, app, token)).toMatchObject({ token, status: 'live', usedBy: null });
});

test('a used token has the id of the request in the journal', async () => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const token = await mint(bench, app);
  expect(await lookUp(bench, app, token)).toEqual({
    token,
    phoneNumber: PHONE_NUMBER,
    capability: 'loginTokenValidate',
    operator: 'mobile',
    issuedAtMs: NOON_MS,
    expiresAtMs: NOON_MS + 120_000,
    status: 'live',
    usedBy: null,
  });
  const { requestId } = await exchange(bench, app, token);
  bench.clock.nowMs += 600_000;
  expect(await lookUp(bench, app, token)).toMatchObject({ status: 'used', usedBy: requestId });
  const { body } = await bench.api.get(`/_mock/requests/${requestId}`).expect(200);
  expect(body).toMatchObject({ id: requestId, appId: app.appId, resultCode: '103000' });
});

test.each([
  {
    description: 'one millisecond before two minutes is live',
    ageMs: 119_999,
    status: 'live',
    resultCode: '103000',
  },
  {
    description: 'exactly two minutes is expired',
    ageMs: 120_000,
    status: 'expired',
    resultCode: '104201',
  },
])('$description', async ({ ageMs, status, resultCode }) => {
  const bench = await controlBench();
  const app = await createApp(bench);
  const token = await mint(bench, app, { ageMs });
  expect(await lookUp(bench, app, token)).toMatchObject({ status });
  expect(await exchange(bench, app, token)).toMatchObject({ resultCode });
});

test('beyond the limit the oldest tokens are removed', async () => {
  const bench = await controlBench({ configuration: { limits: { tokensMax: 3 } } });
  const app = await createApp(bench);
  const { body } = await bench.api.post(`/_mock/apps/${app.appId}/tokens`).send({ count: 3 });
  const [first, second, third] = body.tokens.map(({ token }: { token: string }) => token);
  // Used after the others were issued, and still the oldest.
  await exchange(bench, app, first);
  const fourth = await mint(bench, app);
  await bench.api.get(`/_mock/apps/${app.appId}/tokens/${first}`).expect(404);
  expect(await exchange(bench, app, first)).toMatchObject({ resultCode: '104201' });
  for (const token of [second, third, fourth])
    expect(await lookUp(bench, app, token)).toMatchObject({ status: 'live' });
});

const CAPABILITIES = ['tokenValidate', 'smsFallback'];
const OTHER_NUMBER = '13911112222';
const FIVE_MINUTES_MS = 300_000;

/** A new app verifies another number, whose response has an accessToken. */
async function grant(bench: Bench) {
  const app = await createApp(bench, { capabilities: CAPABILITIES });
  const { resultCode, answer } = await verifyNumber(bench, app, OTHER_NUMBER);
  expect(resultCode).toBe('001');
  return {
    app,
    accessToken: answer.accessToken,
    taskId: answer.taskId,
    path: pathOf(app, answer.accessToken),
  };
}

function pathOf({ appId }: TestApp, accessToken: string) {
  return `/_mock/apps/${appId}/access-tokens/${accessToken}`;
}

test('a 001 response has an accessToken that is live for five minutes', async () => {
  const bench = await controlBench();
  const { accessToken, taskId, path } = await grant(bench);
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
  const { accessToken, path } = await grant(bench);
  const { body } = await bench.api.post(`${path}/redeem`).expect(200);
  expect(body).toMatchObject({ accessToken, status: 'redeemed', issuedAtMs: NOON_MS });
  const again = await bench.api.post(`${path}/redeem`).send({}).expect(409);
  expect(again.body).toMatchObject({
    status: 409,
    detail: expect.stringContaining(`"${accessToken}" is redeemed`),
  });
  await bench.api.get(path).expect(200, body);
});

test('one of three simultaneous redemptions succeeds', async () => {
  const bench = await controlBench();
  const { path } = await grant(bench);
  const answers = await Promise.all([1, 2, 3].map(() => bench.api.post(`${path}/redeem`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
});

test('advancing an app’s clock expires its accessTokens, and not those of other apps', async () => {
  const bench = await controlBench();
  const [expired, live] = [await grant(bench), await grant(bench)];
  await bench.api
    .post(`/_mock/apps/${expired.app.appId}/clock/advance`)
    .send({ by: '5m' })
    .expect(200);
  const { body } = await bench.api.post(`${expired.path}/redeem`).expect(409);
  expect(body.detail).toContain('expired');
  await bench.api.post(`${live.path}/redeem`).expect(200);
});

test('a redeemed accessToken stays redeemed after it expires', async () => {
  const bench = await controlBench();
  const { path } = await grant(bench);
  await bench.api.post(`${path}/redeem`).expect(200);
  bench.clock.nowMs += FIVE_MINUTES_MS;
  expect((await bench.api.get(path)).body.status).toBe('redeemed');
});

test('the configuration sets the lifetime', async () => {
  const bench = await controlBench({ configuration: { lifetimes: { accessTokenTtlMs: 1000 } } });
  const { path } = await grant(bench);
  expect((await bench.api.get(path)).body.expiresAtMs).toBe(NOON_MS + 1000);
});

test('an accessToken of another app is 404', async () => {
  const bench = await controlBench();
  const { accessToken } = await grant(bench);
  const other = await createApp(bench, { capabilities: CAPABILITIES });
  await bench.api.get(pathOf(other, accessToken)).expect(404);
  const { body } = await bench.api.post(`${pathOf(other, accessToken)}/redeem`).expect(404);
  expect(body.detail).toContain(`"${accessToken}"`);
});
