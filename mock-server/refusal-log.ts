/** One line in plain words for each refused request: the code, the rule that decided, and the first known mistake. */
import { resultRow } from '../src/protocol/result-codes.js';
import type { Carrier } from './carrier.js';
import type { Requirement } from './engine/decide.js';
import type { Explanation } from './explain/explain.js';
import { REQUIREMENT_WORDS } from './explain/requirement-words.js';
import type { JournalRecord } from './state-store.js';

// The search for a sign takes some ten milliseconds: a load test that is refused must not be slowed by its own log.
const LINES_AT_ONCE_MAX = 10;
const LINE_EVERY_MS = 1_000;
// The longest sentences of the findings are half as long.
const LINE_LENGTH_MAX = 1_000;

/** Until the returned function is called. What is written comes after the answer has gone. */
export function logRefusals(carrier: Carrier): () => void {
  const { store, clock } = carrier;
  const allow = rateLimit(() => clock.elapsedMs());
  return store.watchJournal((record) => {
    if (!isRefused(record)) return;
    const held = allow();
    if (held === undefined) return;
    setImmediate(() => void say(carrier, record, held));
  });
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
  const [{ subjectFor }, { explain }] = await Promise.all([
    import('./explanations.js'),
    import('./explain/explain.js'),
  ]);
  const subject = await subjectFor(carrier, record);
  return subject === undefined ? record.decidedBy : inWords(explain(subject, 'en'));
}

function isRequirement(decidedBy: Explanation['decidedBy']): decidedBy is Requirement {
  return decidedBy !== 'allMet' && decidedBy !== 'forced';
}

function inWords({ decidedBy, findings: [first] }: Explanation): string {
  const rule = isRequirement(decidedBy) ? `${REQUIREMENT_WORDS[decidedBy].unmet.en} (${decidedBy})` : decidedBy;
  return first === undefined ? rule : `${rule}; ${first.id}: ${first.detail}`;
}
