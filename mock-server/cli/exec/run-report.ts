/** The refusals that no test expected as files: text for people, JSON, and JUnit with a property for each value. */
import type { Language } from '../../../src/text/bilingual.js';
import { printable } from '../../../src/text/printable.js';
import type { Refusal } from './refusal.js';
import { refusalsText } from './summary-text.js';

/** By name. */
export function reportFiles(
  refusals: readonly Refusal[],
  language: Language,
): readonly (readonly [name: string, content: string])[] {
  return [
    ['refusals.txt', refusalsText(refusals, language)],
    ['refusals.json', `${JSON.stringify({ refusals }, undefined, 2)}\n`],
    ['refusals.xml', junitText(refusals)],
  ];
}

/** For GitHub's job summary. A client's text is no Markdown and no HTML. */
export function jobSummary(refusals: readonly Refusal[], language: Language): string {
  return `<pre>\n${escaped(refusalsText(refusals, language))}</pre>\n`;
}

/** The cases have no failure: the tests that made the requests have it. */
function junitText(refusals: readonly Refusal[]): string {
  const count = refusals.length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites><testsuite name="cmpassport-mock" tests="${count}" failures="0">`,
    ...refusals.map(caseOf),
    '</testsuite></testsuites>\n',
  ].join('\n');
}

function caseOf(refusal: Refusal): string {
  const { appName, appId, operation, resultCode, path } = refusal;
  const properties = Object.entries(refusal).flatMap(([name, value]) =>
    value === null ? [] : [`<property name="${name}" value="${attribute(value)}"/>`],
  );
  const name = resultCode === null ? path : `${operation} ${resultCode}`;
  return [
    `<testcase classname="${attribute(appName ?? appId ?? '-')}" name="${attribute(name)}"><properties>`,
    ...properties,
    '</properties></testcase>',
  ].join('\n');
}

function attribute(text: string): string {
  return escaped(printable(text));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (found) => ENTITIES[found] ?? found);
}
