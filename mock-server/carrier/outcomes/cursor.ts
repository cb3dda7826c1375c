/** Where a script stands: how many of its steps were used, which comes next, and which remain. */
import type { Step } from './outcome.js';

/** How often steps are used altogether, without the one that lasts for ever. */
export function stepsBounded(steps: readonly Step[]): number {
  return steps.reduce((sum, { times }) => sum + (times ?? 0), 0);
}

/** The step after this many were used; undefined when the script is finished. */
export function stepAt(steps: readonly Step[], used: number): Step | undefined {
  return stepsLeft(steps, used)[0];
}

/**
 * How many steps may have been used until a rate is to be asked again: up to the next step that has one, or where that
 * is the next, up to its end.
 */
export function takeableUpTo(steps: readonly Step[], used: number): number {
  const left = stepsLeft(steps, used);
  const rated = left.findIndex(({ frequency }) => frequency !== undefined);
  return used + stepsBounded(left.slice(0, rated === -1 ? left.length : Math.max(rated, 1)));
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
