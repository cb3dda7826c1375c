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
  { description: 'a database that is not a number', text: 'redis://:sesame@host/zero', message: FORMAT },
  { description: 'a path', text: 'redis://:sesame@host/0/1', message: FORMAT },
  { description: 'a query', text: 'redis://:sesame@host/0?db=1', message: FORMAT },
  { description: 'a database of a cluster', text: 'redis-cluster://:sesame@host/1', message: FORMAT },
])('$description is named, and the text is not quoted', ({ text, message }) => {
  const problem = readAddress(text);
  expect(problemOf(problem)).toContain(message);
  expect(JSON.stringify(problem)).not.toMatch(/sesa|me@|\\n/);
});
