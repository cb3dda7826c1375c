/** Explanations for the log: causes of a refusal, remarks on an accepted request. Loaded on first use. */

import type { Carrier } from '../../carrier/carrier.js';
import { exchangeOf } from '../../carrier/store/journal-exchange.js';
import type { JournalRecord } from '../../carrier/store/state-store.js';
import type { DetectedFinding } from '../finding.js';
import { findingsOf, isCause } from '../findings.js';
import { subjectOf } from '../subject.js';
import { explainRecord } from './explanations.js';

export async function causesOf(carrier: Carrier, record: JournalRecord): Promise<readonly DetectedFinding[]> {
  return (await explainRecord(carrier, record, findingsOf)).filter(isCause);
}

/** Remarks whose kinds are not known yet. Does not load the earlier requests or the other apps. */
export function newRemarks(record: JournalRecord, known: ReadonlySet<string>): readonly DetectedFinding[] {
  const alone = { earlier: [], otherApps: [] };
  return findingsOf(subjectOf({ ...record, exchange: exchangeOf(record) }, alone), known);
}
