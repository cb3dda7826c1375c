/** What a kind of cause is: how results show it, and its sentence. */
import type { CaseResult, SuiteReading } from '../../results/result.js';
import type { Bilingual } from '../words.js';
import type { Signature } from './readings.js';

export type Params = Readonly<Record<string, string>>;

export interface Context {
  /** All results of the run. */
  readonly results: readonly CaseResult[];
  /** Of a mock: its readings that are not those that the cases assume. */
  readonly readings: readonly SuiteReading[];
  /** Of any carrier: what would explain results, if it read the document so. */
  readonly fitting: readonly Signature[];
}

/** Results with one cause; the first is the example. */
export interface Group {
  readonly params: Params;
  /** Those that show it. */
  readonly results: readonly CaseResult[];
  readonly context: Context;
}

/** A kind of cause. In its table the more telling kind stands first. */
export interface CauseKind {
  readonly name: string;
  /** What of this kind a result shows: results with equal parameters may have one cause. */
  shownBy(result: CaseResult, context: Context): readonly Params[];
  /** Whether a result that does not show the cause is a consequence of it. */
  followedBy?(result: CaseResult, group: Group): boolean;
  sentence(group: Group): Bilingual;
  /** Before all others, however few results it has: it puts the rest in question. */
  readonly isFirst?: true;
}
