/** The input and the outcome of a stage. */
import type { Figure } from './memory.js';

export interface StageInput {
  /** The size of the run. The unit depends on the stage. */
  readonly size: number;
  readonly seed: number;
  /** Receives the progress from time to time. */
  readonly progress: (text: string) => void;
  /** Ends the stage early. The stage then reports the work so far. */
  readonly enough: AbortSignal;
}

export interface StageOutcome {
  readonly figures: readonly Figure[];
  /** Empty if the stage passed. */
  readonly problems: readonly string[];
}
