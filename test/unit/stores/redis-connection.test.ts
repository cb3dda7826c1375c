/** The store in a Redis over a connection that records its commands and returns given replies. What the scripts do is tested with a Redis. */
import { EventEmitter } from 'node:events';
import type { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import type { Connection } from '../../../mock-server/carrier/store/redis/connection.js';
import { createFeed } from '../../../mock-server/carrier/store/redis/feed.js';
import { journalText } from '../../../mock-server/carrier/store/redis/journal-text.js';
import { stepsOf } from '../../../mock-server/carrier/store/redis/logs.js';
import { createRedisStore } from '../../../mock-server/carrier/store/redis/store.js';
import {
  COUNTERS_MAX,
  DEFAULT_LIMITS,
  type JournalRecord,
  ONLY,
  SERVER_PARTITION,
  type StoreLimits,
} from '../../../mock-server/carrier/store/state-store.js';
import { silentLog } from '../../../mock-server/telemetry/log.js';
import { APP, CLOCK, count, journal, PLATFORM_KEY, TOKEN } from '../../support/stores/writes.js';

const OWN = 'p:{own}:';
const SERVER = 'p:{/server}:';
const CHANNELS = 'p:journal:*';

type Command = readonly [name: string, ...args: unknown[]];
type Reply = (...args: readonly unknown[]) => unknown;

/** A connection for subscriptions. */
class Subscriber extends EventEmitter {
  readonly commands: Command[] = [];

  async connect(): Promise<void> {
    this.commands.push(['connect']);
  }

  async psubscribe(channels: string): Promise<void> {
    this.commands.push(['psubscribe', channels]);
  }

  disconnect(): void {
    this.commands.push(['disconnect']);
  }
}

const COMMANDS = [
  'get',
  'hget',
  'hgetall',
  'hlen',
  'llen',
  'lrange',
  'lrem',
  'unlink',
  'publish',
] as const;
const SCRIPTS = [
  'readPartition',
  'readToken',
  'commitWrites',
  'takeStep',
  'trimJournal',
  'replaceRecord',
] as const;

/** By default, each command returns null. */
function scene(
  replies: Partial<Readonly<Record<(typeof COMMANDS)[number] | (typeof SCRIPTS)[number], Reply>>>,
  limits: StoreLimits = DEFAULT_LIMITS,
) {
  const commands: Command[] = [];
  const subscribers: Subscriber[] = [];
  const commandOf = (name: (typeof COMMANDS)[number] | (typeof SCRIPTS)[number]) => {
    return async (...args: readonly unknown[]) => {
      commands.push([name, ...args]);
      return replies[name]?.(...args) ?? null;
    };
  };
  const client = {
    status: 'ready',
    ...Object.fromEntries([...COMMANDS, ...SCRIPTS].map((name) => [name, commandOf(name)])),
    disconnect: () => void commands.push(['disconnect']),
  };
  const listener = () => {
    const subscriber = new Subscriber();
    subscribers.push(subscriber);
    return subscriber;
  };
  const connection = {
    client,
    shown: 'redis://h:6379/0',
    whenBack: () => undefined,
    listener,
  } as unknown as Connection;
  const store = createRedisStore({
    connection,
    limits,
    log: silentLog,
    serverId: 'me',
    platformKey: PLATFORM_KEY,
    keyPrefix: 'p',
  });
  return { store, commands, subscribers };
}

const entry = (revision: number, value: unknown) => `${revision} ${JSON.stringify(value)}`;

function recordOf(id: string): JournalRecord {
  const write = journal(id);
  if (write.kind !== 'append' || write.log !== 'journal')
    throw new Error('no record of the journal');
  return write.record;
}

describe('a read for a decision', () => {
  test('names what it wants, and the revision of the app that it has', async () => {
    const replies = [
      [entry(5, APP), null, entry(6, TOKEN), 0, []],
      ['=', null, null, 1, ['calls', '2']],
    ];
    const { store, commands } = scene({ readPartition: () => replies.shift() });
    const first = await store.readPartition('own', { token: 't\ud800', msgId: undefined });
    const second = await store.readPartition('own', { token: undefined, msgId: 'm' });
    expect(commands).toEqual([
      ['readPartition', OWN, ['=t\ufffd', '', '?']],
      ['readPartition', OWN, ['', '=m', '5 ']],
    ]);
    expect(second.app, 'the app of the first read').toBe(first.app);
    expect([first.token?.revision, second.msgIdSeen, second.counters.get('calls')]).toEqual([
      6,
      true,
      2,
    ]);
  });

  test('reads an app again after it was dropped', async () => {
    const { store, commands } = scene({ readPartition: () => [entry(5, APP), null, null, 0, []] });
    await store.readPartition('own', { token: undefined, msgId: undefined });
    await store.drop('own');
    await store.readPartition('own', { token: undefined, msgId: undefined });
    expect(commands.map(([name]) => name)).toEqual(['readPartition', 'unlink', 'readPartition']);
    expect(commands.at(-1)).toEqual(['readPartition', OWN, ['', '', '?']]);
  });
});

describe('a token whose text names another app', () => {
  const NONE = [null, null, null, 0, []];
  const at = (shortId: string) => ({ token: 't', msgId: undefined, shortIdOf: () => shortId });

  test('is read with the clock of that app', async () => {
    const { store, commands } = scene({
      readPartition: () => NONE,
      hget: () => entry(1, 'other'),
      readToken: () => [entry(2, TOKEN), entry(3, CLOCK)],
    });
    const { foreign } = await store.readPartition('own', at('xyz789'));
    expect(foreign).toEqual({
      appId: 'other',
      token: JSON.parse(JSON.stringify(TOKEN)),
      clock: { offsetMs: 5 },
    });
    expect(commands.slice(1)).toEqual([
      ['hget', `${SERVER}shortId`, 'xyz789'],
      ['readToken', 'p:{other}:', ['t']],
    ]);
  });

  test.each([
    { description: 'an unknown short id', named: null, own: null },
    { description: 'the app itself', named: 'own', own: null },
    {
      description: 'another app, but the app has the token too',
      named: 'other',
      own: entry(9, TOKEN),
    },
  ])('is not returned for $description', async ({ named, own }) => {
    const { store } = scene({
      readPartition: () => [null, null, own, 0, []],
      hget: () => (named === null ? null : entry(1, named)),
      readToken: () => [entry(2, TOKEN), null],
    });
    expect((await store.readPartition('own', at('xyz789'))).foreign).toBeUndefined();
  });

  test('is not looked up by the short id of the app itself, once it is known', async () => {
    const { store, commands } = scene({ readPartition: () => [entry(5, APP), null, null, 0, []] });
    for (let turn = 0; turn < 2; turn += 1) await store.readPartition('own', at(APP.shortId));
    expect(commands.filter(([name]) => name === 'hget')).toHaveLength(1);
  });
});

describe('a commit', () => {
  test.each([
    { description: 'the number of dropped records', reply: 0, outcome: 'committed', seen: ['r1'] },
    {
      description: 'nothing, because a revision has changed',
      reply: null,
      outcome: 'stale',
      seen: [],
    },
  ])('returns $outcome if the script returns $description', async ({ reply, outcome, seen }) => {
    const { store, commands } = scene({
      commitWrites: () => reply,
      hgetall: () => ({}),
      llen: () => 0,
    });
    const received: string[] = [];
    store.watchJournal(({ id }) => void received.push(id), 'own');
    expect(await store.commit('own', [count('calls', 5), journal('r1')])).toBe(outcome);
    expect(received, 'the records that listeners received').toEqual(seen);
    const [first] = commands;
    expect(first).toEqual([
      'commitWrites',
      OWN,
      [
        'count',
        'calls',
        5,
        COUNTERS_MAX,
        'append',
        'journal',
        journalText(recordOf('r1')),
        10_000,
        'p:journal:me',
      ],
    ]);
  });

  test('counts the records that it dropped', async () => {
    const { store } = scene({ commitWrites: () => 3, hgetall: () => ({}), llen: () => 0 });
    await store.commit('own', [journal('r1')]);
    expect(store.census.journalEvictions()).toBe(3);
  });

  test('above the common limit of all journals, the largest is trimmed, and the dropped records are counted', async () => {
    const lengths: Readonly<Record<string, number>> = {
      [`${SERVER}journal`]: 1,
      'p:{a}:journal': 40,
      'p:{b}:journal': 2,
    };
    const { store, commands } = scene(
      {
        commitWrites: () => 0,
        hgetall: () => ({ one111: entry(1, 'a'), two222: entry(2, 'b'), ghost0: entry(3, 'b') }),
        llen: (key) => lengths[String(key)],
        trimJournal: () => 28,
      },
      { ...DEFAULT_LIMITS, journalRecordsTotalMax: 16 },
    );
    await store.commit('a', [journal('r1')]);
    await expect.poll(() => store.census.journalEvictions()).toBe(28);
    expect(commands.filter(([name]) => name === 'llen').map(([, key]) => key)).toEqual(
      Object.keys(lengths),
    );
    expect(commands.filter(([name]) => name === 'trimJournal')).toEqual([
      ['trimJournal', 'p:{a}:', [12]],
    ]);
  });
});

describe('a step of a script', () => {
  test.each([
    { description: 'the count before', reply: 4, taken: 4 },
    { description: 'the first count', reply: 0, taken: 0 },
    { description: 'nothing at the limit', reply: null, taken: undefined },
  ])('returns $description', async ({ reply, taken }) => {
    const { store, commands } = scene({ takeStep: () => reply });
    expect(await store.take('own', 'script:x', 5)).toBe(taken);
    expect(commands).toEqual([['takeStep', OWN, ['script:x', 5, COUNTERS_MAX]]]);
  });
});

describe('values and logs', () => {
  test('a value is read from its field, with its revision', async () => {
    const { store, commands } = scene({ hget: () => entry(8, CLOCK) });
    expect(await store.get('own', 'clock', ONLY)).toEqual({ revision: 8, value: { offsetMs: 5 } });
    await store.get(SERVER_PARTITION, 'shortId', 'abc123');
    expect(commands).toEqual([
      ['hget', `${OWN}kept`, 'clock'],
      ['hget', `${SERVER}shortId`, 'abc123'],
    ]);
  });

  test('a list has no value of another collection in the same hash', async () => {
    const { store } = scene({ hgetall: () => ({ app: entry(1, APP), clock: entry(2, CLOCK) }) });
    expect([...(await store.list('own', 'clock')).entries()]).toEqual([[ONLY, { offsetMs: 5 }]]);
  });

  test.each([
    { description: 'all records', newest: undefined, range: [0, Number.MAX_SAFE_INTEGER - 1] },
    { description: 'the newest two', newest: 2, range: [0, 1] },
    { description: 'only the counts', newest: 0, range: undefined },
  ])('a log is read with $description', async ({ newest, range }) => {
    const { store, commands } = scene({
      lrange: () => ['{"taskId":"t"}'],
      llen: () => 5,
      get: () => '7',
    });
    const view = await store.log('own', 'ledger', newest);
    expect(view).toEqual({
      records: range === undefined ? [] : [{ taskId: 't' }],
      appended: 12,
      evicted: 7,
    });
    expect(commands.find(([name]) => name === 'lrange')?.slice(2)).toEqual(range);
    expect(commands.find(([name]) => name === 'get')).toEqual(['get', `${OWN}ledger:evicted`]);
  });

  test('forgotten records are removed by their text, and others stay', async () => {
    const texts = ['c', 'b', 'a'].map((id) => journalText(recordOf(id)));
    const { store, commands } = scene({ lrange: () => texts, lrem: () => 1 });
    await store.forget('own', new Set(['a', 'c', 'unknown']));
    const removed = commands.filter(([name]) => name === 'lrem');
    expect(removed).toEqual([texts[0], texts[2]].map((text) => ['lrem', `${OWN}journal`, 1, text]));
  });

  test('a store that is closed ends both connections', () => {
    const { store, commands, subscribers } = scene({});
    store.watchJournal(() => undefined);
    store.close();
    expect([commands.at(-1), subscribers[0]?.commands.at(-1)]).toEqual([
      ['disconnect'],
      ['disconnect'],
    ]);
  });
});

describe('a journal that is read in steps', () => {
  const read = async (ranges: (from: number, to: number) => readonly string[]) => {
    const entries: string[] = [];
    for await (const step of stepsOf(async (from, to) => ranges(from, to))) entries.push(...step);
    return entries;
  };
  const numbered = (count_: number) => Array.from({ length: count_ }, (_, at) => `e${count_ - at}`);

  test.each([0, 1, 100, 101, 102, 250])('of %i entries has each once', async (length) => {
    const all = numbered(length);
    expect(await read((from, to) => all.slice(from, to + 1))).toEqual(all);
  });

  test('has each once if others are written before each step', async () => {
    let all = numbered(250);
    const expected = [...all];
    const entries = await read((from, to) => {
      const step = all.slice(from, to + 1);
      all = [`new${from}-2`, `new${from}-1`, ...all];
      return step;
    });
    expect(entries).toEqual(expected);
  });
});

describe('the records of other servers', () => {
  function feedScene() {
    const texts: string[] = [];
    const opened: Subscriber[] = [];
    const feed = createFeed({
      channels: CHANNELS,
      ownChannel: 'p:journal:me',
      connect: () => {
        const subscriber = new Subscriber();
        opened.push(subscriber);
        return subscriber as unknown as Redis;
      },
      onMessage: (text) => {
        if (text === 'of another version') throw new Error('cannot be read');
        texts.push(text);
      },
    });
    const receive = (channel: string, text: string) =>
      opened.at(-1)?.emit('pmessage', CHANNELS, channel, text);
    return { feed, texts, opened, receive };
  }

  test('are received, but not its own', () => {
    const { feed, texts, receive } = feedScene();
    feed.listen(true);
    receive('p:journal:other', 'r1');
    receive('p:journal:me', 'r2');
    receive('p:journal:third', 'r3');
    expect(texts).toEqual(['r1', 'r3']);
  });

  test('of another version are skipped', () => {
    const { feed, texts, receive } = feedScene();
    feed.listen(true);
    receive('p:journal:other', 'of another version');
    receive('p:journal:other', 'r1');
    expect(texts).toEqual(['r1']);
  });

  test('are subscribed to again after each connection, over one connection', () => {
    const { feed, opened } = feedScene();
    feed.listen(true);
    feed.listen(true);
    opened[0]?.emit('ready');
    opened[0]?.emit('ready');
    expect(opened.map(({ commands }) => commands)).toEqual([
      [['connect'], ['psubscribe', CHANNELS], ['psubscribe', CHANNELS]],
    ]);
  });

  test('need no connection without a listener, and a new one later', () => {
    const { feed, opened } = feedScene();
    feed.listen(false);
    expect(opened).toEqual([]);
    feed.listen(true);
    feed.listen(false);
    feed.listen(true);
    feed.close();
    expect(opened.map(({ commands }) => commands.at(-1))).toEqual([['disconnect'], ['disconnect']]);
  });

  test('reach the listeners of all servers, and not those of this server alone', async () => {
    const { store, subscribers } = scene({
      commitWrites: () => 0,
      hgetall: () => ({}),
      llen: () => 0,
    });
    const received = { own: [] as string[], all: [] as string[] };
    store.watchJournal(({ id }) => void received.own.push(id), 'own');
    expect(subscribers, 'the connections for listeners of this server').toHaveLength(0);
    const unwatch = store.watchJournal(({ id }) => void received.all.push(id));
    const [subscriber] = subscribers;
    subscriber?.emit('pmessage', CHANNELS, 'p:journal:other', journalText(recordOf('there')));
    await store.commit('own', [journal('here')]);
    expect(received).toEqual({ own: ['here'], all: ['there', 'here'] });
    unwatch();
    expect(subscriber?.commands.at(-1)).toEqual(['disconnect']);
  });
});
