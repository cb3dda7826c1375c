/** The count of calls with a live token survives the process: it is on disk before a call is sent. */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Spending, spendingFile } from '../../../contracts/calibrate/spending.js';
import type { Subject } from '../../../contracts/kit/wire.js';
import { UsageError } from '../../../src/text/usage-error.js';
import { temporaryFolder } from '../../support/files.js';
import { runOn, targetOf, VERIFY, withTokens } from './target.js';

const nowMs = () => Date.UTC(2026, 10, 27);
const fileIn = (folder: string) => join(folder, 'calibration.json.spent');

test('a call is on disk before it may be sent', () => {
  const path = fileIn(temporaryFolder());
  const spending = spendingFile(path, 2, nowMs);
  expect(spending.spent()).toBe(0);
  expect(spending.take('one')).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe('\n2026-11-27T00:00:00.000Z one');
  expect(spending.take('two')).toBe(true);
  expect(spending.take('three')).toBe(false);
  expect(spending.spent()).toBe(2);
});

test('a second process counts the calls of the first', () => {
  const path = fileIn(temporaryFolder());
  const [one, other] = [spendingFile(path, 3, nowMs), spendingFile(path, 3, nowMs)];
  const allowed = [one.take('a'), other.take('b'), one.take('c'), other.take('d'), one.take('e')];
  expect(allowed).toEqual([true, true, true, false, false]);
});

test('a line that is incomplete because the process ended counts', () => {
  const path = fileIn(temporaryFolder());
  appendFileSync(path, '2026-11-27T00:00:00.000Z one\n2026-11');
  const spending = spendingFile(path, 3, nowMs);
  expect(spending.spent()).toBe(2);
  expect([spending.take('x'), spending.take('y')].filter(Boolean).length).toBeLessThanOrEqual(1);
});

test('a count that cannot be written stops the run', () => {
  const path = join(temporaryFolder(), 'no', 'such', 'folder', 'spent');
  expect(() => spendingFile(path, 3, nowMs).take('x')).toThrow(UsageError);
});

test('a folder instead of the file is not an empty count', () => {
  expect(() => spendingFile(temporaryFolder(), 3, nowMs)).toThrow(UsageError);
});

test('a run after finished ones starts at zero', () => {
  const path = fileIn(temporaryFolder());
  for (let finished = 0; finished < 2; finished += 1) {
    const earlier = spendingFile(path, 3, nowMs);
    earlier.take('x');
    earlier.finish();
  }
  const next = spendingFile(path, 3, nowMs);
  expect(next.spent()).toBe(0);
  expect(['a', 'b', 'c', 'd'].map(next.take)).toEqual([true, true, true, false]);
});

class Killed extends Error {}

/** A process that ends at its n-th call with a live token, after the call is counted. */
function killedAt(spending: Spending, calls: number, sent: { count: number }): Spending {
  let callCount = 0;
  return {
    ...spending,
    take: (what) => {
      // The run itself goes on here, because it handles every error.
      if (callCount >= calls) throw new Killed();
      const may = spending.take(what);
      callCount += 1;
      if (may) sent.count += 1;
      if (callCount >= calls) throw new Killed();
      return may;
    },
  };
}

test.each([
  { calls: 1, runs: 4 },
  { calls: 2, runs: 3 },
])('runs that end at call $calls never exceed the limit together', async ({ calls, runs }) => {
  const path = fileIn(temporaryFolder());
  const sent = { count: 0 };
  const limit = 3;
  for (let run = 0; run < runs; run += 1) {
    const readings = { 'refused-call-uses-token': 'yes' };
    const provider = await targetOf({ has: VERIFY, readings });
    const spending = killedAt(spendingFile(path, limit, nowMs), calls, sent);
    await runOn(provider, spending);
  }
  expect(sent.count).toBeLessThanOrEqual(limit);
  expect(spendingFile(path, limit, nowMs).spent()).toBe(sent.count);
});

test('the next run uses the answers that an interrupted run paid for', async () => {
  const path = fileIn(temporaryFolder());
  // More than a run needs, so that the number of its calls is that of its requests.
  const limit = 500;
  const run = async (spending: Spending) => runOn(await targetOf(), spending);
  const sent = { count: 0 };
  const first = await run(killedAt(spendingFile(path, limit, nowMs), 4, sent));
  expect(first.readings['refused-call-uses-token']).toMatchObject({
    notSettled: expect.any(Object),
  });
  const second = spendingFile(path, limit, nowMs);
  const { readings, paidCalls } = await run(second);
  expect(readings['refused-call-uses-token']).toMatchObject({ option: 'no' });
  // The last call of the first run got no answer, so it is made again.
  const alone = await run(spendingFile(fileIn(temporaryFolder()), limit, nowMs));
  expect(paidCalls).toBe(alone.paidCalls + 1);
  expect(alone.paidCalls).toBeLessThan(limit);
  expect(readFileSync(path, 'utf8')).not.toMatch(/STsid\d|"1[3-9]\d{9}"/);
});

test('the next run makes the calls again that only a gateway responded to', async () => {
  const tokens: string[] = [];
  let isDown = true;
  const subject = (own: Subject): Subject => ({
    send: async (request) => {
      const isLive = tokens.some((token) => request.body.includes(token));
      return isDown && isLive
        ? { status: 503, headers: {}, body: 'no upstream' }
        : own.send(request);
    },
  });
  const provider = withTokens(await targetOf({ subject }), (own) => async () => {
    const issued = await own();
    tokens.push(issued.token);
    return issued;
  });
  const path = fileIn(temporaryFolder());
  const run = async () =>
    (await runOn(provider, spendingFile(path, 30, nowMs))).readings['refused-call-uses-token'];
  expect(await run()).toHaveProperty('notSettled');
  isDown = false;
  expect(await run()).toMatchObject({ option: 'no' });
});
