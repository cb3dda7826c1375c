/** The arguments of the script that commits writes in a Redis. test/full/stores/redis.test.ts runs the script. */
import { expect, test } from 'vitest';
import { writeArguments } from '../../../mock-server/carrier/store/redis/write-arguments.js';
import { DEFAULT_LIMITS, ONLY, type Write } from '../../../mock-server/carrier/store/state-store.js';
import { APP, CLOCK, count, journal, ledger, put, putToken, TOKEN } from '../../support/stores/writes.js';

const CONTEXT = { limits: DEFAULT_LIMITS, channel: 'the-channel' };

/** A put always has the expected revision, also that of an id that does not exist: 0. */
const ROWS: readonly { readonly description: string; readonly write: Write; readonly expected: readonly unknown[] }[] =
  [
    {
      description: 'an app',
      write: put('app', ONLY, APP, 7),
      expected: ['put', 'kept', 'app', 7, JSON.stringify(APP), 0],
    },
    {
      description: 'a clock',
      write: put('clock', ONLY, CLOCK),
      expected: ['put', 'kept', 'clock', 0, JSON.stringify(CLOCK), 0],
    },
    {
      description: 'a new token',
      write: putToken('t'),
      expected: ['put', 'token', 't', 0, JSON.stringify(TOKEN), 1_000_000],
    },
    {
      description: 'a used token',
      write: putToken('t', 42),
      expected: ['put', 'token', 't', 42, JSON.stringify(TOKEN), 1_000_000],
    },
    { description: 'a count with a limit', write: count('calls', 5), expected: ['count', 'calls', 5, 10_000] },
    { description: 'a count without a limit', write: count('calls', null), expected: ['count', 'calls', '', 10_000] },
    { description: 'a deleted counter', write: { kind: 'uncount', counter: 'c' }, expected: ['uncount', 'c'] },
    {
      description: 'a removed token',
      write: { kind: 'remove', collection: 'token', id: 't' },
      expected: ['remove', 'token', 't'],
    },
    {
      description: 'cleared parts',
      write: { kind: 'clear', parts: ['journal', 'clock'] },
      expected: ['clear', 'journal', 'remove', 'kept', 'clock'],
    },
    { description: 'a required app', write: { kind: 'requireApp' }, expected: ['requireApp'] },
    {
      description: 'a line of the ledger, which is not published',
      write: ledger('t'),
      expected: ['append', 'ledger', expect.stringMatching(/^\{"taskId":"t",/), 100_000, ''],
    },
    {
      description: 'a journal record: its settings, the rest, and its body unchanged',
      write: journal('r', { body: '{"a":\n"\t"}' }),
      expected: [
        'append',
        'journal',
        expect.stringMatching(/^\{"settings":\{.*\n\{"id":"r",.*\n\{"a":\n"\t"\}$/),
        10_000,
        'the-channel',
      ],
    },
  ];

test.each(ROWS)('$description', ({ write, expected }) => {
  expect(writeArguments(write, CONTEXT)).toEqual(expected);
});
