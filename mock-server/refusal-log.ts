/** One line in plain words for each refused request: the code, the rule that decided, and the first known mistake. */
import { resultRow } from '../src/protocol/result-codes.js';
import type { Carrier } from './carrier.js';
import type { Requirement } from './engine/decide.js';
import type { Finding, Found } from './explain/finding.js';
import { REQUIREMENT_WORDS } from './explain/requirement-words.js';
import type { JournalRecord } from './state-store.js';

// The search for a sign takes up to some hundred milliseconds: a load test that is refused must not be slowed by its own log.
const LINES_AT_ONCE_MAX = 10;
const LINE_EVERY_MS = 1_000;
// The longest sentences of the findings are half as long.
const LINE_LENGTH_MAX = 1_000;

/**
 * Until the returned function is called. What is written comes after the answer has gone, one line after another, and
 * requests that have come meanwhile are answered between two of them.
 */
export function logRefusals(carrier: Carrier): () => void {
  const { store, clock } = carrier;
  const allow = rateLimit(() => clock.elapsedMs());
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

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Never rejects: a line that cannot be had must not end the server. */
async function say(carrier: Carrier, record: JournalRecord, held: number): Promise<void> {
  const { log } = carrier;
  try {
    const line = await lineOf(carrier, record);
    log.info(held === 0 ? line : `${line} (${held} more were not shown)`);
  } catch (error) {
    log.error(`request ${record.id} cannot be explained: ${error instanceof Error ? error.message : error}`);
  }
}

function isRefused({ operation, resultCode }: JournalRecord): boolean {
  return resultCode !== undefined && resultRow(operation, resultCode)?.charged !== true;
}

/** How many were held back since the last one that was allowed; undefined for one that is held back. */
function rateLimit(elapsedMs: () => number): () => number | undefined {
  let left = LINES_AT_ONCE_MAX;
  let atMs = elapsedMs();
  let held = 0;
  return () => {
    const earned = Math.floor((elapsedMs() - atMs) / LINE_EVERY_MS);
    left = Math.min(LINES_AT_ONCE_MAX, left + earned);
    atMs += earned * LINE_EVERY_MS;
    if (left === 0) {
      held += 1;
      return undefined;
    }
    left -= 1;
    const before = held;
    held = 0;
    return before;
  };
}

async function lineOf(carrier: Carrier, record: JournalRecord): Promise<string> {
  const { id, operation, resultCode = '', appId = '-' } = record;
  const desc = resultRow(operation, resultCode)?.descEn ?? 'unknown code';
  const head = `${operation} ${resultCode} (${desc}) app ${JSON.stringify(appId)}`;
  return `${inOneLine(`${head}: ${await reasonOf(carrier, record)}`)} [GET /_mock/requests/${id}/explanation]`;
}

/** What a client sent stands in it: no line of its own making, no colour, no 64 KiB. */
function inOneLine(text: string): string {
  const cut = text.length > LINE_LENGTH_MAX ? `${text.slice(0, LINE_LENGTH_MAX)} …` : text;
  return cut.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

async function reasonOf(carrier: Carrier, record: JournalRecord): Promise<string> {
  if (record.decidedBy === 'forced') return 'asked for by a test';
  // Only a refusal needs them, so a server that never refuses never loads them.
  const [{ subjectFor }, { findingsOf }, { inLanguage }] = await Promise.all([
    import('./explanations.js'),
    import('./explain/findings.js'),
    import('./explain/finding.js'),
  ]);
  const rule = ruleInWords(record.decidedBy);
  const subject = await subjectFor(carrier, record);
  const [first] = subject === undefined ? [] : findingsOf(subject);
  return first === undefined ? rule : `${rule}; ${first.row.id}: ${mistakeInWords(first, inLanguage(first, 'en'))}`;
}

function ruleInWords(decidedBy: JournalRecord['decidedBy']): string {
  return isRequirement(decidedBy) ? `${REQUIREMENT_WORDS[decidedBy].unmet.en} (${decidedBy})` : decidedBy;
}

function isRequirement(decidedBy: JournalRecord['decidedBy']): decidedBy is Requirement {
  return decidedBy !== 'allMet' && decidedBy !== 'forced';
}

/** A log is kept and passed on: tokens, numbers and secrets are for whoever asks the control API. */
function mistakeInWords({ row, evidence }: Found, { title, detail }: Pick<Finding, 'title' | 'detail'>): string {
  if (row.inLog === true) return detail;
  return evidence.field === undefined ? title : `${title} (${evidence.field})`;
}
