/** A run as JUnit XML that follows Jenkins' schema: a case has only failure, error, skipped and system-out. */

import { COLON, type Language, wordsIn } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import type { CaseResult, Status } from '../kit/result.js';
import { descriptionIn } from './descriptions.js';
import { gist, plainText, seenText } from './details.js';
import { countsOf, type ReportModel } from './model.js';
import { STATUS_WORDS } from './words.js';

export function junitReport(model: ReportModel): string {
  const { run } = model;
  const operations = [...new Set(run.results.map(({ operation }) => operation))];
  const suites = operations.map((operation) => suiteOf(model, operation));
  const attributes = {
    name: `cmpassport-mock contract ${run.suite}`,
    ...totals(run.results),
    time: seconds(run.endedAtMs - run.startedAtMs),
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, suites)}\n`;
}

function suiteOf(model: ReportModel, operation: Operation): string {
  const { run, lang } = model;
  const results = run.results.filter((result) => result.operation === operation);
  const { skip, disabled } = countsOf(results);
  const attributes = {
    name: operation,
    ...totals(results),
    skipped: String(skip + disabled),
    time: seconds(results.reduce((sum, { durationMs }) => sum + durationMs, 0)),
    // In UTC. Readers expect no milliseconds and no zone.
    timestamp: new Date(run.startedAtMs).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length),
  };
  const cases = results.map((result) => {
    const { suite, id, durationMs, status } = result;
    // Readers identify a case across runs by classname and name, so the name is the id, which never changes.
    const names = { classname: `${suite}.${operation}`, name: id, time: seconds(durationMs) };
    return element('testcase', names, OUTCOMES[status](result, lang));
  });
  return element('testsuite', attributes, cases);
}

function totals(results: readonly CaseResult[]) {
  const { fail, error } = countsOf(results);
  return { tests: String(results.length), failures: String(fail), errors: String(error) };
}

const OUTCOMES: Readonly<
  Record<Status, (result: CaseResult, lang: Language) => readonly string[]>
> = {
  pass: (result, lang) =>
    result.differences.length > 0 || result.seen !== undefined ? [output(result, lang)] : [],
  fail: (result, lang) => [wrong('failure', result, lang)],
  error: (result, lang) => [wrong('error', result, lang)],
  // JUnit has no warnings: the case passes, with the details as its output.
  warn: (result, lang) => [output(result, lang)],
  skip: ({ reason = '' }, lang) => [element('skipped', { message: wordsIn(reason, lang) }, [])],
  disabled: ({ reason = '' }, lang) => [
    element(
      'skipped',
      { message: `${STATUS_WORDS.disabled[lang]}${COLON[lang]}${wordsIn(reason, lang)}` },
      [],
    ),
  ],
};

function wrong(name: 'failure' | 'error', result: CaseResult, lang: Language): string {
  const attributes = {
    message: `${descriptionIn(result, lang)}${COLON[lang]}${gist(result, lang)}`,
    type: result.level,
  };
  return element(name, attributes, [escaped(plainText(result, lang))]);
}

function output(result: CaseResult, lang: Language): string {
  const { status, seen } = result;
  const head = seen === undefined ? status : `${status}: ${seenText(seen)}`;
  return element('system-out', {}, [escaped(`${head}\n${plainText(result, lang)}`)]);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly string[],
): string {
  const pairs = Object.entries(attributes).map(
    ([attribute, value]) => ` ${attribute}="${escaped(value, ATTRIBUTE)}"`,
  );
  const start = `<${name}${pairs.join('')}`;
  if (children.length === 0) return `${start}/>`;
  const isText = children.every((child) => !child.startsWith('<'));
  return isText
    ? `${start}>${children.join('')}</${name}>`
    : `${start}>\n${children.join('\n')}\n</${name}>`;
}

const TEXT = /[&<>\r]/g;
/** A parser replaces literal line breaks and tabs in an attribute with spaces. */
const ATTRIBUTE = /[&<>"\r\n\t]/g;
const REFERENCES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\r', '&#13;'],
  ['\n', '&#10;'],
  ['\t', '&#9;'],
]);

// Control characters, and characters that XML 1.0 (2.2) does not allow.
const NO_CHARACTER =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are removed
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu;

function escaped(text: string, special = TEXT): string {
  return text.replace(NO_CHARACTER, '').replace(special, (found) => REFERENCES.get(found) ?? '');
}
