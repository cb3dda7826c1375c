/** What explanations find, for the records of a list: so many are computed for one page, and the results are kept. */
import type { Language } from '../../src/protocol/bilingual.js';
import type { Carrier } from '../carrier/carrier.js';
import type { JournalRecord } from '../carrier/store/state-store.js';
import { type Finding, type Found, inLanguage } from '../explain/finding.js';
import { findingsOf } from '../explain/findings.js';
import { explained } from '../explain/records/explanations.js';

// The search for a sign that nothing reproduces takes a tenth of a second.
export const COMPUTED_MAX = 20;
export const KEPT_MAX = 10_000;

type Kept = Map<string, readonly Found[]>;

const keptBy = new WeakMap<Carrier, Kept>();

/** By the record's id; none for a record that this page has no time for: the next call has it. */
export async function findingsOfRecords(
  carrier: Carrier,
  records: readonly JournalRecord[],
): Promise<ReadonlyMap<string, readonly Found[]>> {
  const kept = keptOf(carrier);
  const missing = records.filter(({ id }) => !kept.has(id)).slice(0, COMPUTED_MAX);
  for (const record of missing) {
    keep(kept, record.id, await explained(carrier, record, (subject) => findingsOf(subject)));
    // Requests are answered between two of them.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return kept;
}

function keptOf(carrier: Carrier): Kept {
  const kept = keptBy.get(carrier) ?? new Map();
  keptBy.set(carrier, kept);
  return kept;
}

function keep(kept: Kept, id: string, found: readonly Found[]): void {
  kept.set(id, found);
  const [oldest] = kept.keys();
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
}

/** Without the evidence, which may be as long as the request. */
export function listed(found: Found, language: Language): Omit<Finding, 'evidence'> {
  const { evidence: _, ...shown } = inLanguage(found, language);
  return shown;
}
