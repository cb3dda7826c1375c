/** What every stage takes and gives back. */
import type { Figure } from './memory.js';

export interface StageInput {
  /** How much: what is counted is the stage's own affair. */
  readonly size: number;
  readonly seed: number;
  /** Told now and then how far it is. */
  readonly progress: (text: string) => void;
  /** Aborted by whoever has waited long enough: what was done until then is reported. */
  readonly enough: AbortSignal;
}

export interface StageOutcome {
  readonly figures: readonly Figure[];
  /** Empty where all held. */
  readonly problems: readonly string[];
}
