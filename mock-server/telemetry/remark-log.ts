/** One line for each app and kind of remark: the request was accepted here, but the carrier may refuse it. */

import { messageOf } from '../../src/text/error-message.js';
import { printable } from '../../src/text/printable.js';
import type { Carrier } from '../carrier/carrier.js';
import { BoundedMap } from '../carrier/store/bounded.js';
import type { JournalRecord } from '../carrier/store/state-store.js';
import type { DetectedFinding } from '../explain/finding.js';
import {
  allDetails,
  findingsInLog,
  type LineInputs,
  loadExplanations,
  nextTurn,
  pageOf,
  perSecond,
  unexplainedEntry,
} from './finding-lines.js';
import { shownAppId } from './request-log.js';

// A test suite may create an app for each test.
export const LOGGED_APPS_MAX = 1000;
const REQUESTS_PER_SECOND = 3;

/**
 * Examines accepted requests after the response, only for kinds of remark that the log does not yet have for their app.
 * The returned function stops the log.
 */
export function logRemarks(carrier: Carrier, inputs: LineInputs): () => void {
  const { store, clock } = carrier;
  const isAllowed = perSecond(REQUESTS_PER_SECOND, () => clock.elapsedMs());
  const reported = new BoundedMap<Set<string>>(LOGGED_APPS_MAX);
  let last = Promise.resolve();
  return store.watchJournal((record) => {
    if (record.decidedBy !== 'allMet' || !isAllowed()) return;
    const { appId = '' } = record;
    const ids = reported.get(appId) ?? new Set<string>();
    reported.set(appId, ids);
    last = last.then(nextTurn).then(() => report(carrier, record, { ...inputs, ids }));
  }, 'own');
}

interface ReportInputs extends LineInputs {
  /** The kinds of remark that the log already has for the app. */
  readonly ids: Set<string>;
}

/** Never rejects, because a line that cannot be made must not stop the server. */
async function report(carrier: Carrier, record: JournalRecord, { ids, ...inputs }: ReportInputs): Promise<void> {
  try {
    const { newRemarks } = await loadExplanations();
    for (const remark of newRemarks(record, ids)) {
      if (!ids.has(remark.row.id)) warn(carrier, record, remark, inputs);
      ids.add(remark.row.id);
    }
  } catch (error) {
    const { message, ...more } = unexplainedEntry(record, messageOf(error));
    carrier.log.error(message, more);
  }
}

function warn({ log }: Carrier, record: JournalRecord, remark: DetectedFinding, inputs: LineInputs): void {
  const { id: requestId, operation, resultCode = '', decidedBy, token, exchange, appId } = record;
  const known = true;
  const [found = { en: '', zh: '' }] = findingsInLog([remark], { exchange, appId, known });
  const shownId = shownAppId(appId, { known });
  const head = `${operation} ${resultCode}`;
  const app = JSON.stringify(shownId ?? '-');
  const page = pageOf(requestId, inputs);
  const en = `${head} app ${app}: accepted here, but the carrier may refuse it; ${found.en}`;
  const zh = `${head} 应用 ${app}：这里能通过，真实平台可能拒绝；${found.zh}`;
  log.warn(
    { en: `${printable(en)} [${page}]`, zh: `${printable(zh)} [${page}]` },
    {
      fields: { requestId, operation, appId: shownId, resultCode, decidedBy, finding: remark.row.id },
      secrets: (language) => ({ token, detail: allDetails([remark], language) }),
    },
  );
}
