/** /_mock/apps/:appId/clock: read, set, freeze, advance and unfreeze an app's clock. */
import { expect, test } from 'vitest';
import { controlBench, createApp, exchange, mint, NOON_MS } from '../../support/control.js';

async function clockBench() {
  const bench = await controlBench();
  const app = await createApp(bench);
  const path = `/_mock/apps/${app.appId}/clock`;
  return {
    bench,
    app,
    path,
    read: async () => (await bench.api.get(path).expect(200)).body,
    put: async (to: object) => (await bench.api.put(path).send(to).expect(200)).body,
    advance: async (by: string) =>
      (await bench.api.post(`${path}/advance`).send({ by }).expect(200)).body,
    pass: (ms: number) => {
      bench.clock.nowMs += ms;
    },
  };
}

/** A change by PUT, or the milliseconds that pass, and the clock afterwards. */
type Step = readonly [change: object | number, nowMs: number, frozen: boolean];

test.each<{ readonly description: string; readonly steps: readonly Step[] }>([
  {
    description: 'of a new app shows real time',
    steps: [
      [0, NOON_MS, false],
      [5, NOON_MS + 5, false],
    ],
  },
  {
    description: 'continues after it is set',
    steps: [
      [{ atMs: 1000 }, 1000, false],
      [5, 1005, false],
    ],
  },
  {
    description: 'stops, and continues from the same time',
    steps: [
      [{ frozen: true }, NOON_MS, true],
      [5000, NOON_MS, true],
      [{ frozen: false }, NOON_MS, false],
      [3, NOON_MS + 3, false],
    ],
  },
  {
    description: 'is set and frozen by one call',
    steps: [
      [{ atMs: 77, frozen: true }, 77, true],
      [1, 77, true],
    ],
  },
  {
    description: 'stays frozen when it is set',
    steps: [
      [{ frozen: true }, NOON_MS, true],
      [{ atMs: 5 }, 5, true],
      [1, 5, true],
    ],
  },
])('the clock $description', async ({ steps }) => {
  const { bench, read, put, pass } = await clockBench();
  for (const [change, nowMs, frozen] of steps) {
    if (typeof change === 'number') pass(change);
    else expect(await put(change)).toMatchObject({ nowMs, frozen });
    expect(await read()).toEqual({ nowMs, offsetMs: nowMs - bench.clock.nowMs, frozen });
  }
});

test('an empty PUT changes nothing', async () => {
  const { read, bench, path } = await clockBench();
  const before = await read();
  await bench.api.put(path).expect(200, before);
});

test.each([
  { by: '250ms', ms: 250 },
  { by: '90s', ms: 90_000 },
  { by: '2m', ms: 120_000 },
  { by: '1.5h', ms: 5_400_000 },
  { by: '1d', ms: 86_400_000 },
  { by: '0s', ms: 0 },
])('$by advances a running clock by $ms ms', async ({ by, ms }) => {
  const { read, advance, pass } = await clockBench();
  expect(await advance(by)).toEqual({ nowMs: NOON_MS + ms, offsetMs: ms, frozen: false });
  pass(1);
  expect(await read()).toMatchObject({ nowMs: NOON_MS + ms + 1 });
});

test('a frozen clock is advanced and stays frozen', async () => {
  const { read, put, advance, pass } = await clockBench();
  await put({ frozen: true });
  expect(await advance('2m')).toEqual({
    nowMs: NOON_MS + 120_000,
    offsetMs: 120_000,
    frozen: true,
  });
  pass(9);
  expect(await read()).toMatchObject({ nowMs: NOON_MS + 120_000, frozen: true });
});

test('two simultaneous advances both take effect', async () => {
  const { read, advance } = await clockBench();
  await Promise.all([advance('1m'), advance('1m')]);
  expect(await read()).toMatchObject({ nowMs: NOON_MS + 120_000 });
});

test('each app has its own clock', async () => {
  const { bench, put } = await clockBench();
  const other = await createApp(bench);
  await put({ atMs: 0 });
  expect((await bench.api.get(`/_mock/apps/${other.appId}/clock`)).body).toMatchObject({
    nowMs: NOON_MS,
  });
});

test('the clock determines when tokens are issued, whether they are live, and the time in responses', async () => {
  const { bench, app, put } = await clockBench();
  // 2030-01-01 00:00:00.007 in Beijing.
  await put({ atMs: Date.UTC(2029, 11, 31, 16, 0, 0, 7), frozen: true });
  const token = await mint(bench, app);
  const { resultCode, answer, requestId } = await exchange(bench, app, token);
  expect([resultCode, answer.systemtime]).toEqual(['103000', '20300101000000007']);
  const { body } = await bench.api.get(`/_mock/requests/${requestId}`);
  expect(body.atMs).toBe(Date.UTC(2029, 11, 31, 16, 0, 0, 7));
});

test.each([
  { description: 'a dead token of another app', advanced: 'owner', resultCode: '104201' },
  { description: 'a live token of another app', advanced: 'sender', resultCode: '103133' },
])('$description is judged by the clock of its own app', async ({ advanced, resultCode }) => {
  const bench = await controlBench();
  const [owner, sender] = [
    await createApp(bench),
    await createApp(bench, { readings: { 'other-apps-dead-token': '104201' } }),
  ];
  const token = await mint(bench, owner);
  const { appId } = advanced === 'owner' ? owner : sender;
  await bench.api.post(`/_mock/apps/${appId}/clock/advance`).send({ by: '1h' }).expect(200);
  // Sent at the time of the sender's clock, so that only the token decides.
  const sent = await bench.api
    .post(`/_mock/apps/${sender.appId}/signed-requests`)
    .send({ operation: 'loginTokenValidate', token })
    .expect(200);
  const { body } = await bench.api.post(sent.body.path).send(sent.body.body);
  expect(body.resultCode, 'the code for the token').toBe(resultCode);
});

test.each([{ atMs: -1 }, { atMs: 10 ** 15 }, { atMs: 1.5 }, { atMs: '0' }])(
  'the clock is not set to $atMs, and keeps its time',
  async ({ atMs }) => {
    const { read, bench, path } = await clockBench();
    const { body } = await bench.api.put(path).send({ atMs }).expect(400);
    expect(body.pointer).toBe('/atMs');
    expect(await read()).toMatchObject({ nowMs: NOON_MS });
  },
);

test('the clock stops at 1970 when it is set back further', async () => {
  const { put, pass, read } = await clockBench();
  await put({ atMs: 0 });
  pass(-1000);
  expect(await read()).toMatchObject({ nowMs: 0 });
});
