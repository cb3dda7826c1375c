/** One line in plain words for each refused request: the code, the rule that decided, and the first known mistake. */

import { isUndocumented, resultRow } from '../../src/protocol/result-codes.js';
import type { Carrier, LogEntry } from '../carrier/carrier.js';
import type { Requirement } from '../carrier/engine/decision.js';
import type { JournalRecord } from '../carrier/store/state-store.js';
import type { FoundFirst } from '../explain/records/first-finding.js';
import { REQUIREMENT_WORDS } from '../explain/requirement-words.js';
import { messageOf } from '../text/error-message.js';
import { printable } from '../text/printable.js';
import { lineLimit, loadExplanations, mistakeInWords, turn } from './finding-lines.js';
import { isQuotable, shownAppId, shownIp } from './request-log.js';

/**
 * Until the returned function is called. What is written comes after the answer has gone, one line after another, and
 * requests that have come meanwhile are answered between two of them.
 */
export function logRefusals(carrier: Carrier): () => void {
  const { store, clock } = carrier;
  const allow = lineLimit(() => clock.elapsedMs());
  let last = Promise.resolve();
  const hear = (record: JournalRecord) => {
    if (!isRefused(record)) return;
    const held = allow();
    if (held === undefined) return;
    last = last.then(turn).then(() => say(carrier, record, held));
  };
  // Those of other servers are in their own logs.
  return store.watchJournal(hear, 'own');
}

/** Never rejects: a line that cannot be had must not end the server. */
async function say(carrier: Carrier, record: JournalRecord, held: number): Promise<void> {
  const { log } = carrier;
  try {
    const { message, ...more } = await entryOf(carrier, record);
    log.info(held === 0 ? message : `${message} (${held} more were not shown)`, more);
  } catch (error) {
    const reason = messageOf(error);
    log.error(`request ${record.id} cannot be explained: ${reason}`, { fields: { requestId: record.id } });
  }
}

function isRefused({ operation, resultCode }: JournalRecord): boolean {
  return resultCode !== undefined && resultRow(operation, resultCode)?.charged !== true;
}

async function entryOf(carrier: Carrier, record: JournalRecord): Promise<LogEntry> {
  const { id: requestId, operation, resultCode = '', decidedBy, durationMs, token, exchange } = record;
  const known = record.state.app !== undefined;
  const appId = shownAppId(record.appId, { known });
  const first = await firstOf(carrier, record);
  const undocumented = isUndocumented(resultCode) || undefined;
  const desc = resultRow(operation, resultCode)?.descEn ?? 'undocumented code';
  const head = `${operation} ${resultCode} (${desc}) app ${JSON.stringify(appId ?? '-')}`;
  const reason = reasonOf(record, first, { quotes: isQuotable(exchange, { appId: record.appId, known }) });
  const clientIp = shownIp(exchange.clientIp);
  const finding = first?.finding.id;
  return {
    message: `${printable(`${head}: ${reason}`)} [GET /_mock/requests/${requestId}/explanation]`,
    fields: { requestId, operation, appId, resultCode, undocumented, decidedBy, clientIp, durationMs, finding },
    secrets: () => ({ token, detail: first?.finding.detail }),
  };
}

async function firstOf(carrier: Carrier, record: JournalRecord): Promise<FoundFirst | undefined> {
  if (record.decidedBy === 'forced') return undefined;
  const { firstFinding } = await loadExplanations();
  return firstFinding(carrier, record);
}

function reasonOf(
  { decidedBy }: JournalRecord,
  first: FoundFirst | undefined,
  { quotes }: { readonly quotes: boolean },
): string {
  if (decidedBy === 'forced') return 'asked for by a test';
  const rule = ruleInWords(decidedBy);
  if (first === undefined) return rule;
  const { found, finding } = first;
  return `${rule}; ${finding.id}: ${mistakeInWords(found, finding, { detailed: found.row.inLog === true && quotes })}`;
}

function ruleInWords(decidedBy: JournalRecord['decidedBy']): string {
  return isRequirement(decidedBy) ? `${REQUIREMENT_WORDS[decidedBy].unmet.en} (${decidedBy})` : decidedBy;
}

function isRequirement(decidedBy: JournalRecord['decidedBy']): decidedBy is Requirement {
  return decidedBy !== 'allMet' && decidedBy !== 'forced';
}
