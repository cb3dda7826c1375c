/** Shared by the log lines about refusals and remarks: what they show of a finding, and when they are written. */
import { OPERATIONS } from '../../src/protocol/operations.js';
import { type Bilingual, bilingual, COLON, type Language, LIST_COMMA } from '../../src/text/bilingual.js';
import type { Exchange } from '../carrier/engine/request.js';
import type { LogEntry } from '../carrier/log.js';
import type { JournalRecord } from '../carrier/store/state-store.js';
import { type DetectedFinding, type Evidence, inLanguage } from '../explain/finding.js';
import { HIDDEN, isQuotable } from './request-log.js';

export interface LineInputs {
  /** The console's address, without a slash at its end. */
  readonly controlUrl: string;
}

/** Loaded on first use. */
export const loadExplanations = () => import('../explain/records/explanations.js');

/** Lets the server answer waiting requests first. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A request's page in the console. */
export function pageOf(requestId: string, { controlUrl }: LineInputs): string {
  return `${controlUrl}/#/requests/${requestId}`;
}

/**
 * The explanations of findings, with `…` instead of values that a client sent or that are secret. Findings with the same
 * explanation share a line.
 */
export function findingsInLog(
  all: readonly DetectedFinding[],
  { exchange, appId, known }: SentBy,
): readonly Bilingual[] {
  const quotes = isQuotable(exchange, { appId, known });
  const shown = all.map((found) => ({ ...found, evidence: withoutValues(found, quotes) }));
  const details = shown.map((found) => bilingual((language) => inLanguage(found, language).detail));
  const idsOf = ({ en }: Bilingual) => new Set(all.filter((_, at) => details[at]?.en === en).map(({ row }) => row.id));
  const distinct = details.filter(({ en }, at) => details.findIndex((other) => other.en === en) === at);
  return distinct.map((detail) =>
    bilingual((language) => `${[...idsOf(detail)].join(LIST_COMMA[language])}${COLON[language]}${detail[language]}`),
  );
}

export interface SentBy {
  readonly exchange: Pick<Exchange, 'method' | 'clientIp'>;
  readonly appId: string | undefined;
  /** Whether there is an app of that id. */
  readonly known: boolean;
}

function withoutValues({ row: { inLog = [] }, evidence }: DetectedFinding, quotes: boolean): Evidence {
  const isShown = (name: string) => quotes && (inLog === true || inLog.includes(name));
  const inText = (name: string, text: string) => (isShown(name) || OUR_NAMES.has(text) ? text : HIDDEN);
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

export function unexplainedEntry({ id }: JournalRecord, reason: string): LogEntry {
  return {
    message: { en: `request ${id} cannot be explained: ${reason}`, zh: `请求 ${id} 的原因无法说明：${reason}` },
    fields: { requestId: id },
  };
}

/** The explanations with all values, one line each. */
export function allDetails(found: readonly DetectedFinding[], language: Language): string | undefined {
  return found.length === 0 ? undefined : found.map((one) => inLanguage(one, language).detail).join('\n');
}

const SECOND_MS = 1000;

/** Returns whether one more is allowed in the current second, and counts it. */
export function perSecond(max: number, elapsedMs: () => number): () => boolean {
  let startedMs = Number.NEGATIVE_INFINITY;
  let count = 0;
  return () => {
    const nowMs = elapsedMs();
    if (nowMs - startedMs >= SECOND_MS) {
      startedMs = nowMs;
      count = 0;
    }
    count += 1;
    return count <= max;
  };
}
