/** What the log says of requests: the first cause of a refusal, and the remarks on an accepted request. Loaded by the first line that needs them. */
import { exchangeOf } from '../../carrier/apps/kept-exchange.js';
import type { Carrier } from '../../carrier/carrier.js';
import type { JournalRecord } from '../../carrier/store/state-store.js';
import { type Finding, type Found, inLanguage } from '../finding.js';
import { findingsOf, isCause } from '../findings.js';
import { subjectOf } from '../subject.js';
import { explained } from './explanations.js';

export interface FoundFirst {
  readonly found: Found;
  readonly finding: Finding;
}

export async function firstFinding(carrier: Carrier, record: JournalRecord): Promise<FoundFirst | undefined> {
  const found = (await explained(carrier, record, findingsOf)).find(isCause);
  return found && { found, finding: inLanguage(found, 'en') };
}

/** Of the kinds that are not known. The earlier requests are not loaded for it, nor the other apps. */
export function newRemarks(record: JournalRecord, known: ReadonlySet<string>): readonly FoundFirst[] {
  const alone = { earlier: [], otherApps: [] };
  const subject = subjectOf({ ...record, exchange: exchangeOf(record) }, alone);
  return findingsOf(subject, known).map((found) => ({ found, finding: inLanguage(found, 'en') }));
}
