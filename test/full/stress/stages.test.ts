/** The stages of bench/stress with sizes that take seconds. Each must pass. */
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
  /** A figure that must not be 0. */
  readonly done: string;
}

test.each<StageRow>([
  { description: 'invalid requests and random bytes get documented responses', size: 800, run: fuzz, done: 'requests' },
  { description: 'the totals of a long run are correct', size: 1_000, run: soak, done: 'charged' },
  {
    description: 'valid requests succeed during attacks, and resources are released',
    size: 5,
    run: (input) => connections({ ...input, rounds: 1 }),
    done: 'descriptors before and after',
  },
  { description: 'the oldest of many tokens are removed', size: 3_000, run: tokens, done: 'heap a token' },
  { description: 'earlier attacks on memory do no harm', size: 12, run: attack, done: 'heap before and after' },
  { description: 'times and tokens follow a moving clock', size: 200, run: clock, done: 'moves of the clock' },
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

test('an aborted run reports what it has done', async () => {
  const { figures } = await soak({ size: 10_000_000, seed: 1, progress: () => undefined, enough: AbortSignal.abort() });
  expect(Number(new Map(figures).get('requests'))).toBeLessThan(10_000);
});
