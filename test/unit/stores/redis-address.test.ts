/** Parses the address in --store. Each mistake has one sentence, which does not quote the address. */
import { describe, expect, test } from 'vitest';
import { readAddress } from '../../../mock-server/carrier/store/redis/address.js';
import { problemOf } from '../../support/bilingual.js';

describe('an address', () => {
  test.each([
    {
      text: 'redis://redis',
      address: { kind: 'server', host: 'redis', port: 6379, options: { db: 0 }, shown: 'redis://redis:6379/0' },
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
      address: { kind: 'server', host: '::1', port: 1, options: { db: 0 }, shown: 'redis://[::1]:1/0' },
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

interface Mistake {
  readonly description: string;
  readonly text: string;
  readonly message: string;
}

/** Each password contains "sesame". */
const MISTAKES: readonly Mistake[] = [
  { description: 'an empty text', text: '', message: 'is not a URL: write an address such as redis://127.0.0.1:6379' },
  { description: 'a host alone', text: '127.0.0.1:6379', message: 'is not a URL' },
  { description: 'a user and a host alone', text: 'me:sesame@redis:6379', message: 'is not a URL' },
  { description: 'one slash', text: 'redis:/:sesame@host', message: 'is not a URL' },
  {
    description: 'another scheme',
    text: 'http://:sesame@host',
    message: 'has an unknown scheme: write redis://, rediss://, redis-cluster://, rediss-cluster://, or "memory"',
  },
  ...[
    { description: 'a #', text: 'redis://:sesa#me@host' },
    { description: 'a # after digits', text: 'redis://me:12#sesame@host' },
    { description: 'a /', text: 'redis://:sesa/me@host' },
    { description: 'a ?', text: 'redis://:sesame?@host' },
    { description: 'an @', text: 'redis://:sesame@@host' },
    { description: 'a bare %', text: 'redis://:100%sesame@host' },
    { description: 'a % in the user', text: 'redis://sesame%:x@host' },
    { description: 'escapes that are not UTF-8', text: 'redis://:sesame%ff@host' },
    { description: 'a space', text: 'redis://:sesame me@host' },
    { description: 'a line break', text: 'redis://:sesame\n@host' },
  ].map((row) => ({ ...row, message: 'must be percent-encoded in UTF-8: write "#" as %23' })),
  ...[
    { description: 'a port that is not a number', text: 'redis://:sesame@host:port' },
    { description: 'a port too high', text: 'redis://:sesame@host:65536/0' },
    { description: 'no host', text: 'redis://:sesame@' },
    { description: 'no host and no port', text: 'redis://' },
    { description: 'no host before the port', text: 'redis://:6379' },
    { description: 'a host with a missing bracket', text: 'redis://:sesame@[::1' },
    { description: 'a host with a space', text: 'redis://:sesame@a b' },
  ].map((row) => ({ ...row, message: 'has an invalid host or port: write it as in redis://127.0.0.1:6379' })),
  {
    description: 'a database that is not a number',
    text: 'redis://:sesame@host/zero',
    message: 'has a database that is not a number from 0 to 9999: write it as in redis://127.0.0.1:6379/0',
  },
  { description: 'a path', text: 'redis://:sesame@host/0/1', message: 'has a database that is not a number' },
  { description: 'a query', text: 'redis://:sesame@host/0?db=1', message: 'must have nothing after the database' },
  { description: 'a fragment', text: 'redis://:sesame@host#1', message: 'must have nothing after the database' },
  {
    description: 'a database in the address of a cluster',
    text: 'redis-cluster://:sesame@host/1',
    message: 'must not have a database: a cluster has only database 0',
  },
];

test.each(MISTAKES)('$description is named, and the text is not quoted', ({ text, message }) => {
  const problem = readAddress(text);
  expect(problemOf(problem)).toContain(message);
  expect(JSON.stringify(problem)).not.toMatch(/sesa|me@|\\n/);
});
