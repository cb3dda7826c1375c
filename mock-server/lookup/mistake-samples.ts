/** Each known mistake with the evidence of an example, and the codes that it leads to: of the rows of test/mistakes. */
import type { Operation } from '../../src/protocol/operations.js';
import type { Code } from '../control-api/atlas/recipes.js';
import type { Evidence } from '../explain/finding.js';
import samples from './mistake-samples.json' with { type: 'json' };

/** The number of rows, by operation and code. */
type Codes = Readonly<Partial<Record<Operation, Readonly<Record<string, number>>>>>;

export interface MistakeSample {
  readonly evidence: Evidence;
  readonly codes: Codes;
}

export type MistakeSamples = Readonly<Record<string, MistakeSample>>;

export const MISTAKE_SAMPLES: MistakeSamples = samples;

/** The code with the most rows first. */
export function codesOfMistake(id: string, operation: Operation): readonly Code[] {
  const counts = Object.entries(MISTAKE_SAMPLES[id]?.codes[operation] ?? {});
  return counts.toSorted(([, a], [, b]) => b - a).map(([code]) => ({ operation, code }));
}
