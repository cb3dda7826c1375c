/**
 * Parts of the store in a Redis: the names of its keys, the limits of its collections, the steps in which it reads a
 * journal, and its subscription to the records of other servers. test/full/stores tests the store with a Redis.
 */
import { EventEmitter } from 'node:events';
import type { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { createFeed } from '../../../mock-server/carrier/store/redis/feed.js';
import { fieldOf, partitionPrefix } from '../../../mock-server/carrier/store/redis/keys.js';
import { stepsOf } from '../../../mock-server/carrier/store/redis/logs.js';
import { writeArguments } from '../../../mock-server/carrier/store/redis/write-arguments.js';
import {
  ACCESS_TOKENS_MAX,
  DEFAULT_LIMITS,
  MSG_IDS_MAX,
  SERVER_PARTITION,
} from '../../../mock-server/carrier/store/state-store.js';
import { put, TOKEN } from '../../support/stores/writes.js';

describe('the keys of a partition', () => {
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

  test('a field has no half of a surrogate pair', () => {
    expect(fieldOf('a\udc00')).toBe('a\ufffd');
  });
});

describe('how many ids a collection keeps', () => {
  const accessToken = { taskId: 't', issuedAtMs: 1, expiresAtMs: 2, redeemed: false };

  test.each([
    { collection: 'token', write: put('token', 't', TOKEN), kept: 11 },
    {
      collection: 'accessToken',
      write: put('accessToken', 'a', accessToken),
      kept: ACCESS_TOKENS_MAX,
    },
    { collection: 'msgId', write: put('msgId', 'm', true), kept: MSG_IDS_MAX },
    { collection: 'shortId', write: put('shortId', 'abc123', 'app'), kept: 0 },
  ])('$collection: $kept', ({ write, kept }) => {
    const limits = { ...DEFAULT_LIMITS, tokensMax: 11 };
    expect(writeArguments(write, { limits, channel: '' }).at(-1)).toBe(kept);
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

const CHANNELS = 'p:journal:*';

type Command = readonly [name: string, ...args: unknown[]];

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
});
