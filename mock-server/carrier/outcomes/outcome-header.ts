/** The request headers that ask for an answer: `X-Mock-Result-Code: 103211`, or `X-Mock-Outcome:` with one step of the grammar. */
import type { Operation } from '../../../src/protocol/operations.js';
import type { Step } from './outcome.js';
import { quote } from './quote.js';
import { parseStep, type ScriptProblem } from './script.js';

const RESULT_CODE = 'x-mock-result-code';
const OUTCOME = 'x-mock-outcome';
const CODE = /^\d+$/;

/** What a request's headers ask for; undefined where they ask for nothing. */
export function headerStep(operation: Operation, rawHeaders: readonly string[]): Step | ScriptProblem | undefined {
  const [first, second] = askingHeaders(rawHeaders);
  if (first === undefined) return undefined;
  if (second !== undefined)
    return {
      problem: {
        en: `${second.name} must not stand beside ${first.name}: give one of them, once`,
        zh: `${second.name} 不能与 ${first.name} 同时给出：只给其中一个，且只给一次`,
      },
    };
  const { name, value } = first;
  if (name.toLowerCase() === RESULT_CODE && !CODE.test(value)) {
    return {
      problem: {
        en: `${name} must be a result code of ${operation}, found ${quote(value)}`,
        zh: `${name} 应为 ${operation} 的返回码，实际为 ${quote(value)}`,
      },
    };
  }
  const step = parseStep(operation, value);
  if ('problem' in step) return { problem: { en: `${name}: ${step.problem.en}`, zh: `${name}：${step.problem.zh}` } };
  if (step.times !== 1)
    return {
      problem: {
        en: `${name} is for one answer: leave out the "*", found ${quote(value)}`,
        zh: `${name} 只决定一次应答：请去掉 "*"，实际为 ${quote(value)}`,
      },
    };
  return step;
}

interface Header {
  readonly name: string;
  readonly value: string;
}

const NONE: readonly Header[] = [];

function askingHeaders(rawHeaders: readonly string[]): readonly Header[] {
  let asking = NONE;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    // Looked at for each request: most names are not as long as one of ours.
    if (name.length !== RESULT_CODE.length && name.length !== OUTCOME.length) continue;
    const lower = name.toLowerCase();
    if (lower === RESULT_CODE || lower === OUTCOME)
      asking = [...asking, { name, value: (rawHeaders[at + 1] ?? '').trim() }];
  }
  return asking;
}
