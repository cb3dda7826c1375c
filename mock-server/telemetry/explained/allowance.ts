/** How much of something may be done: so much at once, and so much again each second. A token bucket. */

export interface Allowance {
  /** Whether there is any left. */
  isLeft(): boolean;
  /** Takes one if there is one left. */
  take(): boolean;
  /** Takes this much, more than is left if need be: what was done is known afterwards. */
  spend(amount: number): void;
}

export interface AllowanceInputs {
  readonly atOnceMax: number;
  readonly perSecond: number;
  readonly elapsedMs: () => number;
}

const SECOND_MS = 1000;

export function createAllowance({ atOnceMax, perSecond, elapsedMs }: AllowanceInputs): Allowance {
  let left = atOnceMax;
  let atMs = elapsedMs();
  const refilled = (): number => {
    const nowMs = elapsedMs();
    left = Math.min(atOnceMax, left + ((nowMs - atMs) / SECOND_MS) * perSecond);
    atMs = nowMs;
    return left;
  };
  return {
    isLeft: () => refilled() > 0,
    take: () => {
      if (refilled() < 1) return false;
      left -= 1;
      return true;
    },
    spend: (amount) => {
      left = refilled() - amount;
    },
  };
}
