/** /_mock/apps/:appId/snapshots save and restore the state of an app. */

import { describe, expect, test } from 'vitest';
import { remainingOf, setScript } from '../../http/outcomes/calls.js';
import {
  charge,
  controlBench,
  createApp,
  DEMO_APP_ID,
  exchange,
  mint,
  NOON_MS,
  verifyNumber,
} from '../../support/control.js';
import { directApi } from '../../support/direct-api.js';
import { LOGIN } from '../../support/endpoints.js';

async function snapshotBench(settings: object = {}) {
  const bench = await controlBench();
  const app = await createApp(bench, settings);
  const path = `/_mock/apps/${app.appId}`;
  const get = async (subPath: string) =>
    (await bench.api.get(`${path}/${subPath}`).expect(200)).body;
  return {
    bench,
    app,
    path,
    get,
    save: async (): Promise<string> =>
      (await bench.api.post(`${path}/snapshots`).expect(201)).body.id,
    restore: async (id: string) =>
      void (await bench.api.post(`${path}/snapshots/${id}/restore`).expect(204, '')),
    statusOf: async (token: string): Promise<string> => (await get(`tokens/${token}`)).status,
  };
}

describe('a restore changes', () => {
  test('tokens: used tokens are live again and later ones are deleted, at each restore', async () => {
    const { bench, app, save, restore, statusOf, path } = await snapshotBench();
    const [live, used] = [await mint(bench, app), await mint(bench, app)];
    await exchange(bench, app, used);
    const id = await save();
    for (let round = 0; round < 3; round += 1) {
      const later = await mint(bench, app);
      expect((await exchange(bench, app, live)).resultCode).toBe('103000');
      expect((await exchange(bench, app, live)).resultCode).toBe('104201');
      await restore(id);
      expect([await statusOf(live), await statusOf(used)]).toEqual(['live', 'used']);
      await bench.api.get(`${path}/tokens/${later}`).expect(404);
    }
  });

  test('the quota and the ledger', async () => {
    const { bench, app, save, restore, get } = await snapshotBench({ dailyQuota: 3 });
    const { answer } = await charge(bench, app);
    const before = await get('ledger');
    const id = await save();
    for (let round = 0; round < 2; round += 1) {
      await charge(bench, app);
      await verifyNumber(bench, app);
      expect((await charge(bench, app)).resultCode).toBe('105312');
      expect(await get('ledger')).toMatchObject({ charged: 3, remaining: 0 });
      await restore(id);
      expect(await get('ledger')).toEqual(before);
    }
    expect(before).toMatchObject({
      charged: 1,
      remaining: 2,
      records: [{ taskId: answer.taskId }],
    });
  });

  test.each([
    {
      what: 'the package is changed',
      change: { method: 'patch', at: '', body: { callPackage: 5 } },
      left: 4,
    },
    { what: 'the app is reset', change: { method: 'post', at: '/reset', body: {} }, left: 2 },
  ] as const)('the count of a call package, even if $what in between', async ({ change, left }) => {
    const { bench, app, path, save, restore, get } = await snapshotBench({
      contracted: true,
      callPackage: 3,
    });
    await charge(bench, app);
    const id = await save();
    await bench.api[change.method](`${path}${change.at}`).send(change.body);
    await charge(bench, app);
    await restore(id);
    expect(await get('ledger')).toMatchObject({ charged: 1, remaining: left });
    await bench.api.patch(path).send({ callPackage: 7 }).expect(200);
    expect(await get('ledger')).toMatchObject({ charged: 1, remaining: 7 });
  });

  test('a script, to its position', async () => {
    const { bench, app, save, restore } = await snapshotBench();
    const at = { app, endpoint: LOGIN };
    await setScript(bench, { ...at, script: '103511*2, 103133' });
    await charge(bench, app);
    const id = await save();
    for (const other of ['103133*', undefined, '103511*2, 103133']) {
      await charge(bench, app);
      await charge(bench, app);
      if (other !== undefined) await setScript(bench, { ...at, script: other });
      await restore(id);
      expect(await remainingOf(bench, at)).toBe('103511, 103133');
    }
    const codes = [];
    for (let at_ = 0; at_ < 3; at_ += 1) codes.push((await charge(bench, app)).resultCode);
    expect(codes).toEqual(['103511', '103133', '103000']);
  });

  test('a script, which is deleted if there was none', async () => {
    const { bench, app, save, restore } = await snapshotBench();
    const id = await save();
    await setScript(bench, { app, endpoint: LOGIN, script: '103511*' });
    await restore(id);
    expect((await charge(bench, app)).resultCode).toBe('103000');
  });

  test('the scripts of numbers: those of the snapshot are back, later ones are deleted', async () => {
    const { bench, path, save, restore, get } = await snapshotBench();
    const setNumber = (phoneNumber: string, script: string) =>
      bench.api
        .put(`${path}/subscribers/${phoneNumber}`)
        .send({ outcomes: { loginTokenValidate: script } })
        .expect(200);
    const none = await save();
    await setNumber('13800138000', '103511, 103133');
    const one = await save();
    const before = await get('subscribers');
    await setNumber('13800138000', '103212');
    await setNumber('13911112222', '103213');
    await restore(one);
    expect(await get('subscribers'), 'the scripts of numbers').toEqual(before);
    expect(
      before.subscribers.map(({ phoneNumber }: { phoneNumber: string }) => phoneNumber),
    ).toEqual(['13800138000']);
    await restore(none);
    expect(await get('subscribers'), 'after a snapshot without scripts of numbers').toEqual({
      subscribers: [],
    });
  });

  test('redeemed accessTokens and known msgids', async () => {
    const settings = {
      capabilities: ['tokenValidate', 'smsFallback'],
      readings: { 'msgid-replay': 'refused' },
    };
    const { bench, app, save, restore, get, path } = await snapshotBench(settings);
    const before = await save();
    const { answer } = await verifyNumber(bench, app, '13800138001');
    const id = await save();
    await bench.api.post(`${path}/access-tokens/${answer.accessToken}/redeem`).expect(200);
    await restore(id);
    expect(await get(`access-tokens/${answer.accessToken}`)).toMatchObject({ status: 'live' });
    expect((await verifyNumber(bench, app)).resultCode).toBe('102');
    await restore(before);
    await bench.api.get(`${path}/access-tokens/${answer.accessToken}`).expect(404);
    expect((await verifyNumber(bench, app)).resultCode).toBe('000');
  });
});

describe('a restore sets the clock to the time of the snapshot', () => {
  test('and it continues from there, so live tokens are live again', async () => {
    const { bench, app, save, restore, get, path } = await snapshotBench();
    const token = await mint(bench, app, { ageMs: 119_000 });
    const id = await save();
    for (const by of ['1d', '3h']) {
      await bench.api.post(`${path}/clock/advance`).send({ by }).expect(200);
      bench.clock.nowMs += 60_000;
      await restore(id);
      expect(await get('clock')).toMatchObject({ nowMs: NOON_MS, frozen: false });
      bench.clock.nowMs += 999;
      expect(await get('clock')).toMatchObject({ nowMs: NOON_MS + 999 });
      expect((await exchange(bench, app, token)).resultCode).toBe('103000');
      await restore(id);
      bench.clock.nowMs += 1000;
      expect((await exchange(bench, app, token)).resultCode).toBe('104201');
    }
  });

  test.each([
    { description: 'frozen stays frozen', saved: true, meanwhile: false },
    { description: 'frozen becomes frozen again', saved: true, meanwhile: true },
    { description: 'running runs again', saved: false, meanwhile: true },
  ])('$description', async ({ saved, meanwhile }) => {
    const { bench, save, restore, get, path } = await snapshotBench();
    await bench.api.put(`${path}/clock`).send({ atMs: 5000, frozen: saved }).expect(200);
    const id = await save();
    bench.clock.nowMs += 77;
    await bench.api.put(`${path}/clock`).send({ atMs: 9_000_000, frozen: meanwhile }).expect(200);
    await restore(id);
    bench.clock.nowMs += 5;
    expect(await get('clock')).toMatchObject({ nowMs: saved ? 5000 : 5005, frozen: saved });
  });
});

describe('a restore does not change', () => {
  test('the journal, and no id is used twice', async () => {
    const { bench, app, save, restore } = await snapshotBench();
    const id = await save();
    const seen = [];
    const taskIds = [];
    for (let round = 0; round < 3; round += 1) {
      const { requestId, answer } = await charge(bench, app);
      seen.unshift(requestId);
      taskIds.push(answer.taskId);
      await restore(id);
    }
    const { body } = await bench.api.get(`/_mock/requests?appId=${app.appId}`).expect(200);
    expect(body.requests.map((record: { readonly id: string }) => record.id)).toEqual(seen);
    expect(new Set([...seen, ...taskIds]).size).toBe(6);
  });

  test('the settings', async () => {
    const { bench, save, restore, path } = await snapshotBench();
    const id = await save();
    await bench.api.patch(path).send({ dailyQuota: 7 }).expect(200);
    await restore(id);
    expect((await bench.api.get(path)).body.dailyQuota).toBe(7);
  });
});

describe('404 for', () => {
  test('an unknown id, and an id of another app', async () => {
    const { bench, path, save } = await snapshotBench();
    const other = await createApp(bench);
    const id = await save();
    for (const at of [`${path}/snapshots/nothing`, `/_mock/apps/${other.appId}/snapshots/${id}`]) {
      const { body } = await bench.api.post(`${at}/restore`).expect(404);
      expect(body.detail).toContain(`"${at.split('/').at(-1)}"`);
    }
  });
});

test('a store without snapshots: 501 with the reason, and restoring is 404', async () => {
  const { carrier } = await controlBench();
  const store = { ...carrier.store, snapshots: undefined };
  const api = directApi({ ...carrier, store });
  const path = `/_mock/apps/${DEMO_APP_ID}/snapshots`;
  const { body } = await api.post(path).expect(501);
  expect(body).toMatchObject({ status: 501, detail: expect.stringContaining('memory store') });
  expect((await api.get(path).expect(501)).body).toEqual(body);
  await api.post(`${path}/0123456789abcdef/restore`).expect(404);
});

test('lists snapshots with the time of the app’s clock, newest first', async () => {
  const { bench, path, get, save } = await snapshotBench();
  expect(await get('snapshots')).toEqual({ snapshots: [] });
  const first = await save();
  // Snapshots are ordered by creation, not by the app's clock.
  await bench.api
    .put(`${path}/clock`)
    .send({ atMs: NOON_MS - 1 })
    .expect(200);
  const second = await save();
  expect(await get('snapshots')).toEqual({
    snapshots: [
      { id: second, atMs: NOON_MS - 1 },
      { id: first, atMs: NOON_MS },
    ],
  });
});

test('lists the latest ten, and the first of eleven is 404', async () => {
  const { bench, path, get, save } = await snapshotBench();
  const ids: string[] = [];
  while (ids.length < 11) ids.unshift(await save());
  const { snapshots } = await get('snapshots');
  expect(snapshots.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 10));
  expect(new Set(ids).size).toBe(11);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{16}$/);
  const { body } = await bench.api.post(`${path}/snapshots/${ids.at(-1)}/restore`).expect(404);
  expect(body.detail).toContain('ten');
});

test('does not change when a snapshot is restored or the app is reset', async () => {
  const { bench, path, get, save, restore } = await snapshotBench();
  const [first] = [await save(), await save()];
  const before = await get('snapshots');
  await restore(first);
  await bench.api.post(`${path}/reset`).expect(204);
  expect(await get('snapshots')).toEqual(before);
  for (const { id } of before.snapshots) await restore(id);
});

test('belongs to one app and is deleted with it', async () => {
  const { bench, app, path, save } = await snapshotBench();
  await save();
  const other = await createApp(bench);
  expect((await bench.api.get(`/_mock/apps/${other.appId}/snapshots`).expect(200)).body).toEqual({
    snapshots: [],
  });
  await bench.api.delete(path).expect(204);
  await bench.api.get(`${path}/snapshots`).expect(404);
  await createApp(bench, { appId: app.appId });
  expect((await bench.api.get(`${path}/snapshots`).expect(200)).body).toEqual({ snapshots: [] });
});
