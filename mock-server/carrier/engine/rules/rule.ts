/** A row of the rules: a requirement, and the code if it is not met. */
import type { Basis, ReadingId } from '../readings.js';

export interface Rule<Requirement extends string, Code extends string> {
  readonly requires: Requirement;
  readonly otherwise: Code;
  /** How we know that this code has this cause. The order of the rows is our interpretation: the document states none. */
  readonly basis: Basis;
  /** The reading whose option is the code, if an app can choose another code. */
  readonly codeReading?: ReadingId;
}
