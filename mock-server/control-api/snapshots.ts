/** /_mock/apps/:appId/snapshots: the state of an app, saved and restored. */
import { listSnapshots, restoreSnapshot, saveSnapshot } from '../carrier/apps/snapshots.js';
import { Problem } from './problem.js';
import { json, NO_CONTENT, type Route } from './route.js';

export const SNAPSHOTS_ROUTES: readonly Route[] = [
  {
    method: 'get',
    path: '/_mock/apps/:appId/snapshots',
    who: 'path',
    id: 'listSnapshots',
    tag: 'Snapshots',
    summary: 'The saved snapshots, newest first',
    output: json('Snapshots'),
    problems: [501],
    handle: async ({ carrier, params: { appId } }) => {
      const snapshots = await listSnapshots(carrier, appId);
      if (snapshots === undefined) throw keepsNone();
      return { snapshots };
    },
  },
  {
    method: 'post',
    path: '/_mock/apps/:appId/snapshots',
    who: 'path',
    id: 'createSnapshot',
    tag: 'Snapshots',
    summary: 'Saves tokens, clock, counters, ledger and scripts',
    input: 'nothing',
    output: json('Snapshot', 201),
    problems: [501],
    handle: async ({ carrier, params: { appId } }) => {
      const id = await saveSnapshot(carrier, appId);
      if (id === undefined) throw keepsNone();
      return { id };
    },
  },
  {
    method: 'post',
    path: '/_mock/apps/:appId/snapshots/:id/restore',
    who: 'path',
    id: 'restoreSnapshot',
    tag: 'Snapshots',
    summary: 'Restores a snapshot; the journal stays as it is',
    input: 'nothing',
    output: NO_CONTENT,
    problems: [501],
    handle: async ({ carrier, params: { appId, id } }) => {
      if (await restoreSnapshot(carrier, appId, id)) return;
      const detail = `app ${JSON.stringify(appId)} has no snapshot ${JSON.stringify(id)}: the latest ten are kept`;
      throw new Problem(404, detail);
    },
  },
];

function keepsNone(): Problem {
  return new Problem(501, 'this store keeps no snapshots: they are for the memory store');
}
