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
    return { problem: `${second.name} must not stand beside ${first.name}: give one of them, once` };
  const { name, value } = first;
  if (name.toLowerCase() === RESULT_CODE && !CODE.test(value)) {
    return { problem: `${name} must be a result code of ${operation}, found ${quote(value)}` };
  }
  const step = parseStep(operation, value);
  if ('problem' in step) return { problem: `${name}: ${step.problem}` };
  if (step.times !== 1) return { problem: `${name} is for one answer: leave out the "*", found ${quote(value)}` };
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
