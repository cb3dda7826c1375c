/** Where a script stands: how many of its steps were used, which comes next, and which remain. */
import type { Step } from './outcome.js';

/** How many steps a script has before it is finished, or before the one that lasts for ever. */
export function stepsBounded(steps: readonly Step[]): number {
  return steps.reduce((sum, { times }) => sum + (times ?? 0), 0);
}

/** The step for ever that a script ends with. */
export function endlessStep(steps: readonly Step[]): Step | undefined {
  return steps.find(({ times }) => times === null);
}

/** The step after this many were used; undefined when the script is finished. */
export function stepAt(steps: readonly Step[], used: number): Step | undefined {
  return stepsLeft(steps, used)[0];
}

/** The steps not yet used, the first one with the times that it has left. */
export function stepsLeft(steps: readonly Step[], used: number): readonly Step[] {
  let before = used;
  return steps.flatMap((step) => {
    if (step.times === null) return [step];
    const left = step.times - Math.min(before, step.times);
    before -= step.times - left;
    return left === 0 ? [] : [{ ...step, times: left }];
  });
}
