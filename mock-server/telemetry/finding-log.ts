/**
 * The log lines about findings, written after the response: one for each refusal with its causes, at most three a second,
 * the others are counted; and one for each app and kind of remark, if a request was accepted that the carrier may refuse.
 */
import { OPERATIONS } from '../../src/protocol/operations.js';
import { isUndocumented, resultRow } from '../../src/protocol/result-codes.js';
import {
  type Bilingual,
  bilingual,
  COLON,
  type Language,
  LIST_COMMA,
} from '../../src/text/bilingual.js';
import { messageOf } from '../../src/text/error-message.js';
import { printable } from '../../src/text/printable.js';
import type { Carrier } from '../carrier/carrier.js';
import { isPathUnknown } from '../carrier/engine/decision.js';
import { REQUIREMENTS, requirementOf } from '../carrier/engine/requirements.js';
import type { Log, LogEntry } from '../carrier/log.js';
import type { Clock } from '../carrier/sources.js';
import { BoundedMap } from '../carrier/store/bounded.js';
import type { JournalRecord } from '../carrier/store/state-store.js';
import { type DetectedFinding, type Evidence, inLanguage } from '../explain/finding.js';
import { inBackground } from './background.js';
import { HIDDEN, isQuotable, shownAppId, shownIp } from './request-log.js';

// The search for a signature takes up to a tenth of a second, and the log must not slow a load test down.
export const LINES_PER_SECOND = 3;
const COUNT_AFTER_MS = 1000;
// A test suite may create an app for each test.
export const LOGGED_APPS_MAX = 1000;

/** Loaded on first use. */
export const loadExplanations = () => import('../explain/records/explanations.js');

/** `controlUrl` is the console's address, without a slash at its end. The returned function stops the log and writes the remaining lines. */
export function logFindings(carrier: Carrier, controlUrl: string): () => Promise<void> {
  const { log, store, clock } = carrier;
  const mayRefuse = perSecond(LINES_PER_SECOND, clock);
  const mayRemark = perSecond(LINES_PER_SECOND, clock);
  const remarked = new BoundedMap<RemarkedApp>(LOGGED_APPS_MAX);
  const omitted = countOmitted(log);
  const background = inBackground();
  const explain = (record: JournalRecord, logLines: (from: Explained) => Promise<void>) =>
    background.add(() =>
      // A line that cannot be made must not stop the server.
      logLines({ carrier, record, controlUrl }).catch((error) => logFailure(log, record, error)),
    );
  const receiveRefusal = (record: JournalRecord) => {
    if (!isRefusal(record)) return;
    if (mayRefuse()) explain(record, logRefusal);
    else if (!mayBeRight(record)) omitted.add();
  };
  // The requests to other servers are in their own logs.
  const stop = store.watchJournal((record) => {
    if (record.decidedBy !== 'allMet') receiveRefusal(record);
    else if (mayRemark()) explain(record, (from) => logRemarks(from, remarked));
  }, 'own');
  return async () => {
    stop();
    await background.done();
    omitted.write();
  };
}

interface Explained {
  readonly carrier: Carrier;
  readonly record: JournalRecord;
  readonly controlUrl: string;
}

async function logRefusal({ carrier, record, controlUrl }: Explained): Promise<void> {
  const causes = await refusalCauses(carrier, record);
  if (causes === undefined) return;
  const { message, ...more } = refusalEntry(record, causes, controlUrl);
  carrier.log.info(message, more);
}

interface RemarkedApp {
  /** Of the remarks that have a line. */
  readonly ids: Set<string>;
  /** The last accepted request. */
  last: JournalRecord | undefined;
}

async function logRemarks(
  { carrier, record, controlUrl }: Explained,
  remarked: BoundedMap<RemarkedApp>,
): Promise<void> {
  const { appId = '' } = record;
  const app = remarked.get(appId) ?? { ids: new Set<string>(), last: undefined };
  const { ids, last } = app;
  app.last = record;
  remarked.set(appId, app);
  const { newRemarks } = await loadExplanations();
  for (const remark of newRemarks(record, ids, last)) {
    if (ids.has(remark.row.id)) continue;
    ids.add(remark.row.id);
    const { message, ...more } = remarkEntry(record, remark, controlUrl);
    carrier.log.warn(message, more);
  }
}

function logFailure(log: Log, { id: requestId }: JournalRecord, error: unknown): void {
  const reason = messageOf(error);
  const en = `request ${requestId} cannot be explained: ${reason}`;
  log.error({ en, zh: `请求 ${requestId} 的原因无法说明：${reason}` }, { fields: { requestId } });
}

/** Counts the refusals without a line, and writes their number after a second or when it is asked to. */
function countOmitted(log: Log) {
  let omitted = 0;
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    if (omitted === 0) return;
    const words = {
      en: `${omitted} more ${omitted === 1 ? 'refusal has' : 'refusals have'} no line: the log has at most ${LINES_PER_SECOND} a second`,
      zh: `另有 ${omitted} 次拒绝没有写日志：每秒最多写 ${LINES_PER_SECOND} 行`,
    };
    log.info(words, { fields: { omitted } });
    omitted = 0;
  };
  const add = () => {
    omitted += 1;
    timer ??= setTimeout(write, COUNT_AFTER_MS).unref();
  };
  return { add, write };
}

/** The causes of a refusal, the most important first, none if it was forced; undefined if the result is right. */
export async function refusalCauses(
  carrier: Carrier,
  record: JournalRecord,
): Promise<readonly DetectedFinding[] | undefined> {
  if (!isRefusal(record)) return undefined;
  const all =
    record.decidedBy === 'forced' ? [] : await (await loadExplanations()).causesOf(carrier, record);
  const causes = mayBeRight(record) ? all.filter(({ row }) => row.mayBeRight !== true) : all;
  return causes.length > 0 || !mayBeRight(record) ? causes : undefined;
}

/** Whether it is a refusal whatever its causes are. */
export function isCertainRefusal(record: JournalRecord): boolean {
  return isRefusal(record) && !mayBeRight(record);
}

/** False if the carrier decided nothing. */
function isRefusal(record: JournalRecord): boolean {
  if (isPathUnknown(record)) return true;
  return record.resultCode !== undefined && !(mayBeRight(record) && record.decidedBy === 'forced');
}

/** 001 is a normal result, unless the client made a mistake in phoneNum. */
function mayBeRight({ operation, resultCode = '' }: JournalRecord): boolean {
  return resultRow(operation, resultCode)?.charged === true;
}

function refusalEntry(
  record: JournalRecord,
  causes: readonly DetectedFinding[],
  controlUrl: string,
): LogEntry {
  const { operation, resultCode = '', decidedBy, exchange, durationMs } = record;
  const head = refusalHead(record);
  const rule = ruleAfter(head, decidedBy);
  const shown = shownCauses(findingsInLog(causes, record));
  const reasons = (language: Language) => [
    rule[language],
    ...(shown.length === 0 ? [] : [shown.map((cause) => cause[language]).join(' ')]),
  ];
  const ids = causes.map(({ row: { id } }) => id);
  const app = JSON.stringify(appIdIn(record) ?? '-');
  return entryOf(record, controlUrl, {
    message: {
      en: `${head.en} app ${app}: ${reasons('en').join('; ')}`,
      zh: `${head.zh}应用 ${app}：${reasons('zh').join('；')}`,
    },
    findings: causes,
    fields: {
      undocumented: isUndocumented(operation, resultCode) || undefined,
      clientIp: shownIp(exchange.clientIp),
      durationMs,
      finding: ids[0],
      findings: ids.length > 1 ? ids : undefined,
    },
  });
}

function refusalHead(record: JournalRecord): Bilingual {
  if (isPathUnknown(record)) {
    return { en: 'no such path (HTTP 404)', zh: '没有这个路径（HTTP 404）' };
  }
  const { operation, resultCode = '' } = record;
  const row = resultRow(operation, resultCode);
  return {
    en: `${operation} ${resultCode} (${row?.descEn ?? 'undocumented code'})`,
    zh: `${operation} ${resultCode}（${row?.desc ?? '文档外的返回码'}）`,
  };
}

/** The first causes, and the number of the others. */
function shownCauses(causes: readonly Bilingual[]): readonly Bilingual[] {
  const more = causes.length - SHOWN_CAUSES_MAX;
  const rest = more > 0 ? [{ en: `And ${more} more.`, zh: `另有 ${more} 个原因。` }] : [];
  return [...causes.slice(0, SHOWN_CAUSES_MAX), ...rest];
}

function remarkEntry(record: JournalRecord, remark: DetectedFinding, controlUrl: string): LogEntry {
  const { operation, resultCode } = record;
  const [found = { en: '', zh: '' }] = findingsInLog([remark], record);
  const app = JSON.stringify(appIdIn(record) ?? '-');
  return entryOf(record, controlUrl, {
    message: {
      en: `${operation} ${resultCode} app ${app}: accepted here, but the carrier may refuse it; ${found.en}`,
      zh: `${operation} ${resultCode} 应用 ${app}：这里能通过，真实平台可能拒绝；${found.zh}`,
    },
    findings: [remark],
    fields: { finding: remark.row.id },
  });
}

interface Line extends Pick<LogEntry, 'message' | 'fields'> {
  readonly findings: readonly DetectedFinding[];
}

/** Adds the address of the request's page in the console, and what all lines have. */
function entryOf(
  record: JournalRecord,
  controlUrl: string,
  { message, findings, fields }: Line,
): LogEntry {
  const { id: requestId, operation, resultCode, decidedBy, token } = record;
  const details = (language: Language) =>
    findings.map((found) => inLanguage(found, language).detail);
  return {
    message: bilingual(
      (language) => `${printable(message[language])} [${controlUrl}/#/requests/${requestId}]`,
    ),
    fields: { requestId, operation, appId: appIdIn(record), resultCode, decidedBy, ...fields },
    secrets: (language) => ({
      token,
      detail: findings.length === 0 ? undefined : details(language).join('\n'),
    }),
  };
}

/** The rule without the words of the head: in Chinese they are often the same. */
function ruleAfter(head: Bilingual, decidedBy: JournalRecord['decidedBy']): Bilingual {
  const rule = ruleInWords(decidedBy);
  const requires = requirementOf(decidedBy);
  const isRepeated =
    requires !== undefined && head.zh.endsWith(`（${REQUIREMENTS[requires].unmet.zh}）`);
  return isRepeated ? { ...rule, zh: decidedBy } : rule;
}

/** As the log shows it. */
function appIdIn({ appId, state }: JournalRecord): string | undefined {
  return shownAppId(appId, { known: state.app !== undefined });
}

// An empty request would otherwise fill the screen with missing fields.
const SHOWN_CAUSES_MAX = 3;

export function ruleInWords(decidedBy: JournalRecord['decidedBy']): Bilingual {
  const requires = requirementOf(decidedBy);
  // Every other refusal has a rule.
  if (requires === undefined) return { en: 'forced by a test', zh: '强制返回' };
  const { unmet } = REQUIREMENTS[requires];
  return { en: `${unmet.en} (${decidedBy})`, zh: `${unmet.zh}（${decidedBy}）` };
}

/**
 * The explanations of findings, with `…` instead of values that a client sent or that are secret. Findings with the same
 * explanation share a line.
 */
function findingsInLog(
  all: readonly DetectedFinding[],
  { exchange, appId, state }: JournalRecord,
): readonly Bilingual[] {
  const quotes = isQuotable(exchange, { appId, known: state.app !== undefined });
  const groups = new Map<string, { readonly detail: Bilingual; readonly ids: Set<string> }>();
  for (const found of all) {
    const shown = { ...found, evidence: withoutValues(found, quotes) };
    const detail = bilingual((language) => inLanguage(shown, language).detail);
    const group = groups.get(detail.en) ?? { detail, ids: new Set() };
    groups.set(detail.en, group);
    group.ids.add(found.row.id);
  }
  return Array.from(groups.values(), ({ detail, ids }) =>
    bilingual(
      (language) => `${[...ids].join(LIST_COMMA[language])}${COLON[language]}${detail[language]}`,
    ),
  );
}

function withoutValues(
  { row: { inLog = [] }, evidence }: DetectedFinding,
  quotes: boolean,
): Evidence {
  const isShown = (name: string) => quotes && (inLog === true || inLog.includes(name));
  const inText = (name: string, text: string) =>
    isShown(name) || OUR_NAMES.has(text) ? text : HIDDEN;
  return Object.fromEntries(
    Object.entries(evidence).map(([name, value]) => {
      if (typeof value === 'string') return [name, inText(name, value)];
      return [name, Array.isArray(value) ? value.map((text: string) => inText(name, text)) : value];
    }),
  );
}

/** Values that are safe to show, because they are our own names. */
const OUR_NAMES: ReadonlySet<string> = new Set([
  ...OPERATIONS.flatMap(({ fields }) => fields.map(({ name }) => name)),
  'appKey',
  'appSecret',
  'APPSecret',
]);

/** Returns whether one more is allowed in the current second, and counts it. */
function perSecond(max: number, clock: Clock): () => boolean {
  let startedMs = Number.NEGATIVE_INFINITY;
  let count = 0;
  return () => {
    const nowMs = clock.elapsedMs();
    if (nowMs - startedMs >= 1000) {
      startedMs = nowMs;
      count = 0;
    }
    count += 1;
    return count <= max;
  };
}
