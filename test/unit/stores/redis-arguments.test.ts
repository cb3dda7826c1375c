/** What the scripts of the Redis store receive and return, without a Redis: keys, arguments, replies. */
import { describe, expect, test } from 'vitest';
import { journalText } from '../../../mock-server/carrier/store/redis/journal-text.js';
import {
  fieldOf,
  idAt,
  journalChannel,
  keysOf,
  partitionPrefix,
  partPlace,
  placeOf,
} from '../../../mock-server/carrier/store/redis/keys.js';
import {
  entryOf,
  toPartitionView,
} from '../../../mock-server/carrier/store/redis/partition-reply.js';
import { COMMIT } from '../../../mock-server/carrier/store/redis/scripts.js';
import { writeArguments } from '../../../mock-server/carrier/store/redis/write-arguments.js';
import {
  ACCESS_TOKENS_MAX,
  COUNTERS_MAX,
  type Collection,
  type JournalRecord,
  MSG_IDS_MAX,
  ONLY,
  SERVER_PARTITION,
  type Write,
} from '../../../mock-server/carrier/store/state-store.js';
import { APP, CLOCK, count, journal, ledger, put, TOKEN } from '../../support/stores/writes.js';

const CONTEXT = {
  limits: {
    tokensMax: 11,
    journalRecordsMax: 22,
    journalRecordsTotalMax: 33,
    ledgerRecordsMax: 44,
  },
  channel: 'cmpassport:journal:me',
};
const RECORD = journal('r1');
const recordOf = (write: Write) =>
  'record' in write ? (write.record as JournalRecord) : undefined;
const LINE = ledger('t1');

const WRITES: readonly {
  readonly description: string;
  readonly write: Write;
  readonly expected: readonly unknown[];
}[] = [
  {
    description: 'a token, of which the store keeps some',
    write: put('token', 't', TOKEN, 7),
    expected: ['put', 'token', 't', 7, JSON.stringify(TOKEN), 11],
  },
  {
    description: 'an accessToken',
    write: put('accessToken', 'a', { taskId: 't', issuedAtMs: 1, expiresAtMs: 2, redeemed: false }),
    expected: [
      'put',
      'accessToken',
      'a',
      0,
      '{"taskId":"t","issuedAtMs":1,"expiresAtMs":2,"redeemed":false}',
      ACCESS_TOKENS_MAX,
    ],
  },
  {
    description: 'a msgid',
    write: put('msgId', 'm', true),
    expected: ['put', 'msgId', 'm', 0, 'true', MSG_IDS_MAX],
  },
  {
    description: 'an app, in the hash of the values that every decision reads, without a bound',
    write: put('app', ONLY, APP, 3),
    expected: ['put', 'kept', 'app', 3, JSON.stringify(APP), 0],
  },
  {
    description: 'a clock',
    write: put('clock', ONLY, CLOCK),
    expected: ['put', 'kept', 'clock', 0, '{"offsetMs":5}', 0],
  },
  {
    description: 'a short id, without a bound',
    write: put('shortId', 'abc123', 'app'),
    expected: ['put', 'shortId', 'abc123', 0, '"app"', 0],
  },
  {
    description: 'an id with half of a surrogate pair',
    write: put('msgId', 'm\ud800', true),
    expected: ['put', 'msgId', 'm\ufffd', 0, 'true', MSG_IDS_MAX],
  },
  {
    description: 'a count with a limit',
    write: count('calls', 5),
    expected: ['count', 'calls', 5, COUNTERS_MAX],
  },
  {
    description: 'a count at the limit 0',
    write: count('calls', 0),
    expected: ['count', 'calls', 0, COUNTERS_MAX],
  },
  {
    description: 'a count without a limit',
    write: count('c', null),
    expected: ['count', 'c', '', COUNTERS_MAX],
  },
  {
    description: 'a deleted counter',
    write: { kind: 'uncount', counter: 'c' },
    expected: ['uncount', 'c'],
  },
  {
    description: 'a removed id',
    write: { kind: 'remove', collection: 'shortId', id: 'abc123' },
    expected: ['remove', 'shortId', 'abc123'],
  },
  {
    description: 'a line of the ledger, which is not published',
    write: LINE,
    expected: ['append', 'ledger', JSON.stringify(recordOf(LINE)), 44, ''],
  },
  {
    description: 'a record of the journal, which is published',
    write: RECORD,
    expected: [
      'append',
      'journal',
      journalText(recordOf(RECORD) as JournalRecord),
      22,
      'cmpassport:journal:me',
    ],
  },
  { description: 'a required app', write: { kind: 'requireApp' }, expected: ['requireApp'] },
  {
    description: 'cleared parts, of which the clock is a field',
    write: { kind: 'clear', parts: ['clock', 'token', 'journal'] },
    expected: ['remove', 'kept', 'clock', 'clear', 'token', 'clear', 'journal'],
  },
];

describe('the arguments of a commit', () => {
  test.each(WRITES)('$description', ({ write, expected }) => {
    expect(writeArguments(write, CONTEXT)).toEqual(expected);
  });

  test('are as many as the script steps over, for each kind', () => {
    const [, table = ''] = /^local sizes = \{(.*)\}$/m.exec(COMMIT) ?? [];
    const sizes = Object.fromEntries(
      Array.from(table.matchAll(/(\w+) = (\d+)/g), ([, kind, size]) => [kind, size]),
    );
    const sent = Object.fromEntries(
      WRITES.filter(({ write }) => write.kind !== 'clear').map(({ expected }) => [
        expected[0],
        `${expected.length}`,
      ]),
    );
    // Each cleared part has its own two arguments.
    expect({ ...sent, clear: '2' }).toEqual(sizes);
  });
});

/** The part of a key that selects its slot in a cluster: between the first brace and the next one. */
function hashTagOf(key: string): string | undefined {
  return /\{([^}]+)\}/.exec(key)?.[1];
}

describe('keys', () => {
  test.each([
    { description: 'an app', partition: '300000000001', prefix: 'p:{300000000001}:' },
    { description: 'the server', partition: SERVER_PARTITION, prefix: 'p:{/server}:' },
    {
      description: 'an app with the name of the server',
      partition: '/server',
      prefix: 'p:{%2Fserver}:',
    },
    { description: 'braces and spaces', partition: 'a}{ b', prefix: 'p:{a%7D%7B%20b}:' },
    { description: 'half of a surrogate pair', partition: '\ud800', prefix: 'p:{%EF%BF%BD}:' },
    {
      description: 'only the beginning of a long text',
      partition: 'x'.repeat(5000),
      prefix: `p:{${'x'.repeat(1000)}}:`,
    },
  ])('$description', ({ partition, prefix }) => {
    expect(partitionPrefix('p', partition)).toBe(prefix);
  });

  test.each(['300000000001', SERVER_PARTITION, 'a}b{c}'])(
    'of partition "%s" are in one slot of a cluster',
    (partition) => {
      const prefix = partitionPrefix('p', partition);
      const tags = new Set([prefix, ...keysOf(prefix)].map(hashTagOf));
      expect([...tags]).toEqual([hashTagOf(prefix)]);
      expect(hashTagOf(prefix)).toBeDefined();
    },
  );

  test('that are deleted with a partition are all that commits write', () => {
    const keys = keysOf('');
    const written = WRITES.flatMap(({ expected: [kind, key] }) => {
      if (kind === 'put') return [`${key}`, `${key}:order`];
      return kind === 'append' ? [`${key}`, `${key}:evicted`] : [];
    });
    for (const key of [...written, 'counters', 'counters:order', 'snapshot', 'revision'])
      expect(keys).toContain(key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  const COLLECTIONS: readonly Collection[] = [
    'app',
    'clock',
    'token',
    'accessToken',
    'msgId',
    'snapshot',
    'shortId',
  ];

  test.each(COLLECTIONS)('the place of an id of %s leads back to the id', (collection) => {
    const id = collection === 'app' || collection === 'clock' ? ONLY : 'id';
    expect(idAt(collection, placeOf(collection, id).field)).toBe(id);
  });

  test('the app and the clock share a hash, and neither is an id of the other', () => {
    expect(placeOf('app', ONLY).hash).toBe(placeOf('clock', ONLY).hash);
    expect([idAt('app', 'clock'), idAt('clock', 'app')]).toEqual([undefined, undefined]);
    expect([partPlace('app'), partPlace('ledger')]).toEqual([
      { hash: 'kept', field: 'app' },
      'ledger',
    ]);
  });

  test('the channel of one server is among those of all, and in no partition', () => {
    expect(journalChannel('p', 'me')).toBe('p:journal:me');
    expect(journalChannel('p', '*')).toBe('p:journal:*');
    expect(fieldOf('a\udc00')).toBe('a\ufffd');
  });
});

describe('the reply of a read', () => {
  const entry = (revision: number, value: unknown) => `${revision} ${JSON.stringify(value)}`;
  const KNOWN = { revision: 4, value: APP };
  const EMPTY = {
    app: undefined,
    clock: undefined,
    token: undefined,
    msgIdSeen: false,
    counters: new Map(),
  };

  test('of a partition that does not exist is empty, even if its app is cached', () => {
    expect(toPartitionView([null, null, null, null, []], undefined)).toEqual(EMPTY);
    expect(toPartitionView([null, null, null, 0, []], KNOWN)).toEqual(EMPTY);
  });

  test('has each value with its revision, and the counters', () => {
    const reply = [
      entry(5, APP),
      entry(6, CLOCK),
      entry(7, TOKEN),
      1,
      ['a', '3', 'b', '0'],
    ] as const;
    expect(toPartitionView(reply, KNOWN)).toEqual({
      app: { revision: 5, value: APP },
      clock: { revision: 6, value: { offsetMs: 5 } },
      token: { revision: 7, value: JSON.parse(JSON.stringify(TOKEN)) },
      msgIdSeen: true,
      counters: new Map([
        ['a', 3],
        ['b', 0],
      ]),
    });
  });

  test('"=" is the cached app itself', () => {
    expect(toPartitionView(['=', null, null, 0, []], KNOWN).app).toBe(KNOWN);
  });

  test('a value may contain spaces', () => {
    expect(entryOf('12 "a b c"')).toEqual({ revision: 12, value: 'a b c' });
    expect(entryOf(null)).toBeUndefined();
  });
});
