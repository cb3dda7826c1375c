/** State in this process's memory. Each call runs to its end before another starts, so a commit is atomic. */

import { BoundedLog } from './bounded-log.js';
import { BoundedMap } from './bounded-map.js';
import { countTokens } from './count-tokens.js';
import { sharedBound } from './shared-bound.js';
import {
  ACCESS_TOKENS_MAX,
  type At,
  COUNTERS_MAX,
  type Collection,
  type Collections,
  type CommitOutcome,
  DEFAULT_LIMITS,
  type Entry,
  type ForeignView,
  type JournalListener,
  type JournalRecord,
  type LogName,
  type Logs,
  type LogView,
  MSG_IDS_MAX,
  ONLY,
  type Part,
  SERVER_WORLD,
  SNAPSHOTS_MAX,
  type StateStore,
  type StoreLimits,
  type WorldId,
  type WorldView,
  type Write,
} from './state-store.js';

/** A value that is overwritten in place, so that using up a token creates no garbage. Callers only receive copies. */
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

/** A copy of some parts. */
interface Snapshot extends World {
  readonly parts: readonly Part[];
}

const NOTHING: WorldView = {
  app: undefined,
  clock: undefined,
  token: undefined,
  foreign: undefined,
  msgIdSeen: false,
  script: undefined,
  counters: new Map(),
};

/** The limits of one partition, and a callback for each record that its journal drops. */
interface WorldLimits extends StoreLimits {
  readonly onJournalDrop: () => void;
}

export function createMemoryStore(storeLimits: StoreLimits = DEFAULT_LIMITS): StateStore {
  const worlds = new Map<WorldId, World>();
  const snapshots = new Map<WorldId, BoundedMap<Snapshot>>();
  const listeners = new Set<JournalListener>();
  // Not the sum of the journals' counts: those are deleted when an app is reset.
  let journalEvictions = 0;
  const limits: WorldLimits = {
    ...storeLimits,
    onJournalDrop: () => {
      journalEvictions += 1;
    },
  };
  // One sequence for all partitions, so that a partition that was dropped and created again repeats no revision.
  let revision = 0;
  const nextRevision = () => {
    revision += 1;
    return revision;
  };

  const addJournalBytes = sharedBound(limits.journalBytesTotalMax, () => journalsOf(worlds.values()));

  function worldAt(id: WorldId): World {
    const known = worlds.get(id);
    if (known !== undefined) return known;
    const created = createWorld(limits);
    worlds.set(id, created);
    return created;
  }

  function foreignView(token: string, shortId: string): ForeignView | undefined {
    const appId = worlds.get(SERVER_WORLD)?.kept.shortId.get(shortId)?.value;
    const kept = appId === undefined ? undefined : worlds.get(appId)?.kept;
    const record = kept?.token.get(token)?.value;
    if (appId === undefined || record === undefined) return undefined;
    return { appId, token: record, clock: kept?.clock.get(ONLY)?.value };
  }

  return {
    readWorld: (id, at) => {
      const own = viewOf(worlds.get(id), at);
      const { token, tokenShortId } = at;
      if (own.token !== undefined || token === undefined || tokenShortId === undefined) return own;
      const foreign = foreignView(token, tokenShortId);
      return foreign === undefined ? own : { ...own, foreign };
    },
    get: (id, collection, key) => entryOf(worlds.get(id)?.kept[collection].get(key)),
    list: (id, collection) => valuesOf(worlds.get(id)?.kept[collection].entries ?? new Map()),
    size: (id, collection) => worlds.get(id)?.kept[collection].entries.size ?? 0,
    log: (id, name, newest) => worlds.get(id)?.logs[name].view(newest) ?? EMPTY_LOG,
    commit: (id, writes) => {
      const outcome = commit(worldAt(id), writes, { limits, nextRevision });
      if (outcome === 'committed') weigh(writes, addJournalBytes);
      if (outcome === 'committed' && listeners.size > 0) notify(listeners, writes);
      return outcome;
    },
    take: (id, counter, limit) => take(worldAt(id), counter, limit),
    drop: (id) => {
      worlds.delete(id);
      snapshots.delete(id);
    },
    watchJournal: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshots: {
      save: (id, snapshotId, parts) => {
        const saved = snapshots.get(id) ?? new BoundedMap<Snapshot>(SNAPSHOTS_MAX);
        saved.set(snapshotId, { ...copyOf(worldAt(id), parts, limits), parts });
        snapshots.set(id, saved);
      },
      restore: (id, snapshotId) => {
        const saved = snapshots.get(id)?.get(snapshotId);
        if (saved === undefined) return false;
        replaceParts(worldAt(id), saved.parts, copyOf(saved, saved.parts, limits));
        return true;
      },
    },
    census: {
      journalEvictions: () => journalEvictions,
      tokens: (id, nowMs) => countTokens(worlds.get(id)?.kept.token.entries ?? new Map(), nowMs),
    },
    shared: false,
    close: () => undefined,
  };
}

function viewOf(world: World | undefined, { token, msgId, operation }: At): WorldView {
  if (world === undefined) return NOTHING;
  const { kept, counters } = world;
  return {
    app: entryOf(kept.app.get(ONLY)),
    clock: entryOf(kept.clock.get(ONLY)),
    token: token === undefined ? undefined : entryOf(kept.token.get(token)),
    foreign: undefined,
    msgIdSeen: msgId !== undefined && kept.msgId.get(msgId) !== undefined,
    script: operation === undefined ? undefined : kept.script.get(operation)?.value,
    counters: counters.entries,
  };
}

const EMPTY_LOG: LogView<never> = { records: [], appended: 0, evicted: new Map() };

function entryOf<T>(slot: Slot<T> | undefined): Entry<T> | undefined {
  return slot === undefined ? undefined : { revision: slot.revision, value: slot.value };
}

function valuesOf<T>(entries: ReadonlyMap<string, Slot<T>>): ReadonlyMap<string, T> {
  return new Map(Array.from(entries, ([id, { value }]) => [id, value]));
}

function createWorld(limits: WorldLimits): World {
  return {
    kept: {
      app: new BoundedMap(1),
      clock: new BoundedMap(1),
      token: new BoundedMap(limits.tokensMax),
      accessToken: new BoundedMap(ACCESS_TOKENS_MAX),
      msgId: new BoundedMap(MSG_IDS_MAX),
      // One for each operation.
      script: new BoundedMap(Number.POSITIVE_INFINITY),
      snapshot: new BoundedMap(SNAPSHOTS_MAX),
      shortId: new BoundedMap(Number.POSITIVE_INFINITY),
    },
    counters: new BoundedMap(COUNTERS_MAX),
    logs: createLogs(limits),
  };
}

function createLogs(limits: WorldLimits): World['logs'] {
  const { journalRecordsMax: recordsMax, journalBytesMax: bytesMax, onJournalDrop: onDrop } = limits;
  return {
    journal: new BoundedLog({ recordsMax, bytesMax, onDrop }),
    ledger: new BoundedLog({ recordsMax: limits.ledgerRecordsMax, bytesMax: Number.POSITIVE_INFINITY }),
  };
}

interface Means {
  readonly limits: WorldLimits;
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
    case 'forget':
    case 'uncount':
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
    case 'uncount':
      world.counters.delete(write.counter);
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
    case 'forget':
      world.logs.journal.forget(({ appId }) => appId === write.appId);
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

function take({ counters }: World, counter: string, limit: number): number | undefined {
  const taken = counters.get(counter) ?? 0;
  if (taken >= limit) return undefined;
  counters.set(counter, taken + 1);
  return taken;
}

function* journalsOf(worlds: Iterable<World>): Iterable<BoundedLog<JournalRecord>> {
  for (const { logs } of worlds) yield logs.journal;
}

function weigh(writes: readonly Write[], add: (bytes: number) => void): void {
  for (const write of writes) if (write.kind === 'append' && write.log === 'journal') add(write.bytes);
}

function notify(listeners: ReadonlySet<JournalListener>, writes: readonly Write[]): void {
  for (const write of writes) {
    if (write.kind !== 'append' || write.log !== 'journal') continue;
    for (const listener of listeners) listener(write.record);
  }
}

function clear(world: World, parts: readonly string[], limits: WorldLimits): void {
  replaceParts(world, parts, createWorld(limits));
}

function replaceParts(world: World, parts: readonly string[], from: World): void {
  world.kept = pick(parts, { from: from.kept, rest: world.kept });
  world.logs = pick(parts, { from: from.logs, rest: world.logs });
  if (parts.includes('counters')) world.counters = from.counters;
}

/** An independent copy of some parts. Slots and logs are copied, because they change in place; the values in them do not. */
function copyOf({ kept, counters, logs }: World, parts: readonly Part[], limits: WorldLimits): World {
  const copy = createWorld(limits);
  for (const collection of Object.keys(kept) as Collection[]) {
    if (!parts.includes(collection)) continue;
    const slots = copy.kept[collection] as BoundedMap<Slot<unknown>>;
    for (const [id, slot] of kept[collection].entries) slots.set(id, { ...slot });
  }
  for (const [counter, count] of counters.entries) copy.counters.set(counter, count);
  const copied = (name: LogName) => (parts.includes(name) ? logs[name].copy() : copy.logs[name]);
  return { ...copy, logs: { journal: copied('journal'), ledger: copied('ledger') } as World['logs'] };
}

/** The named members from one object, the rest from the other. */
function pick<T extends object>(names: readonly string[], { from, rest }: { readonly from: T; readonly rest: T }): T {
  return Object.fromEntries(
    Object.keys(rest).map((name) => [name, (names.includes(name) ? from : rest)[name as keyof T]]),
  ) as T;
}
