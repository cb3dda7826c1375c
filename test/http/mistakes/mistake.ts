/** A row of mistakes: what a developer does, what the carrier answers, and what the explanation has to name. */
import type { Mode, Plan } from './attempt.js';

export interface Mistake extends Plan {
  readonly description: string;
  readonly mode: Mode;
  /** The day by every real clock, where the mistake is not made on each. */
  readonly todayMs?: number;
  readonly resultCode: string;
  /** The finding that comes first. */
  readonly finding: string;
  /** How its detail begins. */
  readonly begins?: Readonly<Record<'en' | 'zh', string>>;
  /** Findings that have to stand behind it. */
  readonly behind?: readonly string[];
  /** The code of the same request without the mistake that refused it. */
  readonly next?: string;
}

export interface MistakeGroup {
  readonly group: string;
  readonly mistakes: readonly Mistake[];
}
