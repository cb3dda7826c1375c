/** One line for each app and kind of remark: an accepted request that works here, and may not at the carrier. */
import type { Carrier } from '../carrier/carrier.js';
import type { JournalRecord } from '../carrier/store/state-store.js';
import type { FoundFirst } from '../explain/records/first-finding.js';
import { messageOf } from '../text/error-message.js';
import { printable } from '../text/printable.js';
import { lineLimit, loadExplanations, mistakeInWords, turn } from './finding-lines.js';
import { isQuotable, shownAppId } from './request-log.js';

// A suite may create an app for each test. The one that was looked at longest ago may be reported again.
export const REMARKED_APPS_MAX = 1000;

/**
 * Until the returned function is called. Accepted requests are looked at after the answer has gone, ten at once and
 * then one a second, and only for the kinds of remark that their app has not had yet.
 */
export function logRemarks(carrier: Carrier): () => void {
  const { store, clock } = carrier;
  const allow = lineLimit(() => clock.elapsedMs());
  const reported = new Reported();
  let last = Promise.resolve();
  return store.watchJournal((record) => {
    if (record.decidedBy !== 'allMet' || allow() === undefined) return;
    last = last.then(turn).then(() => say(carrier, record, reported));
  }, 'own');
}

/** The kinds that were reported for each app. */
class Reported {
  readonly #apps = new Map<string, Set<string>>();

  of(appId: string): Set<string> {
    const ids = this.#apps.get(appId) ?? new Set();
    this.#apps.delete(appId);
    this.#apps.set(appId, ids);
    const [oldest] = this.#apps.keys();
    if (this.#apps.size > REMARKED_APPS_MAX && oldest !== undefined) this.#apps.delete(oldest);
    return ids;
  }
}

/** Never rejects: a line that cannot be had must not end the server. */
async function say(carrier: Carrier, record: JournalRecord, reported: Reported): Promise<void> {
  const ids = reported.of(record.appId ?? '');
  try {
    const { newRemarks } = await loadExplanations();
    for (const remark of newRemarks(record, ids)) {
      if (!ids.has(remark.finding.id)) warn(carrier, record, remark);
      ids.add(remark.finding.id);
    }
  } catch (error) {
    const reason = messageOf(error);
    carrier.log.error(`request ${record.id} cannot be explained: ${reason}`, { fields: { requestId: record.id } });
  }
}

function warn({ log }: Carrier, record: JournalRecord, { found, finding }: FoundFirst): void {
  const { id: requestId, operation, resultCode = '', decidedBy, token, exchange } = record;
  const appId = shownAppId(record.appId, { known: true });
  const quotes = isQuotable(exchange, { appId: record.appId, known: true });
  const words = mistakeInWords(found, finding, { detailed: found.row.inLog === true && quotes });
  const head = `${operation} ${resultCode} app ${JSON.stringify(appId ?? '-')}`;
  const text = `${head}: accepted here, the carrier may refuse it; ${finding.id}: ${words}`;
  log.warn(`${printable(text)} [GET /_mock/requests/${requestId}/explanation]`, {
    fields: { requestId, operation, appId, resultCode, decidedBy, finding: finding.id },
    secrets: () => ({ token, detail: finding.detail }),
  });
}
