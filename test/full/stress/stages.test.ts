/** The stress runs of bench/stress at a size that takes seconds: each holds. */
import { expect, test } from 'vitest';
import { attack } from '../../../bench/stress/attack.js';
import { clock } from '../../../bench/stress/clock.js';
import { connections } from '../../../bench/stress/connections.js';
import { fuzz } from '../../../bench/stress/fuzz/fuzz.js';
import { soak } from '../../../bench/stress/soak.js';
import type { StageInput, StageOutcome } from '../../../bench/stress/stage.js';
import { tokens } from '../../../bench/stress/tokens.js';

const BUSY_MACHINE_MS = 300_000;

interface StageRow {
  readonly description: string;
  readonly size: number;
  readonly run: (input: StageInput) => Promise<StageOutcome>;
  /** A figure that shows that something was done. */
  readonly done: string;
}

test.each<StageRow>([
  { description: 'spoiled requests and random bytes get documented answers', size: 800, run: fuzz, done: 'requests' },
  { description: 'the sums of a long day are right', size: 1_000, run: soak, done: 'charged' },
  {
    description: 'good requests succeed beside bad connections, and all is given back',
    size: 5,
    run: (input) => connections({ ...input, rounds: 1 }),
    done: 'descriptors before and after',
  },
  { description: 'the oldest of many tokens make room', size: 3_000, run: tokens, done: 'heap a token' },
  { description: 'what once exhausted the server does no harm', size: 12, run: attack, done: 'heap before and after' },
  { description: 'a clock that jumps is obeyed', size: 200, run: clock, done: 'moves of the clock' },
])(
  '$description',
  async ({ size, run, done }) => {
    const enough = new AbortController().signal;
    const { problems, figures } = await run({ size, seed: 1, progress: () => undefined, enough });
    expect(problems).toEqual([]);
    expect(new Map(figures).get(done)).toMatch(/[1-9]/);
  },
  BUSY_MACHINE_MS,
);

test('a run that is told that it is enough reports what it has done', async () => {
  const { figures } = await soak({ size: 10_000_000, seed: 1, progress: () => undefined, enough: AbortSignal.abort() });
  expect(Number(new Map(figures).get('requests'))).toBeLessThan(10_000);
});
