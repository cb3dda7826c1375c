/** An explanation as text for a terminal: for a captured request, or for a request that this server answered. */

import type { Requirement } from '../../src/protocol/requirements.js';
import { resultRow } from '../../src/protocol/result-codes.js';
import { type Bilingual, type Language, LIST_COMMA } from '../../src/text/bilingual.js';
import { columns, printable } from '../../src/text/printable.js';
import type { ObservedReading } from '../carrier/engine/calibration.js';
import { REQUIREMENTS } from '../carrier/engine/requirements.js';
import { evidenceName } from '../text/evidence-names.js';
import type { Explanation, Gate } from './explain.js';
import type { ShownFinding } from './finding.js';
import { type Answered, type CaptureFacts, verdictOf } from './verdict.js';

export interface ReportInputs {
  readonly language: Language;
  readonly colour: boolean;
  /** With the table of requirements. */
  readonly verbose: boolean;
}

/** The limits of explaining a captured request, whose state only the carrier has. */
export interface Assumptions extends CaptureFacts {
  readonly assumedMet: readonly Requirement[];
  /** How the capture was read, a sentence for each step. */
  readonly reading: readonly Bilingual[];
  readonly notes: readonly Bilingual[];
  /** The carrier's response, and the requirements that it is about. */
  readonly answered?: (Answered & { readonly meaning: Bilingual }) | undefined;
}

export interface Reported {
  readonly explanation: Explanation;
  readonly method: string;
  readonly path: string;
  /** The interpretations in effect that a calibration observed. */
  readonly observed?: readonly ObservedReading[];
  /** undefined for a request that this server answered. */
  readonly assumptions?: Assumptions;
}

interface Page extends ReportInputs, Reported {}

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';
// ECMA-48, 8.3.117: select graphic rendition.
const STYLES: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 };

/** The report's labels. */
const WORDS = {
  request: { en: 'request', zh: '请求' },
  answer: { en: 'response', zh: '返回' },
  expectedAnswer: { en: 'expected response', zh: '预计返回' },
  answered: { en: 'carrier returned', zh: '实际返回' },
  meaning: { en: 'which means', zh: '含义' },
  decided: { en: 'decided by', zh: '判定规则' },
  forced: { en: 'a test, which forced this outcome', zh: '强制返回' },
  next: { en: 'after the fix', zh: '改正之后' },
  missing: { en: 'unknown without ', zh: '未知，缺少：' },
  met: { en: 'met', zh: '满足' },
  allMet: { en: 'every requirement', zh: '全部要求' },
  allMetHere: { en: 'every requirement that can be checked here', zh: '这里能检查的全部要求' },
  requirements: { en: 'Requirements', zh: '检查顺序' },
  legend: {
    en: '✓ met  ✗ unmet  ? assumed met  · not reached',
    zh: '✓ 满足  ✗ 不满足  ? 当作满足  · 没检查到',
  },
  mistakes: { en: 'Known mistakes', zh: '已知错误' },
  remark: { en: 'Remark: ', zh: '提示：' },
  none: { en: 'none found', zh: '没有发现' },
  sign: { en: 'Signature', zh: '签名' },
  stringToSign: { en: 'string to sign', zh: '签名原文' },
  expected: { en: 'expected', zh: '应为' },
  received: { en: 'received', zh: '收到' },
  calibration: { en: 'From your calibration', zh: '来自校准结果' },
  reading: { en: 'How the capture was read', zh: '读取方式' },
  notChecked: { en: 'Not checked', zh: '没有核对' },
  byPrivateKey: { en: 'only the private key can make it', zh: '只有用应用私钥才能算出' },
  unknownSecret: {
    en: 'unknown: the file does not have its secret',
    zh: '未知：应用文件里没有对应的密钥',
  },
  unknown: { en: 'unknown', zh: '未知' },
  nothing: { en: 'nothing', zh: '没有' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export function report(reported: Reported, inputs: ReportInputs): string {
  const page: Page = { ...inputs, ...reported };
  const sections = [
    [headline(page)],
    facts(page),
    sentences(page, WORDS.reading, page.assumptions?.reading),
    inputs.verbose ? requirements(page) : [],
    mistakes(page),
    sign(page),
    observed(page),
    sentences(page, WORDS.notChecked, page.assumptions?.notes),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headline(page: Page): string {
  const { explanation, assumptions, language } = page;
  const verdict = verdictOf({ explanation, captured: assumptions }, language);
  const [mark, style] = verdict.isRefused ? (['✗', 'red'] as const) : (['✓', 'green'] as const);
  return `${paint(page, [style, 'bold'], `${mark} ${verdict.code}`)}  ${printable(verdict.text)}`;
}

function facts(page: Page): readonly string[] {
  const { explanation, method, path, assumptions, language } = page;
  const { next, missing, operation } = explanation;
  const answered = assumptions?.answered === undefined ? [] : [assumptions.answered];
  return rows(page, [
    [WORDS.request[language], `${printable(method)} ${printable(path)} (${operation})`],
    ...answered.flatMap(({ code, meaning }) => [
      [WORDS.answered[language], paint(page, ['bold'], codeText(page, code))] as const,
      [WORDS.meaning[language], printable(meaning[language])] as const,
    ]),
    ...answerRows(page),
    decidedByRow(page),
    ...(next === null ? [] : [[WORDS.next[language], codeText(page, next)] as const]),
    ...(missing === null
      ? []
      : [[WORDS.next[language], WORDS.missing[language] + missing] as const]),
  ]);
}

/** None if the carrier refused a request that is right: another code is not expected. */
function answerRows(page: Page): readonly (readonly [name: string, value: string])[] {
  const { explanation, assumptions, language } = page;
  const { decidedBy, resultCode } = explanation;
  if (decidedBy === 'allMet' && assumptions?.answered?.isSuccess === false) return [];
  const answer = assumptions === undefined ? WORDS.answer : WORDS.expectedAnswer;
  const style = decidedBy === 'allMet' ? 'green' : 'red';
  return [[answer[language], paint(page, [style, 'bold'], codeText(page, resultCode ?? '-'))]];
}

function codeText({ explanation, language }: Page, code: string): string {
  const row = resultRow(explanation.operation, code);
  if (row === undefined) return code;
  return `${code} ${row.name}  ${language === 'zh' ? row.desc : `${row.descEn} (${row.desc})`}`;
}

function decidedByRow({
  explanation: { decidedBy },
  assumptions,
  language,
}: Page): readonly [string, string] {
  if (decidedBy === 'forced') return [WORDS.decided[language], WORDS.forced[language]];
  const all = assumptions === undefined ? WORDS.allMet : WORDS.allMetHere;
  if (decidedBy === 'allMet') return [WORDS.met[language], all[language]];
  return [WORDS.decided[language], `${decidedBy}  ${REQUIREMENTS[decidedBy].unmet[language]}`];
}

const MARKS: Readonly<
  Record<Gate['outcome'] | 'assumed met', { readonly symbol: string; readonly style: Style }>
> = {
  met: { symbol: '✓', style: 'green' },
  unmet: { symbol: '✗', style: 'red' },
  'assumed met': { symbol: '?', style: 'yellow' },
  'not reached': { symbol: '·', style: 'dim' },
};

function requirements(page: Page): readonly string[] {
  const { explanation, language } = page;
  const { gates } = explanation;
  const width = Math.max(...gates.map(({ requires }) => requires.length)) + 2;
  const head = `${title(page, WORDS.requirements[language])}  ${paint(page, ['dim'], WORDS.legend[language])}`;
  return [head, ...gates.map((gate) => gateLine(page, gate, width))];
}

const CODE_WIDTH = 8;

function gateLine(page: Page, { requires, outcome, otherwise }: Gate, width: number): string {
  const isAssumed = outcome === 'met' && page.assumptions?.assumedMet.includes(requires) === true;
  const mark = MARKS[isAssumed ? 'assumed met' : outcome];
  const words = REQUIREMENTS[requires][outcome === 'unmet' ? 'unmet' : 'met'][page.language];
  const text = `${requires.padEnd(width)}${otherwise.padEnd(CODE_WIDTH)}${words}`;
  return `  ${paint(page, [mark.style], mark.symbol)} ${outcome === 'not reached' ? paint(page, ['dim'], text) : text}`;
}

function mistakes(page: Page): readonly string[] {
  const { explanation, language } = page;
  const { findings } = explanation;
  const count = { en: ` (${findings.length})`, zh: `（${findings.length}）` }[language];
  const head = title(page, WORDS.mistakes[language] + count);
  if (findings.length === 0) return [`${head}  ${WORDS.none[language]}`];
  return [head, ...findings.flatMap((finding, at) => mistake(page, finding, at + 1))];
}

function mistake(
  page: Page,
  { id, role, title: name, detail, evidence }: ShownFinding,
  number: number,
): readonly string[] {
  const shown = Object.entries(evidence).flatMap(([key, value]) => {
    if (value === undefined || (Array.isArray(value) && value.length === 0)) return [];
    const text = [value].flat().join(LIST_COMMA[page.language]);
    // White space at an end would be invisible.
    const isVisible = text !== '' && text === text.trim();
    return [[evidenceName(key, page.language), printable(isVisible ? text : `"${text}"`)] as const];
  });
  const prefix = role === 'remark' ? WORDS.remark[page.language] : '';
  // The first line of the report has the sentence of the first cause.
  const isInVerdict = number === 1 && role === 'cause';
  return [
    '',
    `  ${number}. ${prefix}${paint(page, ['bold'], printable(name))}  ${paint(page, ['dim'], id)}`,
    ...(isInVerdict ? [] : [`     ${printable(detail)}`]),
    ...rows(page, shown).map((line) => `     ${line}`),
  ];
}

function sign(page: Page): readonly string[] {
  const { explanation, language, assumptions } = page;
  const { stringToSign, expectedSign, receivedSign } = explanation;
  if (stringToSign === null && receivedSign === null) return [];
  const withText =
    assumptions?.signSecretUnknown === true ? WORDS.unknownSecret : WORDS.byPrivateKey;
  const reason = stringToSign === null ? WORDS.unknown : withText;
  return [
    title(page, WORDS.sign[language]),
    ...rows(page, [
      [WORDS.stringToSign[language], printable(stringToSign ?? WORDS.unknown[language])],
      [WORDS.expected[language], expectedSign ?? reason[language]],
      [WORDS.received[language], printable(receivedSign ?? WORDS.nothing[language])],
    ]),
  ];
}

function observed(page: Page): readonly string[] {
  const { language, observed: readings = [] } = page;
  if (readings.length === 0) return [];
  const observedOn = (date: string) =>
    ({ en: `(observed on ${date})`, zh: `（${date} 观测）` })[language];
  return [
    title(page, WORDS.calibration[language]),
    ...rows(
      page,
      readings.map((reading) => [
        reading.id,
        `${printable(reading.option)}  ${observedOn(reading.observedOn)}`,
      ]),
    ),
  ];
}

function sentences(
  page: Page,
  heading: Bilingual,
  texts: readonly Bilingual[] = [],
): readonly string[] {
  if (texts.length === 0) return [];
  const { language } = page;
  return [
    title(page, heading[language]),
    ...texts.map((text) => `  - ${printable(text[language])}`),
  ];
}

function title(page: Page, text: string): string {
  return paint(page, ['bold'], text);
}

function rows(
  page: Page,
  pairs: readonly (readonly [name: string, value: string])[],
): readonly string[] {
  const width = Math.max(0, ...pairs.map(([name]) => columns(name))) + 2;
  return pairs.map(
    ([name, value]) =>
      `  ${paint(page, ['dim'], name)}${' '.repeat(width - columns(name))}${value}`,
  );
}

function paint({ colour }: ReportInputs, styles: readonly Style[], text: string): string {
  if (!colour) return text;
  return `\x1b[${styles.map((style) => STYLES[style]).join(';')}m${text}\x1b[0m`;
}
