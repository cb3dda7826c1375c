/**
 * Parses the address in --store. Each mistake has one sentence, which does not quote the address. The commands that the
 * store sends: their failures, and the log of these.
 */
import { describe, expect, test } from 'vitest';
import { readAddress } from '../../../mock-server/carrier/store/redis/address.js';
import { redisCalls } from '../../../mock-server/carrier/store/redis/calls.js';
import type { ScriptedClient } from '../../../mock-server/carrier/store/redis/connection.js';
import { StoreUnavailableError } from '../../../mock-server/carrier/store/state-store.js';
import { problemOf } from '../../support/bilingual.js';

describe('an address', () => {
  test.each([
    {
      text: 'redis://redis',
      address: {
        kind: 'server',
        host: 'redis',
        port: 6379,
        options: { db: 0 },
        shown: 'redis://redis:6379/0',
      },
    },
    {
      text: 'redis://127.0.0.1:6380/15',
      address: {
        kind: 'server',
        host: '127.0.0.1',
        port: 6380,
        options: { db: 15 },
        shown: 'redis://127.0.0.1:6380/15',
      },
    },
    {
      text: ' REDIS://[::1]:1\n',
      address: {
        kind: 'server',
        host: '::1',
        port: 1,
        options: { db: 0 },
        shown: 'redis://[::1]:1/0',
      },
    },
    {
      text: 'rediss://me:p%40%23%2F%25%E4%B8%AD@h',
      address: {
        kind: 'server',
        host: 'h',
        port: 6379,
        options: { db: 0, username: 'me', password: 'p@#/%中', tls: { servername: 'h' } },
        shown: 'rediss://h:6379/0',
      },
    },
    {
      text: 'redis-cluster://:a:b@h:7000',
      address: {
        kind: 'cluster',
        host: 'h',
        port: 7000,
        options: { password: 'a:b' },
        shown: 'redis-cluster://h:7000',
      },
    },
  ])('$text', ({ text, address }) => {
    expect(readAddress(text)).toEqual(address);
  });
});

const FORMAT =
  'must be redis://, rediss://, redis-cluster://, rediss-cluster:// with a host, such as redis://127.0.0.1:6379/0';
const ENCODING = 'must be percent-encoded in UTF-8: write "#" as %23';

/** Each password contains "sesame". */
test.each([
  { description: 'an empty text', text: '', message: FORMAT },
  { description: 'a host alone', text: '127.0.0.1:6379', message: FORMAT },
  { description: 'one slash', text: 'redis:/:sesame@host', message: FORMAT },
  { description: 'another scheme', text: 'http://:sesame@host', message: FORMAT },
  { description: 'a #', text: 'redis://:sesa#me@host', message: ENCODING },
  { description: 'a /', text: 'redis://:sesa/me@host', message: ENCODING },
  { description: 'a ?', text: 'redis://:sesame?@host', message: ENCODING },
  { description: 'an @', text: 'redis://:sesame@@host', message: ENCODING },
  { description: 'a bare %', text: 'redis://:100%sesame@host', message: ENCODING },
  { description: 'escapes that are not UTF-8', text: 'redis://:sesame%ff@host', message: ENCODING },
  { description: 'a line break', text: 'redis://:sesame\n@host', message: ENCODING },
  { description: 'a port too high', text: 'redis://:sesame@host:65536/0', message: FORMAT },
  { description: 'no host', text: 'redis://:sesame@', message: FORMAT },
  { description: 'no host before the port', text: 'redis://:6379', message: FORMAT },
  { description: 'a host with a space', text: 'redis://:sesame@a b', message: FORMAT },
  {
    description: 'a database that is not a number',
    text: 'redis://:sesame@host/zero',
    message: FORMAT,
  },
  { description: 'a path', text: 'redis://:sesame@host/0/1', message: FORMAT },
  { description: 'a query', text: 'redis://:sesame@host/0?db=1', message: FORMAT },
  {
    description: 'a database of a cluster',
    text: 'redis-cluster://:sesame@host/1',
    message: FORMAT,
  },
])('$description is named, and the text is not quoted', ({ text, message }) => {
  const problem = readAddress(text);
  expect(problemOf(problem)).toContain(message);
  expect(JSON.stringify(problem)).not.toMatch(/sesa|me@|\\n/);
});

const SCRIPT = 'script: 9e984e4c36e2a34947df8079051381db9f33c190, on @user_script:44.';
const OOM = "OOM command not allowed when used memory > 'maxmemory'.";
const KEY = 'cmpassport:{300000000001}:';

/** A client whose scripts fail with the given errors, one per call, and whose reads succeed. */
function scene(errors: readonly string[]) {
  const logged: string[] = [];
  const left = [...errors];
  const script = async () => {
    const message = left.shift();
    if (message !== undefined) throw new Error(message);
    return 0;
  };
  const client = {
    status: 'ready',
    readPartition: async () => [],
    commitWrites: script,
  };
  const calls = redisCalls(client as unknown as ScriptedClient, {
    shown: 'redis://h:6379/0',
    log: {
      language: 'en',
      error: ({ en }) => void logged.push(en),
      warn: () => undefined,
      info: () => undefined,
      debug: () => undefined,
      request: () => undefined,
    },
  });
  return { calls, logged, left };
}

describe('a refused commit', () => {
  test('is logged once, even if reads succeed meanwhile, and again after a successful commit', async () => {
    const readOnly = "READONLY You can't write against a read only replica.";
    const { calls, logged } = scene([readOnly, `${readOnly} ${SCRIPT}`]);
    const message = `the store redis://h:6379/0 cannot be used: ${readOnly}`;
    for (let at = 0; at < 2; at += 1) {
      await calls.readPartition(KEY, []);
      await expect(calls.commit(KEY, [])).rejects.toEqual(
        new StoreUnavailableError({
          en: message,
          zh: `状态存储 redis://h:6379/0 不可用：${readOnly}`,
        }),
      );
    }
    expect(logged).toEqual([`the store redis://h:6379/0 refuses a command: ${readOnly}`]);
    await calls.commit(KEY, []);
  });

  test('is not sent again', async () => {
    const { calls, left } = scene([`${OOM} ${SCRIPT}`, OOM]);
    await expect(calls.commit(KEY, [])).rejects.toThrow(OOM);
    expect(left).toEqual([OOM]);
  });
});
