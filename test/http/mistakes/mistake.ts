/** A row of mistakes: the developer's steps, the carrier's result, and the expected findings. */
import type { Mode, Plan } from './attempt.js';

export interface Mistake extends Plan {
  readonly description: string;
  readonly mode: Mode;
  /** The date of the test, if the mistake happens only on some days. */
  readonly todayMs?: number;
  readonly resultCode: string;
  /** The finding that comes first. */
  readonly finding: string;
  /** The beginning of its detail. */
  readonly begins?: Readonly<Record<'en' | 'zh', string>>;
  /** Findings that must come after it. */
  readonly behind?: readonly string[];
  /** The code of the same request without the mistake. */
  readonly next?: string;
}

export interface MistakeGroup {
  readonly group: string;
  readonly mistakes: readonly Mistake[];
}
