/** The measurements of the stress stages: parsed responses, the trend of memory, the possible times of a clock. */
import { describe, expect, test } from 'vitest';
import { ClockModel } from '../../../bench/stress/clock-model.js';
import { growthOf, memoryProblems, type Sample } from '../../../bench/stress/memory.js';
import { readReply } from '../../../bench/stress/replies.js';

describe('a response in bytes', () => {
  const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';
  const chunked = 'HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n';

  test.each([
    { description: 'with a length', bytes: `${whole}HTTP`, status: 200, body: '{}', length: whole.length },
    { description: 'in chunks', bytes: `${chunked}H`, status: 400, body: '{}', length: chunked.length },
    {
      description: 'after an interim response',
      bytes: `HTTP/1.1 100 Continue\r\n\r\n${whole}`,
      status: 200,
      body: '{}',
      length: 25 + whole.length,
    },
    { description: 'without a body', bytes: 'HTTP/1.1 204 No Content\r\n\r\nHT', status: 204, body: '', length: 27 },
  ])('$description is parsed', ({ bytes, status, body, length }) => {
    const read = readReply(Buffer.from(bytes), false);
    expect(read).toMatchObject({ bytes: length, reply: { status, body } });
  });

  test.each([whole.slice(0, -1), whole.slice(0, 20), chunked.slice(0, -1), chunked.slice(0, -12)])(
    'that is incomplete is undefined: %j',
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

  test('is the growth of the second half', () => {
    expect(growthOf(samplesOf([0, 5, 10, 12, 14, 16]))).toBeCloseTo(4 * MB);
  });
});

describe('a clock', () => {
  const RANGE = { minMs: 0, maxMs: 1_000_000 };
  const span = (sentMs: number, receivedMs: number) => ({ sentMs, receivedMs });

  test.each([
    { description: 'running: a time within the span is possible', nowMs: 150, at: span(100, 200), expected: true },
    { description: 'running: a time outside the span is impossible', nowMs: 201, at: span(100, 200), expected: false },
    { description: 'during a move: the time before is possible', nowMs: 1_005, at: span(1_000, 1_010), expected: true },
    {
      description: 'during a move: the time after is possible',
      nowMs: 501_005,
      at: span(1_000, 1_010),
      expected: true,
    },
    {
      description: 'during a move: a time in between is impossible',
      nowMs: 2_000,
      at: span(1_000, 1_010),
      expected: false,
    },
    {
      description: 'after a move: the time before is impossible',
      nowMs: 1_500,
      at: span(1_400, 1_600),
      expected: false,
    },
    { description: 'frozen: the frozen time is possible', nowMs: 77, at: span(2_100, 2_200), expected: true },
    { description: 'frozen: another time is impossible', nowMs: 78, at: span(2_100, 2_200), expected: false },
    {
      description: 'beyond the maximum: the maximum is possible',
      nowMs: 1_000_000,
      at: span(3_100, 3_200),
      expected: true,
    },
  ])('$description', ({ nowMs, at, expected }) => {
    const model = new ClockModel(RANGE);
    model.moved({ offsetMs: 500_000 }, span(1_000, 1_010));
    model.moved({ frozenAtMs: 77 }, span(2_000, 2_010));
    model.moved({ offsetMs: 999_000 }, span(3_000, 3_010));
    expect(model.canShow(nowMs, at)).toBe(expected);
  });
});
