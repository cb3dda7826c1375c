/** GET /_mock/apps/:appId/snapshots: the stored snapshots, newest first. */
import { expect, test } from 'vitest';
import { createApp, NOON_MS } from '../../support/control.js';
import { snapshotBench } from './snapshot-bench.js';

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

test('lists the latest ten', async () => {
  const { get, save } = await snapshotBench();
  const ids: string[] = [];
  while (ids.length < 11) ids.unshift(await save());
  const { snapshots } = await get('snapshots');
  expect(snapshots.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 10));
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
  expect((await bench.api.get(`/_mock/apps/${other.appId}/snapshots`).expect(200)).body).toEqual({ snapshots: [] });
  await bench.api.delete(path).expect(204);
  await bench.api.get(`${path}/snapshots`).expect(404);
  await createApp(bench, { appId: app.appId });
  expect((await bench.api.get(`${path}/snapshots`).expect(200)).body).toEqual({ snapshots: [] });
});
