/** The plan, the result and the changes of a calibration as text for a terminal. */

import { type Bilingual, COLON, type Language } from '../../src/text/bilingual.js';
import { columns, printable } from '../../src/text/printable.js';
import {
  type Calibration,
  CHANGE_WORDS,
  type Change,
  isSettled,
  type PlacedCheck,
  type Settled,
} from '../calibrate/calibration.js';
import type { PaidReading, Plan } from '../calibrate/plan.js';
import { AMBIGUITIES } from '../index.js';
import { type Paint, padded, painter } from './text.js';

export interface PageOptions {
  readonly lang: Language;
  readonly colour: boolean;
}

export interface PlanTerms {
  readonly target: string;
  readonly limit: number;
  /** Calls of an interrupted run. */
  readonly spent: number;
  readonly hasTokens: boolean;
}

export function planText(
  plan: Plan,
  { target, limit, spent, hasTokens }: PlanTerms,
  { lang, colour }: PageOptions,
): string {
  const paint = painter(colour);
  const most = hasTokens ? Math.max(0, Math.min(limit - spent, plan.calls)) : 0;
  const lines = {
    en: [
      paint('bold', `Plan for ${printable(target)}`),
      `  Without a live token: about ${plan.freeRequests} requests, for ${list(plan.free, lang)}; the order of mistakes, texts, latency.`,
      ...paid(plan.live, 'With live tokens', lang),
      `  With live tokens: the mistakes that the carrier accepts or checks after the token (up to ${plan.mistakeCalls} calls).`,
      ...paid(plan.fallback, 'With live tokens, only if the carrier checks the token first', lang),
      `  Not settled by this profile: ${list(plan.notSettled, lang)}.`,
      ...(spent > 0 ? [`  An interrupted run already made ${callsText(spent, lang)}, which count.`] : []),
      ...(hasTokens ? [] : ['  The profile has no source of tokens, so no live token is used.']),
      paint('bold', mostText(most, limit).en),
    ],
    zh: [
      paint('bold', `${printable(target)} 的校准计划`),
      `  不需要有效 token：约 ${plan.freeRequests} 个请求，用于 ${list(plan.free, lang)}，以及有多处错误时先报哪个、返回码描述和耗时。`,
      ...paid(plan.live, '需要有效 token', lang),
      `  需要有效 token：平台接受的错误，以及在 token 之后检查的错误（最多 ${plan.mistakeCalls} 次）。`,
      ...paid(plan.fallback, '仅当移动认证平台先检查 token 时才需要有效 token', lang),
      `  用这份 profile 无法得出结论：${list(plan.notSettled, lang)}。`,
      ...(spent > 0 ? [`  上次中断前已调用 ${spent} 次，算在内。`] : []),
      ...(hasTokens ? [] : ['  profile 里没有 tokens，所以不会使用有效 token。']),
      paint('bold', mostText(most, limit).zh),
    ],
  }[lang];
  return `${lines.join('\n')}\n`;
}

function mostText(most: number, limit: number): Bilingual {
  if (most === 0) {
    return {
      en: `No live token will be used, so nothing can be charged (limit ${limit}).`,
      zh: `不会使用有效 token，所以不会计费（上限 ${limit} 次）。`,
    };
  }
  return {
    en: `At most ${callsText(most, 'en')} with a live token will be made. Each could be charged (limit ${limit}).`,
    zh: `最多用有效 token 调用 ${most} 次，每次都可能计费（上限 ${limit} 次）。`,
  };
}

function paid(rows: readonly PaidReading[], title: string, lang: Language): readonly string[] {
  if (rows.length === 0) return [];
  const shown = rows.map(({ reading, calls }) =>
    lang === 'en' ? `${reading} (${callsText(calls, lang)})` : `${reading}（${callsText(calls, lang)}）`,
  );
  return [lang === 'en' ? `  ${title}: ${list(shown, lang)}.` : `  ${title}：${list(shown, lang)}。`];
}

function callsText(count: number, lang: Language): string {
  return { en: `${count} ${count === 1 ? 'call' : 'calls'}`, zh: `${count} 次` }[lang];
}

function list(items: readonly string[], lang: Language): string {
  if (items.length === 0) return { en: 'nothing', zh: '无' }[lang];
  return items.join({ en: ', ', zh: '、' }[lang]);
}

export function calibrationText(calibration: Calibration, { lang, colour }: PageOptions): string {
  const paint = painter(colour);
  const sections = [
    settledLines(calibration, lang, paint),
    openLines(calibration, lang, paint),
    orderLines(calibration, lang, paint),
    seenLines(calibration, lang, paint),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function settledLines({ readings, evidence }: Calibration, lang: Language, paint: Paint): readonly string[] {
  const rows = Object.entries(readings).flatMap(([id, reading]) => {
    if (!isSettled(reading)) return [];
    const isPaid = reading.evidence.some((one) => evidence[one]?.paid);
    return [{ id, option: reading.option, remark: remarkOf(id, reading, isPaid)[lang] }];
  });
  const width = Math.max(0, ...rows.map(({ id }) => id.length));
  const optionWidth = Math.max(0, ...rows.map(({ option }) => option.length));
  return [
    paint('bold', { en: `Settled (${rows.length})`, zh: `已得出结论（${rows.length}）` }[lang]),
    ...rows.map(({ id, option, remark }) =>
      `  ${id.padEnd(width)}  ${paint('green', option.padEnd(optionWidth))}  ${remark}`.trimEnd(),
    ),
  ];
}

function remarkOf(id: string, { option, note }: Settled, isPaid: boolean): Bilingual {
  const usual = AMBIGUITIES.find((row) => row.id === id)?.default ?? option;
  return {
    en: [
      ...(isPaid ? ['with live tokens'] : []),
      ...(option === usual ? [] : [`default ${usual}`]),
      ...(note ? [note.en] : []),
    ].join(', '),
    zh: [
      ...(isPaid ? ['使用了有效 token'] : []),
      ...(option === usual ? [] : [`默认是 ${usual}`]),
      ...(note ? [note.zh] : []),
    ].join('，'),
  };
}

function openLines({ readings }: Calibration, lang: Language, paint: Paint): readonly string[] {
  const rows = Object.entries(readings).flatMap(([id, reading]) =>
    isSettled(reading) ? [] : [{ id, why: reading.notSettled[lang] }],
  );
  if (rows.length === 0) return [];
  return [
    paint('bold', { en: `Not settled (${rows.length})`, zh: `没有结论（${rows.length}）` }[lang]),
    ...rows.flatMap(({ id, why }) => [`  ${paint('yellow', id)}`, `      ${printable(why)}`]),
  ];
}

/** For each operation, the mistakes by the order of their checks. Those between two arrows have no order. */
function orderLines({ precedence }: Calibration, lang: Language, paint: Paint): readonly string[] {
  const lines = Object.entries(precedence).flatMap(([operation, checks]) => {
    const refused = checks.filter(({ outcome }) => outcome !== ACCEPTED);
    const compared = refused.filter(({ isCompared }) => isCompared);
    if (compared.length === 0) return [];
    const names = (rows: readonly PlacedCheck[]) =>
      list(
        rows.map(({ name }) => name[lang]),
        lang,
      );
    const rest = refused.filter(({ isCompared }) => !isCompared);
    const accepted = checks.filter(({ outcome }) => outcome === ACCEPTED);
    return [
      `  ${operation}`,
      ...groupsOf(compared).map((group, at) => `    ${at + 1}. ${shownOutcome(group[0])}  ${names(group)}`),
      ...(rest.length === 0
        ? []
        : [`    ${{ en: 'not comparable', zh: '先后不明' }[lang]}${COLON[lang]}${names(rest)}`]),
      ...(accepted.length === 0 ? [] : [`    ${{ en: 'accepted', zh: '接受' }[lang]}${COLON[lang]}${names(accepted)}`]),
    ];
  });
  if (lines.length === 0) return [];
  return [paint('bold', { en: 'Order of mistakes', zh: '有多处错误时先报哪个' }[lang]), ...lines];
}

const ACCEPTED = 'accepted';

/** Neighbours with one outcome. */
function groupsOf(checks: readonly PlacedCheck[]): readonly (readonly PlacedCheck[])[] {
  const isFirst = (at: number) => shownOutcome(checks[at - 1]) !== shownOutcome(checks[at]);
  const starts = [...checks.keys()].filter(isFirst);
  return starts.map((start, at) => checks.slice(start, starts[at + 1]));
}

function shownOutcome(check: PlacedCheck | undefined): string {
  return check?.reply === undefined ? (check?.outcome ?? '') : `HTTP ${check.reply.status}`;
}

function seenLines({ texts, beyond, latencyMs }: Calibration, lang: Language, paint: Paint): readonly string[] {
  const count = Object.values(texts).reduce((sum, byCode) => sum + Object.keys(byCode).length, 0);
  const times = Object.entries(latencyMs).map(
    ([operation, { p50, p90, p99 }]) => `  ${operation}: p50 ${p50} ms, p90 ${p90} ms, p99 ${p99} ms`,
  );
  if (count === 0 && beyond.length === 0 && times.length === 0) return [];
  return [
    paint('bold', { en: 'Also recorded', zh: '同时记录' }[lang]),
    { en: `  texts of ${count} codes`, zh: `  ${count} 个返回码的描述` }[lang],
    ...beyond.map(
      ({ operation, code, text }) =>
        ({
          en: `  undocumented code: ${operation} ${printable(code)} ${printable(text)}`,
          zh: `  文档外的返回码：${operation} ${printable(code)} ${printable(text)}`,
        })[lang],
    ),
    ...times,
  ];
}

export function changesText(changes: readonly Change[], { lang, colour }: PageOptions): string {
  const paint = painter(colour);
  if (changes.length === 0) return { en: 'Nothing has changed since.\n', zh: '与上次相比没有变化。\n' }[lang];
  const width = Math.max(...changes.map(({ about }) => columns(about)));
  const lines = changes.map(({ about, kind, before, now }) => {
    const change = before === '' ? printable(now) : `${printable(before)} → ${printable(now)}`;
    return `  ${padded(printable(about), width)}  ${CHANGE_WORDS[kind][lang]}  ${change}`;
  });
  const title = { en: `Changed since (${changes.length})`, zh: `与上次不同（${changes.length}）` }[lang];
  return `${[paint('red', title), ...lines].join('\n')}\n`;
}
