/** Log lines when standard error is full, closed or slow: lost lines are counted, and reported when a line can be written again. */
import { describe, expect, test } from 'vitest';
import type { LogLine } from '../../../mock-server/telemetry/log.js';
import { logWriter } from '../../../mock-server/telemetry/log-writer.js';

type Result = 'all' | number | 'EAGAIN' | 'ENOSPC' | 'EPIPE';

const format = ({ severity, message }: LogLine) => `${severity} ${message}\n`;

/** A log writer whose write attempts have the given results, one after another; later attempts succeed. */
function writerWith(...results: Result[]) {
  const tally = { linesLost: 0 };
  const state = { written: '', attempts: 0, pauses: 0 };
  const write = (bytes: Uint8Array): number => {
    state.attempts += 1;
    const result = results.shift() ?? 'all';
    if (typeof result === 'string' && result !== 'all')
      throw Object.assign(new Error(`${result}: write`), { code: result });
    const written = result === 'all' ? bytes : bytes.subarray(0, result);
    state.written += Buffer.from(written).toString();
    return written.length;
  };
  const pause = () => {
    state.pauses += 1;
  };
  const put = logWriter({ format, tally, language: 'en', write, pause });
  const log = (message: string) => put({ timeMs: 0, severity: 'info', message, fields: {}, secrets: undefined });
  return { log, state, tally };
}

const times = (count: number, result: Result): Result[] => Array.from({ length: count }, () => result);

test('a line is written completely, in several writes if necessary', () => {
  const { log, state, tally } = writerWith(3, 1, 'all');
  log('one');
  expect(state).toEqual({ written: 'info one\n', attempts: 3, pauses: 0 });
  expect(tally.linesLost).toBe(0);
});

describe.each(['ENOSPC', 'EPIPE'] as const)('at %s', (code) => {
  test('lines are lost, and the next written line reports them first', () => {
    const { log, state, tally } = writerWith(code, code, code);
    for (const message of ['one', 'two', 'three', 'four', 'five']) log(message);
    expect(state.written).toBe(
      `error 3 log lines were lost, because the log could not be written: ${code}: write\ninfo four\ninfo five\n`,
    );
    expect(state.pauses).toBe(0);
    expect(tally.linesLost).toBe(3);
  });

  test('a single lost line is reported in the singular', () => {
    const { log, state } = writerWith(code);
    for (const message of ['one', 'two']) log(message);
    expect(state.written).toContain('error 1 log line was lost, because the log could not be written');
  });

  test('after a partial line, the next one begins on a new line', () => {
    const { log, state, tally } = writerWith(4, code);
    for (const message of ['one', 'two']) log(message);
    expect(state.written.split('\n')).toEqual(['info', expect.stringMatching(/^error 1 log line /), 'info two', '']);
    expect(tally.linesLost).toBe(1);
  });

  test('a lost report is written later', () => {
    const { log, state, tally } = writerWith(code, code, 'all', code);
    for (const message of ['one', 'two', 'three', 'four']) log(message);
    expect(state.written.match(/^error \d+ /gm)).toEqual(['error 2 ', 'error 1 ']);
    expect(tally.linesLost).toBe(3);
  });
});

describe('with a full pipe', () => {
  test('a reader that catches up loses nothing', () => {
    const { log, state, tally } = writerWith(...times(19, 'EAGAIN'));
    log('one');
    expect(state).toMatchObject({ written: 'info one\n', pauses: 19 });
    expect(tally.linesLost).toBe(0);
  });

  test('the log waits for a stopped reader once, not for each line', () => {
    const { log, state, tally } = writerWith(...times(22, 'EAGAIN'));
    log('one');
    expect(state).toMatchObject({ attempts: 20, pauses: 19 });
    log('two');
    log('three');
    expect(state).toMatchObject({ attempts: 22, pauses: 19, written: '' });
    log('four');
    expect(state.written).toMatch(/^error 3 log lines .* EAGAIN: write\ninfo four\n$/);
    expect(tally.linesLost).toBe(3);
  });
});
