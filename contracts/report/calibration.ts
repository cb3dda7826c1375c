/** The plan, the result and the changes of a calibration as text for a terminal. */

import {
  type Bilingual,
  bilingual,
  COLON,
  type Language,
  LIST_COMMA,
} from '../../src/text/bilingual.js';
import { columns, printable } from '../../src/text/printable.js';
import {
  type Calibration,
  CHANGE_WORDS,
  type Change,
  isSettled,
  type PlacedCheck,
  type Settled,
} from '../calibrate/calibration.js';
import type { Plan } from '../calibrate/plan.js';
import { TOKEN_USE } from '../calibrate/token-use.js';
import { AMBIGUITIES } from '../index.js';
import { type Paint, padded, painter } from './text.js';
import { COMMA } from './words.js';

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

export function planText(plan: Plan, terms: PlanTerms, { lang, colour }: PageOptions): string {
  const { target, hasTokens, limit, spent } = terms;
  const most = hasTokens ? Math.max(0, Math.min(limit - spent, plan.calls)) : 0;
  const title = { en: `Plan for ${printable(target)}`, zh: `${printable(target)} 的校准计划` };
  const lines = PLAN_LINES[lang]({ ...plan, ...terms, most });
  return `${[painter(colour)('bold', title[lang]), ...lines].join('\n')}\n`;
}

interface PlanFacts extends Plan, PlanTerms {
  /** The maximum number of calls with a live token. */
  readonly most: number;
}

const PLAN_LINES: Readonly<Record<Language, (facts: PlanFacts) => readonly string[]>> = {
  en: ({ freeRequests, readings, calls, notSettled, spent, hasTokens, most, limit }) => [
    `  Without a live token: about ${freeRequests} requests, for ${list(readings, 'en')}; the order of mistakes, texts.`,
    `  With live tokens: ${TOKEN_USE}; the mistakes that the carrier accepts or checks after the token; if it checks the token first, also the readings above (up to ${calls} calls).`,
    `  Not settled by this profile: ${list(notSettled, 'en')}.`,
    ...(spent > 0 ? [`  An interrupted run already made ${callsText(spent)}, which count.`] : []),
    ...(hasTokens ? [] : ['  The profile has no source of tokens, so no live token is used.']),
    most === 0
      ? `No live token will be used, so nothing can be charged (limit ${limit}).`
      : `At most ${callsText(most)} with a live token will be made. Each could be charged (limit ${limit}).`,
  ],
  zh: ({ freeRequests, readings, calls, notSettled, spent, hasTokens, most, limit }) => [
    `  不需要有效 token：约 ${freeRequests} 个请求，用于 ${list(readings, 'zh')}，以及有多处错误时先报哪个和返回码描述。`,
    `  需要有效 token：${TOKEN_USE}，平台接受的错误和在 token 之后检查的错误；如果平台先检查 token，上面各项也需要（最多 ${calls} 次）。`,
    `  用这份 profile 无法得出结论：${list(notSettled, 'zh')}。`,
    ...(spent > 0 ? [`  上次中断前已调用 ${spent} 次，算在内。`] : []),
    ...(hasTokens ? [] : ['  profile 里没有 tokens，所以不会使用有效 token。']),
    most === 0
      ? `不会使用有效 token，所以不会计费（上限 ${limit} 次）。`
      : `最多用有效 token 调用 ${most} 次，每次都可能计费（上限 ${limit} 次）。`,
  ],
};

function callsText(count: number): string {
  return `${count} ${count === 1 ? 'call' : 'calls'}`;
}

function list(items: readonly string[], lang: Language): string {
  if (items.length === 0) return { en: 'nothing', zh: '无' }[lang];
  return items.join(LIST_COMMA[lang]);
}

export function calibrationText(calibration: Calibration, { lang, colour }: PageOptions): string {
  const paint = painter(colour);
  const sections = [
    settledLines(calibration, lang, paint),
    openLines(calibration, lang, paint),
    orderLines(calibration, lang, paint),
    seenLines(calibration, lang, paint),
  ];
  const shown = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${shown.join('\n\n')}\n`;
}

function settledLines(
  { readings, evidence }: Calibration,
  lang: Language,
  paint: Paint,
): readonly string[] {
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
  const remarks: readonly Bilingual[] = [
    ...(isPaid ? [{ en: 'with live tokens', zh: '使用了有效 token' }] : []),
    ...(option === usual ? [] : [{ en: `default ${usual}`, zh: `默认是 ${usual}` }]),
    ...(note ? [note] : []),
  ];
  return bilingual((lang) => remarks.map((one) => one[lang]).join(COMMA[lang]));
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

const ACCEPTED = 'accepted';

/** For each operation, the mistakes by the order of their checks. Those between two arrows have no order. */
function orderLines({ precedence }: Calibration, lang: Language, paint: Paint): readonly string[] {
  const lines = Object.entries(precedence).flatMap(([operation, checks]) => {
    const accepted = checks.filter(({ outcome }) => outcome === ACCEPTED);
    const later = checks.filter(({ outcome }) => outcome === 'afterToken');
    const refused = checks.filter((one) => !accepted.includes(one) && !later.includes(one));
    const compared = refused.filter(({ isCompared }) => isCompared);
    const others = refused.filter(({ isCompared }) => !isCompared);
    if (compared.length === 0) return [];
    const names = (rows: readonly PlacedCheck[]) =>
      list(
        rows.map(({ name }) => name[lang]),
        lang,
      );
    const labelled = (label: Bilingual, rows: readonly PlacedCheck[]) =>
      rows.length === 0 ? [] : [`    ${label[lang]}${COLON[lang]}${names(rows)}`];
    return [
      `  ${operation}`,
      ...groupsOf(compared).map(
        (group, at) => `    ${at + 1}. ${group[0]?.outcome}  ${names(group)}`,
      ),
      ...labelled({ en: 'not comparable', zh: '先后不明' }, others),
      ...labelled({ en: 'after the token', zh: '在 token 之后检查' }, later),
      ...labelled({ en: 'accepted', zh: '接受' }, accepted),
    ];
  });
  if (lines.length === 0) return [];
  return [paint('bold', { en: 'Order of mistakes', zh: '有多处错误时先报哪个' }[lang]), ...lines];
}

/** Neighbours with one outcome. */
function groupsOf(checks: readonly PlacedCheck[]): readonly (readonly PlacedCheck[])[] {
  const isFirst = (at: number) => checks[at - 1]?.outcome !== checks[at]?.outcome;
  const starts = [...checks.keys()].filter(isFirst);
  return starts.map((start, at) => checks.slice(start, starts[at + 1]));
}

function seenLines(
  { texts, beyond }: Calibration,
  lang: Language,
  paint: Paint,
): readonly string[] {
  const count = Object.values(texts).reduce((sum, byCode) => sum + Object.keys(byCode).length, 0);
  if (count === 0 && beyond.length === 0) return [];
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
  ];
}

export function changesText(changes: readonly Change[], { lang, colour }: PageOptions): string {
  const paint = painter(colour);
  if (changes.length === 0)
    return { en: 'Nothing has changed since.\n', zh: '与上次相比没有变化。\n' }[lang];
  const width = Math.max(...changes.map(({ about }) => columns(about)));
  const lines = changes.map(({ about, kind, before, now }) => {
    const change = before === '' ? printable(now) : `${printable(before)} → ${printable(now)}`;
    return `  ${padded(printable(about), width)}  ${CHANGE_WORDS[kind][lang]}  ${change}`;
  });
  const title = { en: `Changed since (${changes.length})`, zh: `与上次不同（${changes.length}）` }[
    lang
  ];
  return `${[paint('red', title), ...lines].join('\n')}\n`;
}
