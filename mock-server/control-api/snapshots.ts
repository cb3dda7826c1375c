/** /_mock/apps/:appId/snapshots: saves and restores the state of an app. */
import { listSnapshots, restoreSnapshot, saveSnapshot } from '../carrier/apps/snapshots.js';
import { Problem } from './problem.js';
import { json, NO_CONTENT, routes } from './route.js';

export const SNAPSHOTS_ROUTES = routes('Snapshots', [
  {
    call: 'GET /_mock/apps/:appId/snapshots',
    who: 'path',
    id: 'listSnapshots',
    summary: 'The saved snapshots, newest first',
    output: json('Snapshots'),
    problems: [501],
    handle: async ({ carrier, params: { appId } }) => {
      const snapshots = await listSnapshots(carrier, appId);
      if (snapshots === undefined) throw notSupported();
      return { snapshots };
    },
  },
  {
    call: 'POST /_mock/apps/:appId/snapshots',
    who: 'path',
    id: 'createSnapshot',
    summary: 'Saves tokens, clock, counters, ledger and scripts',
    input: 'nothing',
    output: json('Snapshot', 201),
    problems: [501],
    handle: async ({ carrier, params: { appId } }) => {
      const id = await saveSnapshot(carrier, appId);
      if (id === undefined) throw notSupported();
      return { id };
    },
  },
  {
    call: 'POST /_mock/apps/:appId/snapshots/:id/restore',
    who: 'path',
    id: 'restoreSnapshot',
    summary: 'Restores a snapshot; the journal stays as it is',
    input: 'nothing',
    output: NO_CONTENT,
    problems: [501],
    handle: async ({ carrier, params: { appId, id } }) => {
      if (await restoreSnapshot(carrier, appId, id)) return;
      const [app, snapshot] = [JSON.stringify(appId), JSON.stringify(id)];
      throw new Problem(404, {
        en: `app ${app} has no snapshot ${snapshot}: the latest ten are kept`,
        zh: `应用 ${app} 没有快照 ${snapshot}：只保留最近十个`,
      });
    },
  },
]);

function notSupported(): Problem {
  return new Problem(501, {
    en: 'this store does not support snapshots: use the memory store',
    zh: '当前的状态存储不支持快照：请用内存存储',
  });
}
