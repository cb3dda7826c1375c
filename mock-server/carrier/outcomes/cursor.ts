/** The position in a script: the next step and the remaining steps, from the number of steps used. */
import { isConditional, type Step } from './outcome.js';

/** How often all steps are used together, except a step that repeats forever. */
export function totalTimes(steps: readonly Step[]): number {
  return steps.reduce((sum, { times }) => sum + (times ?? 0), 0);
}

/** The next step after `used` steps; undefined if the script is finished. */
export function stepAt(steps: readonly Step[], used: number): Step | undefined {
  return stepsLeft(steps, used)[0];
}

/**
 * The number of used steps at which calls must be counted again: the next conditional step, or the end of that step if it
 * is the current one.
 */
export function nextCheckAt(steps: readonly Step[], used: number): number {
  const remaining = stepsLeft(steps, used);
  const next = remaining.findIndex(isConditional);
  return used + totalTimes(remaining.slice(0, next === -1 ? remaining.length : Math.max(next, 1)));
}

/** The remaining steps; the first one has the times that it has left. */
export function stepsLeft(steps: readonly Step[], used: number): readonly Step[] {
  let before = used;
  return steps.flatMap((step) => {
    if (step.times === null) return [step];
    const times = step.times - Math.min(before, step.times);
    before -= step.times - times;
    return times === 0 ? [] : [{ ...step, times }];
  });
}
