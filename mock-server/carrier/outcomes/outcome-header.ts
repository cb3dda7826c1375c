/**
 * The request headers that force an outcome: `X-Mock-Result-Code: 103211`, or `X-Mock-Outcome:` with one step of a
 * script. Values are UTF-8, plain or percent-encoded.
 */

import type { Operation } from '../../../src/protocol/operations.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { isConditional, type Step } from './outcome.js';
import { parseStep, problemOf, type ScriptProblem } from './script.js';

const RESULT_CODE = 'x-mock-result-code';
const OUTCOME = 'x-mock-outcome';
const CODE = /^\d+(?:\s*\(.*\))?$/s;
const NOT_ASCII = /[\x80-\xff]/g;
const HEX = 16;

/** The step that a request's headers force; undefined if no header forces one. */
export function headerStep(
  operation: Operation,
  rawHeaders: readonly string[],
): Step | ScriptProblem | undefined {
  const [first, second] = outcomeHeaders(rawHeaders);
  if (first === undefined) return undefined;
  if (second !== undefined)
    return {
      problem: {
        en: `${second.name} cannot be combined with ${first.name}: send only one of them, once`,
        zh: `${second.name} 不能与 ${first.name} 同时使用：请只发其中一个，且只发一次`,
      },
    };
  const { name } = first;
  const refuse = (found: string, { en, zh }: Bilingual) =>
    problemOf(found, { en: `${name} ${en}`, zh: `${name} ${zh}` });
  // Node decodes a header as Latin-1, so that each of these characters is a byte.
  const encoded = first.value.replace(
    NOT_ASCII,
    (byte) => `%${byte.charCodeAt(0).toString(HEX).toUpperCase()}`,
  );
  const value = decoded(encoded);
  if (value === undefined) return refuse(encoded, NOT_UTF8);
  if (name.toLowerCase() === RESULT_CODE && !CODE.test(value))
    return refuse(value, {
      en: `must be a result code of ${operation}`,
      zh: `应为 ${operation} 的返回码`,
    });
  const step = parseStep(operation, value);
  if ('problem' in step)
    return { problem: { en: `${name}: ${step.problem.en}`, zh: `${name}：${step.problem.zh}` } };
  if (step.times !== 1) return refuse(value, REPEATED);
  if (isConditional(step)) return refuse(value, RATED);
  return step;
}

function decoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

const REPEATED: Bilingual = {
  en: 'forces one response, so it cannot repeat: remove the "*"',
  zh: '只指定一次响应，不能重复：请去掉 "*"',
};
const RATED: Bilingual = {
  en: 'forces one response: remove frequency(…) or every(…), which count the calls of a script',
  zh: '只指定一次响应：请去掉 frequency(…) 或 every(…)，它们统计的是脚本的调用次数',
};
const NOT_UTF8: Bilingual = {
  en: 'is not UTF-8, plain or percent-encoded: write "%" itself as %25',
  zh: '不是正确的 UTF-8，也不是 UTF-8 的百分号编码："%" 本身请写成 %25',
};

interface Header {
  readonly name: string;
  readonly value: string;
}

const NONE: readonly Header[] = [];

function outcomeHeaders(rawHeaders: readonly string[]): readonly Header[] {
  let found = NONE;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    // A fast check for every request: most names have another length than ours.
    if (name.length !== RESULT_CODE.length && name.length !== OUTCOME.length) continue;
    const lower = name.toLowerCase();
    if (lower === RESULT_CODE || lower === OUTCOME)
      found = [...found, { name, value: (rawHeaders[at + 1] ?? '').trim() }];
  }
  return found;
}
