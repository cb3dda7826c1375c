/** The findings of listed records. The number of computations per page is limited, and the results are cached. */
import type { Language } from '../../src/text/bilingual.js';
import type { Carrier } from '../carrier/carrier.js';
import type { JournalRecord } from '../carrier/store/state-store.js';
import { type DetectedFinding, type Finding, inLanguage } from '../explain/finding.js';
import { findingsOf } from '../explain/findings.js';
import { explainRecord } from '../explain/records/explanations.js';

// The search for the cause of a wrong signature takes up to a tenth of a second.
export const COMPUTED_MAX = 20;
export const KEPT_MAX = 10_000;

type Cache = Map<string, readonly DetectedFinding[]>;

const caches = new WeakMap<Carrier, Cache>();

/** By record id. Records beyond the limit are missing; the next call computes them. */
export async function findingsOfRecords(
  carrier: Carrier,
  records: readonly JournalRecord[],
): Promise<ReadonlyMap<string, readonly DetectedFinding[]>> {
  const cache = cacheOf(carrier);
  const missing = records.filter(({ id }) => !cache.has(id)).slice(0, COMPUTED_MAX);
  for (const record of missing) {
    store(cache, record.id, await explainRecord(carrier, record, (subject) => findingsOf(subject)));
    // Lets the server handle requests between two computations.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return cache;
}

function cacheOf(carrier: Carrier): Cache {
  const cache = caches.get(carrier) ?? new Map();
  caches.set(carrier, cache);
  return cache;
}

function store(cache: Cache, id: string, found: readonly DetectedFinding[]): void {
  cache.set(id, found);
  const [oldest] = cache.keys();
  if (cache.size > KEPT_MAX && oldest !== undefined) cache.delete(oldest);
}

/** Without the evidence, which can be as long as the request. */
export function listed(found: DetectedFinding, language: Language): Omit<Finding, 'evidence'> {
  const { evidence: _, ...shown } = inLanguage(found, language);
  return shown;
}
