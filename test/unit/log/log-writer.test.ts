/** The log's lines where standard error is full, gone or slow: what is lost is counted, and said when there is room again. */
import { describe, expect, test } from 'vitest';
import type { LogLine } from '../../../mock-server/telemetry/log.js';
import { logWriter } from '../../../mock-server/telemetry/log-writer.js';

type Answer = 'all' | number | 'EAGAIN' | 'ENOSPC' | 'EPIPE';

const format = ({ severity, message }: LogLine) => `${severity} ${message}\n`;

/** A place that answers each attempt to write as it is told, and takes everything when there is nothing left to tell. */
function place(...answers: Answer[]) {
  const tally = { linesLost: 0 };
  const state = { written: '', attempts: 0, pauses: 0 };
  const write = (bytes: Uint8Array): number => {
    state.attempts += 1;
    const answer = answers.shift() ?? 'all';
    if (typeof answer === 'string' && answer !== 'all')
      throw Object.assign(new Error(`${answer}: write`), { code: answer });
    const taken = answer === 'all' ? bytes : bytes.subarray(0, answer);
    state.written += Buffer.from(taken).toString();
    return taken.length;
  };
  const pause = () => {
    state.pauses += 1;
  };
  const put = logWriter({ format, tally, language: 'en', write, pause });
  const log = (message: string) => put({ timeMs: 0, severity: 'info', message, fields: {}, secrets: undefined });
  return { log, state, tally };
}

const times = (count: number, answer: Answer): Answer[] => Array.from({ length: count }, () => answer);

test('a line is written whole, in as many pieces as it takes', () => {
  const { log, state, tally } = place(3, 1, 'all');
  log('one');
  expect(state).toEqual({ written: 'info one\n', attempts: 3, pauses: 0 });
  expect(tally.linesLost).toBe(0);
});

describe.each(['ENOSPC', 'EPIPE'] as const)('at %s', (code) => {
  test('a line is lost, and the next one that can be written says so first', () => {
    const { log, state, tally } = place(code, code, code);
    for (const message of ['one', 'two', 'three', 'four', 'five']) log(message);
    expect(state.written).toBe(
      `error 3 lines of this log are lost, because it could not be written: ${code}: write\ninfo four\ninfo five\n`,
    );
    expect(state.pauses).toBe(0);
    expect(tally.linesLost).toBe(3);
  });

  test('a single line is told as one', () => {
    const { log, state } = place(code);
    for (const message of ['one', 'two']) log(message);
    expect(state.written).toContain('error 1 line of this log is lost, because it could not be written');
  });

  test('what comes after half a line begins anew', () => {
    const { log, state, tally } = place(4, code);
    for (const message of ['one', 'two']) log(message);
    expect(state.written.split('\n')).toEqual(['info', expect.stringMatching(/^error 1 line /), 'info two', '']);
    expect(tally.linesLost).toBe(1);
  });

  test('a report that is lost is not said to be written', () => {
    const { log, state, tally } = place(code, code, 'all', code);
    for (const message of ['one', 'two', 'three', 'four']) log(message);
    expect(state.written.match(/^error \d+ /gm)).toEqual(['error 2 ', 'error 1 ']);
    expect(tally.linesLost).toBe(3);
  });
});

describe('of a full pipe', () => {
  test('a reader that catches up loses nothing', () => {
    const { log, state, tally } = place(...times(19, 'EAGAIN'));
    log('one');
    expect(state).toMatchObject({ written: 'info one\n', pauses: 19 });
    expect(tally.linesLost).toBe(0);
  });

  test('a reader that stands still is waited for once, and not by every line', () => {
    const { log, state, tally } = place(...times(22, 'EAGAIN'));
    log('one');
    expect(state).toMatchObject({ attempts: 20, pauses: 19 });
    log('two');
    log('three');
    expect(state).toMatchObject({ attempts: 22, pauses: 19, written: '' });
    log('four');
    expect(state.written).toMatch(/^error 3 lines .* EAGAIN: write\ninfo four\n$/);
    expect(tally.linesLost).toBe(3);
  });
});
