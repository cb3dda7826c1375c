/** A rate limit: a burst, refilled at a fixed rate. A token bucket. */

export interface Allowance {
  isLeft(): boolean;
  /** Takes one, if one is left; returns whether it did. */
  take(): boolean;
  /** Takes the amount, even if less is left: the cost is known only afterwards. */
  spend(amount: number): void;
}

export interface AllowanceInputs {
  readonly atOnceMax: number;
  readonly perSecond: number;
  readonly elapsedMs: () => number;
}

const SECOND_MS = 1000;

export function createAllowance({ atOnceMax, perSecond, elapsedMs }: AllowanceInputs): Allowance {
  let available = atOnceMax;
  let atMs = elapsedMs();
  const refilled = (): number => {
    const nowMs = elapsedMs();
    available = Math.min(atOnceMax, available + ((nowMs - atMs) / SECOND_MS) * perSecond);
    atMs = nowMs;
    return available;
  };
  return {
    isLeft: () => refilled() > 0,
    take: () => {
      if (refilled() < 1) return false;
      available -= 1;
      return true;
    },
    spend: (amount) => {
      available = refilled() - amount;
    },
  };
}
