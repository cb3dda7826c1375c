/** A row of the rules: what a request has to meet, and the code that names it unmet. */
import type { Basis, ReadingId } from '../readings.js';

export interface Rule<Requirement extends string, Code extends string> {
  readonly requires: Requirement;
  readonly otherwise: Code;
  /** How we know that this code stands for this cause. The order of the rows is our reading: the document gives none. */
  readonly basis: Basis;
  /** The reading whose option is the code, where an app may choose another. */
  readonly codeReading?: ReadingId;
}
