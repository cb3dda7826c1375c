/** The first cause of a refusal, for its line in the log. Loaded by the first refusal. */
import type { Carrier } from '../../carrier/carrier.js';
import type { JournalRecord } from '../../carrier/store/state-store.js';
import { type Finding, type Found, inLanguage } from '../finding.js';
import { findingsOf, isCause } from '../findings.js';
import { explained } from './explanations.js';

export interface FoundFirst {
  readonly found: Found;
  readonly finding: Finding;
}

export async function firstFinding(carrier: Carrier, record: JournalRecord): Promise<FoundFirst | undefined> {
  const found = (await explained(carrier, record, findingsOf)).find(isCause);
  return found && { found, finding: inLanguage(found, 'en') };
}
