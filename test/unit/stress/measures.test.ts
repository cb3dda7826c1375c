/** What the stages judge by: answers read from bytes, a trend of memory, a clock that may have shown a time. */
import { describe, expect, test } from 'vitest';
import { ClockModel } from '../../../bench/stress/clock-model.js';
import { growthOf, memoryProblems, type Sample } from '../../../bench/stress/memory.js';
import { readReply } from '../../../bench/stress/replies.js';

describe('an answer in bytes', () => {
  const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';
  const chunked = 'HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n';

  test.each([
    { description: 'with a length', bytes: `${whole}HTTP`, status: 200, body: '{}', taken: whole.length },
    { description: 'in chunks', bytes: `${chunked}H`, status: 400, body: '{}', taken: chunked.length },
    {
      description: 'behind an interim one',
      bytes: `HTTP/1.1 100 Continue\r\n\r\n${whole}`,
      status: 200,
      body: '{}',
      taken: 25 + whole.length,
    },
    { description: 'without a body', bytes: 'HTTP/1.1 204 No Content\r\n\r\nHT', status: 204, body: '', taken: 27 },
  ])('$description is read', ({ bytes, status, body, taken }) => {
    const read = readReply(Buffer.from(bytes), false);
    expect(read).toMatchObject({ bytes: taken, reply: { status, body } });
  });

  test.each([whole.slice(0, -1), whole.slice(0, 20), chunked.slice(0, -1), chunked.slice(0, -12)])(
    'that has not all come is waited for: %j',
    (bytes) => {
      expect(readReply(Buffer.from(bytes), false)).toBeUndefined();
    },
  );
});

describe('the trend of memory', () => {
  const MB = 1024 * 1024;
  const samplesOf = (heaps: readonly number[]): readonly Sample[] =>
    heaps.map((heap, at) => ({ done: at * 10_000, held: { heapBytes: heap * MB, rssBytes: 0, descriptors: 0 } }));

  test.each([
    { description: 'flat', heaps: [10, 20, 20, 20, 20, 20, 20, 20], problems: 0 },
    { description: 'rising in its first half only', heaps: [10, 20, 30, 40, 40, 40, 40, 40], problems: 0 },
    { description: 'with one odd sample', heaps: [20, 20, 20, 20, 20, 20, 90, 20], problems: 0 },
    { description: 'rising', heaps: [10, 20, 21, 22, 30, 32, 34, 36], problems: 1 },
  ])('$description: $problems problems', ({ heaps, problems }) => {
    expect(memoryProblems(samplesOf(heaps))).toHaveLength(problems);
  });

  test('is what the second half gained', () => {
    expect(growthOf(samplesOf([0, 5, 10, 12, 14, 16]))).toBeCloseTo(4 * MB);
  });
});

describe('a clock', () => {
  const RANGE = { minMs: 0, maxMs: 1_000_000 };
  const span = (sentMs: number, receivedMs: number) => ({ sentMs, receivedMs });

  test.each([
    { description: 'a running one shows its time', nowMs: 150, at: span(100, 200), expected: true },
    { description: 'and none outside of it', nowMs: 201, at: span(100, 200), expected: false },
    { description: 'while it is moved, the time before', nowMs: 1_005, at: span(1_000, 1_010), expected: true },
    { description: 'and the time after', nowMs: 501_005, at: span(1_000, 1_010), expected: true },
    { description: 'but none in between', nowMs: 2_000, at: span(1_000, 1_010), expected: false },
    { description: 'moved, no longer the time before', nowMs: 1_500, at: span(1_400, 1_600), expected: false },
    { description: 'stopped, that moment', nowMs: 77, at: span(2_100, 2_200), expected: true },
    { description: 'and no other', nowMs: 78, at: span(2_100, 2_200), expected: false },
    { description: 'beyond the end of time, the end', nowMs: 1_000_000, at: span(3_100, 3_200), expected: true },
  ])('$description', ({ nowMs, at, expected }) => {
    const model = new ClockModel(RANGE);
    model.moved({ offsetMs: 500_000 }, span(1_000, 1_010));
    model.moved({ frozenAtMs: 77 }, span(2_000, 2_010));
    model.moved({ offsetMs: 999_000 }, span(3_000, 3_010));
    expect(model.canShow(nowMs, at)).toBe(expected);
  });
});
