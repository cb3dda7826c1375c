/** The findings of listed records. The number of computations per page is limited, and nothing is kept between calls. */
import type { Language } from '../../src/text/bilingual.js';
import type { Carrier } from '../carrier/carrier.js';
import type { JournalRecord } from '../carrier/store/state-store.js';
import { type DetectedFinding, type Finding, inLanguage } from '../explain/finding.js';
import { findingsOf } from '../explain/findings.js';
import { subjectOfRecord } from '../explain/records/explanations.js';

// The search for the cause of a wrong signature takes up to a tenth of a second.
export const COMPUTED_MAX = 20;

/** By record id. Records beyond the limit are missing. */
export async function findingsOfRecords(
  carrier: Carrier,
  records: readonly JournalRecord[],
): Promise<ReadonlyMap<string, readonly DetectedFinding[]>> {
  const found = new Map<string, readonly DetectedFinding[]>();
  for (const record of records.slice(0, COMPUTED_MAX)) {
    found.set(record.id, findingsOf(await subjectOfRecord(carrier, record)));
    // Lets the server handle requests between two computations.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return found;
}

/** Without the evidence, which can be as long as the request. */
export function listed(found: DetectedFinding, language: Language): Omit<Finding, 'evidence'> {
  const { evidence: _, ...shown } = inLanguage(found, language);
  return shown;
}
