/**
 * The request headers that force an outcome: `X-Mock-Result-Code: 103211`, or `X-Mock-Outcome:` with one step of a
 * script. Values are UTF-8, plain or percent-encoded.
 */

import type { Operation } from '../../../src/protocol/operations.js';
import { headerText } from './header-messages.js';
import { quoted, type ScriptProblem } from './messages.js';
import { isConditional, type Step } from './outcome.js';
import { parseStep } from './step.js';

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
    return { problem: headerText('header.two', { first: first.name, second: second.name }) };
  const { name } = first;
  // Node decodes a header as Latin-1, so that each of these characters is a byte.
  const encoded = first.value.replace(
    NOT_ASCII,
    (byte) => `%${byte.charCodeAt(0).toString(HEX).toUpperCase()}`,
  );
  const value = decoded(encoded);
  if (value === undefined)
    return { problem: headerText('header.not-utf8', { name, found: quoted(encoded) }) };
  const found = quoted(value);
  if (name.toLowerCase() === RESULT_CODE && !CODE.test(value))
    return { problem: headerText('header.not-a-code', { name, operation, found }) };
  const step = parseStep(operation, value);
  if ('problem' in step)
    return { problem: headerText('header.step', { name, mistake: step.problem }) };
  if (step.times !== 1) return { problem: headerText('header.repeated', { name, found }) };
  if (isConditional(step)) return { problem: headerText('header.rated', { name, found }) };
  return step;
}

function decoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

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
