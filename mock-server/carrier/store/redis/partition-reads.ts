/** Loads what a decision needs: the partition of its app, and at the same time the token of another app. */
import { BoundedMap } from '../bounded.js';
import {
  type AppRecord,
  type At,
  type Entry,
  type ForeignView,
  type PartitionId,
  SERVER_PARTITION,
  type StateStore,
} from '../state-store.js';
import type { RedisAccess } from './calls.js';
import { fieldOf, keysOf } from './keys.js';
import { entryOf, toForeignView, toPartitionView } from './partition-reply.js';

// The maximum number of apps.
const APPS_MAX = 10_000;
/** No entry begins with this text. */
const UNKNOWN = '?';

/** Caches the app of each partition. */
export function partitionReads(access: RedisAccess): Pick<StateStore, 'readPartition' | 'drop'> {
  const { calls, prefixOf } = access;
  const apps = new BoundedMap<Entry<AppRecord>>(APPS_MAX);

  async function readOwn(partition: PartitionId, { token, msgId }: At) {
    const known = apps.get(partition);
    const reply = await calls.readPartition(prefixOf(partition), [
      prefixed(token),
      prefixed(msgId),
      known === undefined ? UNKNOWN : `${known.revision} `,
    ]);
    const view = toPartitionView(reply, known);
    if (view.app !== undefined && view.app !== known) apps.set(partition, view.app);
    return view;
  }

  return {
    readPartition: async (partition, at) => {
      const shortId = apps.get(partition)?.value.shortId;
      const [own, foreign] = await Promise.all([
        readOwn(partition, at),
        readForeign(access, at, { partition, shortId }),
      ]);
      return { ...own, foreign: own.token === undefined ? foreign : undefined };
    },
    drop: async (partition) => {
      apps.delete(partition);
      await calls.unlink(keysOf(prefixOf(partition)));
    },
  };
}

function prefixed(text: string | undefined): string {
  return text === undefined ? '' : `=${fieldOf(text)}`;
}

interface CallingApp {
  readonly partition: PartitionId;
  /** undefined if the app is not cached. */
  readonly shortId: string | undefined;
}

async function readForeign(
  access: RedisAccess,
  { token, shortIdOf }: At,
  own: CallingApp,
): Promise<ForeignView | undefined> {
  if (token === undefined) return undefined;
  const shortId = shortIdOf?.(token);
  if (shortId === undefined || shortId === own.shortId) return undefined;
  const appId = await appWith(access, shortId);
  if (appId === undefined || appId === own.partition) return undefined;
  const { calls, prefixOf } = access;
  return toForeignView(appId, await calls.readToken(prefixOf(appId), [fieldOf(token)]));
}

async function appWith(
  { calls, prefixOf }: RedisAccess,
  shortId: string,
): Promise<PartitionId | undefined> {
  const text = await calls.hget(`${prefixOf(SERVER_PARTITION)}shortId`, shortId);
  return entryOf<PartitionId>(text)?.value;
}
