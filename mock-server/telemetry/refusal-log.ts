/** A line for each refusal, with its causes, at most three a second. The others are counted. */

import { isUndocumented, resultRow } from '../../src/protocol/result-codes.js';
import type { Bilingual, Language } from '../../src/text/bilingual.js';
import { messageOf } from '../../src/text/error-message.js';
import { printable } from '../../src/text/printable.js';
import type { Carrier } from '../carrier/carrier.js';
import { REQUIREMENTS, requirementOf } from '../carrier/engine/requirements.js';
import type { LogEntry, LogFields } from '../carrier/log.js';
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
import { shownAppId, shownIp } from './request-log.js';

// The search for a signature takes up to a tenth of a second, and the log must not slow a load test down.
export const LINES_PER_SECOND = 3;
// With a slow store. Each waiting entry holds a complete request.
const WAITING_MAX = 10;
const COUNT_AFTER_MS = 1000;

/** Lines are written after the response. The returned function stops the log and writes the remaining lines. */
export function logRefusals(carrier: Carrier, inputs: LineInputs): () => Promise<void> {
  const isAllowed = perSecond(LINES_PER_SECOND, () => carrier.clock.elapsedMs());
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  let omitted = 0;
  let timer: NodeJS.Timeout | undefined;

  function receive(record: JournalRecord): void {
    const refusal = refusalIn(record);
    if (refusal === undefined) return;
    if (waiting < WAITING_MAX && isAllowed()) {
      waiting += 1;
      last = last.then(nextTurn).then(() => report(refusal));
    } else if (!refusal.mayBeRight) {
      omitted += 1;
      timer ??= setTimeout(writeOmitted, COUNT_AFTER_MS).unref();
    }
  }

  /** Never rejects, because a line that cannot be made must not stop the server. */
  async function report(refusal: Refusal): Promise<void> {
    waiting -= 1;
    try {
      const causes = await causesIn(carrier, refusal);
      if (refusal.mayBeRight && causes.length === 0) return;
      write('info', refusalEntry(refusal, causes, inputs));
    } catch (error) {
      write('error', unexplainedEntry(refusal.record, messageOf(error)));
    }
  }

  function writeOmitted(): void {
    clearTimeout(timer);
    timer = undefined;
    if (omitted > 0) write('info', omittedEntry(omitted, LINES_PER_SECOND));
    omitted = 0;
  }

  function write(severity: 'info' | 'error', { message, ...more }: LogEntry): void {
    carrier.log[severity](message, more);
  }

  // The refusals of other servers are in their own logs.
  const stop = carrier.store.watchJournal(receive, 'own');
  return async () => {
    stop();
    await last;
    writeOmitted();
  };
}

interface Refused extends Pick<JournalRecord, 'operation' | 'decidedBy'> {
  readonly requestId: string;
  /** As the log shows it. */
  readonly appId: string | undefined;
  readonly resultCode: string;
}

interface Refusal {
  readonly refused: Refused;
  readonly record: JournalRecord;
  /** Whether there is an app of that id. */
  readonly known: boolean;
  /** 001 is a normal result, unless the client made a mistake in phoneNum. */
  readonly mayBeRight: boolean;
}

/** undefined if the request was accepted, or if the carrier decided nothing. */
function refusalIn(record: JournalRecord): Refusal | undefined {
  const { id: requestId, operation, resultCode, decidedBy } = record;
  if (resultCode === undefined || decidedBy === 'allMet') return undefined;
  const isCharged = resultRow(operation, resultCode)?.charged === true;
  if (isCharged && decidedBy === 'forced') return undefined;
  const known = record.state.app !== undefined;
  const appId = shownAppId(record.appId, { known });
  return { refused: { requestId, operation, appId, resultCode, decidedBy }, record, known, mayBeRight: isCharged };
}

/** None for a forced refusal. */
async function causesIn(carrier: Carrier, { record, mayBeRight }: Refusal): Promise<readonly DetectedFinding[]> {
  if (record.decidedBy === 'forced') return [];
  const { causesOf } = await loadExplanations();
  const causes = await causesOf(carrier, record);
  return mayBeRight ? causes.filter(({ row }) => row.mayBeRight !== true) : causes;
}

function refusalEntry(refusal: Refusal, causes: readonly DetectedFinding[], inputs: LineInputs): LogEntry {
  const { refused, record, known } = refusal;
  const { exchange, appId, token, durationMs } = record;
  const found = findingsInLog(causes, { exchange, appId, known });
  const more = found.length - SHOWN_CAUSES_MAX;
  const shown = [...found.slice(0, SHOWN_CAUSES_MAX), ...(more > 0 ? [MORE(more)] : [])];
  const message = lineOf(refused, inputs, (language) => [
    ruleInWords(refused.decidedBy)[language],
    ...(found.length === 0 ? [] : [shown.map((cause) => cause[language]).join(' ')]),
  ]);
  const ids = causes.map(({ row }) => row.id);
  return {
    message,
    fields: {
      ...fieldsOf(refused),
      clientIp: shownIp(exchange.clientIp),
      durationMs,
      finding: ids[0],
      findings: ids.length > 1 ? ids : undefined,
    },
    secrets: (language) => ({ token, detail: allDetails(causes, language) }),
  };
}

function omittedEntry(omitted: number, perSecond: number): LogEntry {
  return {
    message: {
      en: `${omitted} more ${omitted === 1 ? 'refusal has' : 'refusals have'} no line: the log has at most ${perSecond} a second`,
      zh: `另有 ${omitted} 次拒绝没有写日志：每秒最多写 ${perSecond} 行`,
    },
    fields: { omitted },
  };
}

// An empty request would otherwise fill the screen with missing fields.
const SHOWN_CAUSES_MAX = 3;
const MORE = (count: number): Bilingual => ({ en: `And ${count} more.`, zh: `另有 ${count} 个原因。` });

function lineOf(
  { requestId, operation, appId = '-', resultCode }: Refused,
  inputs: LineInputs,
  parts: (language: Language) => readonly string[],
): Bilingual {
  const row = resultRow(operation, resultCode);
  const app = JSON.stringify(appId);
  const page = pageOf(requestId, inputs);
  const en = `${operation} ${resultCode} (${row?.descEn ?? 'undocumented code'}) app ${app}: ${parts('en').join('; ')}`;
  const zh = `${operation} ${resultCode}（${row?.desc ?? '文档外的返回码'}）应用 ${app}：${parts('zh').join('；')}`;
  return { en: `${printable(en)} [${page}]`, zh: `${printable(zh)} [${page}]` };
}

function fieldsOf(refused: Refused): LogFields {
  return { ...refused, undocumented: isUndocumented(refused.operation, refused.resultCode) || undefined };
}

const BY_A_TEST: Bilingual = { en: 'forced by a test', zh: '由测试指定' };

function ruleInWords(decidedBy: JournalRecord['decidedBy']): Bilingual {
  if (decidedBy === 'forced') return BY_A_TEST;
  const requires = requirementOf(decidedBy);
  if (requires === undefined) return { en: decidedBy, zh: decidedBy };
  const { unmet } = REQUIREMENTS[requires];
  return { en: `${unmet.en} (${decidedBy})`, zh: `${unmet.zh}（${decidedBy}）` };
}
