/** State in this process's memory. Each call runs to its end before another starts, so a commit is atomic by itself. */
import {
  type Collection,
  type Collections,
  type CommitOutcome,
  DEFAULT_LIMITS,
  type Entry,
  type LogName,
  type Logs,
  type LogView,
  ONLY,
  type StateStore,
  type StoreLimits,
  type WorldId,
  type WorldView,
  type Write,
} from '../state-store.js';
import { BoundedLog } from './bounded-log.js';
import { BoundedMap } from './bounded-map.js';

/** Where a value stands: written over in place, so that a token that is used up leaves no garbage behind. Only copies are given out. */
interface Slot<T> {
  revision: number;
  value: T;
}

type Kept = { readonly [C in Collection]: BoundedMap<Slot<Collections[C]>> };

interface World {
  kept: Kept;
  counters: BoundedMap<number>;
  logs: { readonly [L in LogName]: BoundedLog<Logs[L]> };
}

// Credentials handed out with 001 live five minutes; this many in a world outlast any test.
const ACCESS_TOKENS_MAX = 100_000;
// As many as a busy day of calls, kept only under the reading that refuses a msgid sent twice.
const MSG_IDS_MAX = 100_000;
// One a day by the app's clock, and one for each change of the call package: 27 years of days.
const COUNTERS_MAX = 10_000;

const NOTHING: WorldView = {
  app: undefined,
  clock: undefined,
  token: undefined,
  msgIdSeen: false,
  counters: new Map(),
};

export function createMemoryStore(limits: StoreLimits = DEFAULT_LIMITS): StateStore {
  const worlds = new Map<WorldId, World>();
  // One count for all worlds, so that a world that was dropped and made again repeats none.
  let revision = 0;
  const nextRevision = () => {
    revision += 1;
    return revision;
  };

  function worldAt(id: WorldId): World {
    const known = worlds.get(id);
    if (known !== undefined) return known;
    const created = createWorld(limits);
    worlds.set(id, created);
    return created;
  }

  return {
    readWorld: (id, { token, msgId }) => {
      const world = worlds.get(id);
      if (world === undefined) return NOTHING;
      const { kept, counters } = world;
      return {
        app: entryOf(kept.app.get(ONLY)),
        clock: entryOf(kept.clock.get(ONLY)),
        token: token === undefined ? undefined : entryOf(kept.token.get(token)),
        msgIdSeen: msgId !== undefined && kept.msgId.get(msgId) !== undefined,
        counters: counters.entries,
      };
    },
    get: (id, collection, key) => entryOf(worlds.get(id)?.kept[collection].get(key)),
    list: (id, collection) => valuesOf(worlds.get(id)?.kept[collection].entries ?? new Map()),
    log: (id, name) => worlds.get(id)?.logs[name].view() ?? EMPTY_LOG,
    commit: (id, writes) => commit(worldAt(id), writes, { limits, nextRevision }),
    drop: (id) => void worlds.delete(id),
  };
}

const EMPTY_LOG: LogView<never> = { records: [], appended: 0, evicted: new Map() };

function entryOf<T>(slot: Slot<T> | undefined): Entry<T> | undefined {
  return slot === undefined ? undefined : { revision: slot.revision, value: slot.value };
}

function valuesOf<T>(entries: ReadonlyMap<string, Slot<T>>): ReadonlyMap<string, T> {
  return new Map(Array.from(entries, ([id, { value }]) => [id, value]));
}

function createWorld(limits: StoreLimits): World {
  return {
    kept: {
      app: new BoundedMap(1),
      clock: new BoundedMap(1),
      token: new BoundedMap(limits.tokensMax),
      accessToken: new BoundedMap(ACCESS_TOKENS_MAX),
      msgId: new BoundedMap(MSG_IDS_MAX),
      shortId: new BoundedMap(Number.POSITIVE_INFINITY),
    },
    counters: new BoundedMap(COUNTERS_MAX),
    logs: createLogs(limits),
  };
}

function createLogs(limits: StoreLimits): World['logs'] {
  return {
    journal: new BoundedLog({ recordsMax: limits.journalRecordsMax, bytesMax: limits.journalBytesMax }),
    ledger: new BoundedLog({ recordsMax: limits.ledgerRecordsMax, bytesMax: Number.POSITIVE_INFINITY }),
  };
}

interface Means {
  readonly limits: StoreLimits;
  readonly nextRevision: () => number;
}

function commit(world: World, writes: readonly Write[], means: Means): CommitOutcome {
  for (const write of writes) if (!isCurrent(world, write)) return 'stale';
  for (const write of writes) apply(world, write, means);
  return 'committed';
}

function isCurrent({ kept, counters }: World, write: Write): boolean {
  switch (write.kind) {
    case 'put':
      return (kept[write.collection].get(write.id)?.revision ?? 0) === write.expectedRevision;
    case 'count':
      return write.limit === null || (counters.get(write.counter) ?? 0) < write.limit;
    case 'append':
    case 'remove':
    case 'clear':
      return true;
    default:
      return write satisfies never;
  }
}

function apply(world: World, write: Write, { limits, nextRevision }: Means): void {
  switch (write.kind) {
    case 'put':
      put(world.kept[write.collection] as BoundedMap<Slot<unknown>>, write.id, {
        revision: nextRevision(),
        value: write.value,
      });
      return;
    case 'count':
      world.counters.set(write.counter, (world.counters.get(write.counter) ?? 0) + 1);
      return;
    case 'append':
      (world.logs[write.log] as BoundedLog<unknown>).append(write);
      return;
    case 'remove':
      world.kept[write.collection].delete(write.id);
      return;
    case 'clear':
      clear(world, write.parts, limits);
      return;
    default:
      write satisfies never;
  }
}

function put(slots: BoundedMap<Slot<unknown>>, id: string, { revision, value }: Entry<unknown>): void {
  const slot = slots.get(id);
  if (slot === undefined) {
    slots.set(id, { revision, value });
    return;
  }
  slot.revision = revision;
  slot.value = value;
}

function clear(world: World, parts: readonly string[], limits: StoreLimits): void {
  const fresh = createWorld(limits);
  world.kept = pick(parts, { from: fresh.kept, rest: world.kept });
  world.logs = pick(parts, { from: fresh.logs, rest: world.logs });
  if (parts.includes('counters')) world.counters = fresh.counters;
}

/** The named members from one object, the rest from the other. */
function pick<T extends object>(names: readonly string[], { from, rest }: { readonly from: T; readonly rest: T }): T {
  return Object.fromEntries(
    Object.keys(rest).map((name) => [name, (names.includes(name) ? from : rest)[name as keyof T]]),
  ) as T;
}
