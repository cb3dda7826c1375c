/** The evidence of an example of each known mistake, and the codes that it leads to, from the rows of test/mistakes. */

import { findingsOf } from '../../mock-server/explain/diagnosis.js';
import {
  type DetectedFinding,
  type Evidence,
  type FindingRow,
  textsFor,
} from '../../mock-server/explain/finding.js';
import { FINDINGS } from '../../mock-server/explain/findings.js';
import type { MistakeSample, MistakeSamples } from '../../mock-server/lookup/mistake-samples.js';
import { OPERATIONS, type Operation, operationRow } from '../../src/protocol/operations.js';
import { resultRow } from '../../src/protocol/result-codes.js';
import { modeOf } from '../../test/support/mistake-request.js';
import { MISTAKES, type MistakeRow, subjectOfMistake } from '../../test/support/mistakes.js';

const SAMPLES = 'mock-server/lookup/mistake-samples.json';

/** The file of the samples. */
export function samplesFile(): readonly [path: string, text: string] {
  return [SAMPLES, `${JSON.stringify(mistakeSamples(), undefined, 2)}\n`];
}

/** The operations of the document first. */
const ROWS = MISTAKES.flatMap(({ rows }) => rows).toSorted(
  (one, other) => orderOf(one) - orderOf(other),
);

function orderOf({ mode }: MistakeRow): number {
  const { basis } = operationRow(modeOf(mode).operation);
  return basis === 'documented' ? 0 : 1;
}

export function mistakeSamples(): MistakeSamples {
  return Object.fromEntries(FINDINGS.map((row) => [row.id, sampleOf(row)]));
}

function sampleOf(finding: FindingRow): MistakeSample {
  const { id } = finding;
  const first = ROWS.filter(({ expected }) => expected.causes?.[0] === id);
  const named = ({ expected: { causes = [], remarks = [] } }: MistakeRow) =>
    [...causes, ...remarks].includes(id);
  const shown = exampleOf(finding, [...first, ...ROWS.filter(named)]);
  if (shown === undefined) throw new Error(`no row of test/mistakes has the finding ${id}`);
  return { evidence: shownParts(finding, shown.evidence), codes: codesOf(first) };
}

const TRIED_MAX = 4;

/** An example with the usual sentence, if one of the first rows has it. */
function exampleOf(
  { id, instead = [] }: FindingRow,
  rows: readonly MistakeRow[],
): DetectedFinding | undefined {
  let first: DetectedFinding | undefined;
  for (const row of rows.slice(0, TRIED_MAX)) {
    const found = detectedIn(row, id);
    first ??= found;
    if (
      found !== undefined &&
      instead.every(({ ifPresent }) => found.evidence[ifPresent] === undefined)
    )
      return found;
  }
  return first;
}

function detectedIn(row: MistakeRow, id: string): DetectedFinding | undefined {
  return findingsOf(subjectOfMistake(row)).find((each) => each.row.id === id);
}

/** What the sentences of the finding name. */
function shownParts(finding: FindingRow, evidence: Evidence): Evidence {
  const texts = textsFor(finding, evidence).flatMap(({ en, zh }) => [en, zh]);
  const conditions = [...(finding.instead ?? []), ...(finding.addition ? [finding.addition] : [])];
  const names = new Set([
    ...conditions.map(({ ifPresent }) => ifPresent),
    ...texts.flatMap((text) => Array.from(text.matchAll(/\{(\w+)\}/g), ([, name = '']) => name)),
  ]);
  return Object.fromEntries(Object.entries(evidence).filter(([name]) => names.has(name)));
}

/** The number of rows, by operation and code. */
function codesOf(rows: readonly MistakeRow[]): MistakeSample['codes'] {
  const counts: Partial<Record<Operation, Record<string, number>>> = {};
  for (const { mode, expected } of rows) {
    const operation = operationOf(modeOf(mode).operation, expected.code);
    const of = counts[operation] ?? {};
    of[expected.code] = (of[expected.code] ?? 0) + 1;
    counts[operation] = of;
  }
  return counts;
}

/** A request with the path of another operation gets a code of that operation. */
function operationOf(operation: Operation, code: string): Operation {
  if (resultRow(operation, code) !== undefined) return operation;
  return (
    OPERATIONS.find((row) => resultRow(row.operation, code) !== undefined)?.operation ?? operation
  );
}
