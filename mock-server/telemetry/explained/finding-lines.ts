/** Shared by the log lines about refusals and remarks: what they show of a finding, and when they are written. */
import { REQUEST_FIELDS } from '../../../src/protocol/fields.js';
import { type Bilingual, bilingual, COLON, LIST_COMMA } from '../../../src/text/bilingual.js';
import type { Exchange } from '../../carrier/engine/request.js';
import { type DetectedFinding, type Evidence, inLanguage } from '../../explain/finding.js';
import { HIDDEN, isQuotable } from '../request-log.js';

export interface LineInputs {
  /** The console's address, without a slash at its end. */
  readonly controlUrl: string;
}

/** Loaded on first use. */
export const loadExplanations = () => import('../../explain/records/explanations.js');

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
  ...Object.values(REQUEST_FIELDS).flatMap((rows) => rows.map(({ name }) => name)),
  'appKey',
  'appSecret',
  'APPSecret',
]);
