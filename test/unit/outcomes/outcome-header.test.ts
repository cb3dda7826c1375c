/**
 * The request headers that force an outcome, and the errors for invalid ones. The position in a script: the next step and
 * the remaining steps after a number of used steps.
 */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  nextCheckAt,
  stepAt,
  stepsLeft,
  totalTimes,
} from '../../../mock-server/carrier/outcomes/cursor.js';
import type { Step } from '../../../mock-server/carrier/outcomes/outcome.js';
import { headerStep } from '../../../mock-server/carrier/outcomes/outcome-header.js';
import {
  formatScript,
  formatStep,
  parseScript,
} from '../../../mock-server/carrier/outcomes/script.js';
import { english } from '../../support/bilingual.js';

const LOGIN = 'loginTokenValidate';
const OTHERS = [
  'Host',
  'x',
  'Content-Type',
  'application/json',
  'Accept-Charset',
  'utf-8',
  'Content-Length',
  '2',
];

const code = (resultCode: string, desc?: string) => ({
  delayMs: 0,
  outcome: { kind: 'code', resultCode, ...(desc !== undefined && { desc }) },
  times: 1,
});

/** A text in UTF-8 as the value of a header: Node decodes its bytes as Latin-1. */
function latin1(text: string): string {
  return Buffer.from(text).toString('latin1');
}

describe('a header forces an outcome', () => {
  test.each<{
    readonly description: string;
    readonly headers: readonly string[];
    readonly step: unknown;
  }>([
    { description: 'nothing', headers: [], step: undefined },
    { description: 'a similar name', headers: ['X-Mock-Result-Codes', '103211'], step: undefined },
    {
      description: 'the name as a value',
      headers: ['X-Other', 'X-Mock-Result-Code'],
      step: undefined,
    },
    { description: 'a code', headers: ['X-Mock-Result-Code', '103211'], step: code('103211') },
    {
      description: 'a code under a name in lower case',
      headers: ['x-mock-result-code', '103211'],
      step: code('103211'),
    },
    {
      description: 'a code in white space',
      headers: ['X-MOCK-RESULT-CODE', '\t103211 '],
      step: code('103211'),
    },
    {
      description: 'an outcome that is a code',
      headers: ['X-Mock-Outcome', '103211'],
      step: code('103211'),
    },
    {
      description: 'an outcome once',
      headers: ['X-Mock-Outcome', '103211*1'],
      step: code('103211'),
    },
    {
      description: 'an undocumented code',
      headers: ['X-Mock-Result-Code', '103911'],
      step: code('103911'),
    },
    {
      description: 'an undocumented code with a text',
      headers: ['X-Mock-Result-Code', '103911("too frequent")'],
      step: code('103911', 'too frequent'),
    },
    {
      description: 'a text that is percent-encoded',
      headers: [
        'X-Mock-Outcome',
        '103911("%E8%AF%B7%E6%B1%82%E8%BF%87%E4%BA%8E%E9%A2%91%E7%B9%81")',
      ],
      step: code('103911', '请求过于频繁'),
    },
    {
      description: 'a text in UTF-8, as Node hands over its bytes',
      headers: ['X-Mock-Outcome', latin1('103911("请求过于频繁")')],
      step: code('103911', '请求过于频繁'),
    },
    {
      description: 'a step with full-width parentheses in UTF-8',
      headers: ['X-Mock-Outcome', latin1('delay（2s）lose')],
      step: { delayMs: 2000, outcome: { kind: 'lose' }, times: 1 },
    },
    {
      description: 'an outcome that is percent-encoded as a whole',
      headers: ['X-Mock-Outcome', '103911(%22100%25%22)'],
      step: code('103911', '100%'),
    },
    {
      description: 'an outcome with a delay',
      headers: ['x-mock-outcome', 'delay(2s) lose'],
      step: { delayMs: 2000, outcome: { kind: 'lose' }, times: 1 },
    },
  ])('$description', ({ headers, step }) => {
    expect(headerStep(LOGIN, [...OTHERS, ...headers])).toEqual(step);
    expect(headerStep(LOGIN, [...headers, ...OTHERS])).toEqual(step);
  });
});

interface WrongRow {
  readonly description: string;
  readonly headers: readonly string[];
  readonly parts: readonly string[];
}

// problem-texts.json has the words of the other mistakes.
describe('an error names the header and quotes its value', () => {
  test.each<WrongRow>([
    {
      description: 'a code twice',
      headers: ['X-Mock-Result-Code', '103211*2'],
      parts: ['X-Mock-Result-Code', '"103211*2"'],
    },
    {
      description: 'a Chinese word',
      headers: ['X-Mock-Outcome', latin1('重置')],
      parts: ['X-Mock-Outcome', 'found "重置"'],
    },
    {
      description: 'no outcome',
      headers: ['X-Mock-Outcome', ' '],
      parts: ['X-Mock-Outcome', '""', 'a step such as'],
    },
    {
      description: 'more than one step',
      headers: ['X-Mock-Outcome', 'reset, hang'],
      parts: ['"reset, hang"'],
    },
    {
      description: 'a step that repeats forever',
      headers: ['X-Mock-Outcome', 'reset*'],
      parts: ['one response', '"reset*"'],
    },
    {
      description: 'one header twice',
      headers: ['X-Mock-Result-Code', '103211', 'X-Mock-Result-Code', '103211'],
      parts: ['send only one of them, once'],
    },
    {
      description: 'one header twice, joined as fetch does',
      headers: ['x-mock-result-code', '103211, 103211'],
      parts: ['x-mock-result-code must be a result code', '"103211, 103211"'],
    },
  ])('$description', ({ headers, parts }) => {
    const step = headerStep(LOGIN, [...OTHERS, ...headers]);
    const problem = step !== undefined && 'problem' in step ? english(step.problem) : '';
    for (const text of parts) expect(problem).toContain(text);
  });
});

function stepsOf(script: string): readonly Step[] {
  const steps = parseScript('tokenValidate', script);
  if ('problem' in steps) throw new Error(steps.problem.en);
  return steps;
}

describe.each([
  { script: '000', left: ['000', ''] },
  { script: '000*3', left: ['000*3', '000*2', '000', ''] },
  { script: '999*2, 000', left: ['999*2, 000', '999, 000', '000', ''] },
  { script: '000, 001*', left: ['000, 001*', '001*', '001*', '001*'] },
  { script: '000*', left: ['000*', '000*'] },
  {
    script: 'reset, delay(3s) 000*2, hang',
    left: [
      'reset, delay(3s) 000*2, hang',
      'delay(3s) 000*2, hang',
      'delay(3s) 000, hang',
      'hang',
      '',
      '',
    ],
  },
])('$script', ({ script, left }) => {
  test.each(left.map((remaining, used) => ({ remaining, used })))(
    'after $used: "$remaining"',
    ({ remaining, used }) => {
      expect(formatScript(stepsLeft(stepsOf(script), used))).toBe(remaining);
    },
  );

  test('the next step is the first remaining one', () => {
    for (const [used, remaining] of left.entries()) {
      const next = stepAt(stepsOf(script), used);
      expect(next === undefined ? '' : formatStep(next)).toBe(remaining.split(', ')[0]);
    }
  });
});

test.each([
  { script: '000', bounded: 1 },
  { script: '999*2, 000', bounded: 3 },
  { script: '999*2, 000*', bounded: 2 },
  { script: '000*', bounded: 0 },
])('$script has $bounded limited steps', ({ script, bounded }) => {
  expect(totalTimes(stepsOf(script))).toBe(bounded);
});

test.each([
  { description: 'to the end without a rate', script: '000*2, 001', used: 1, upTo: 3 },
  { description: 'up to an unlimited step', script: '000*2, 001*', used: 0, upTo: 2 },
  {
    description: 'up to the next rate',
    script: '000*2, 001, frequency(1/1m) 999, 302',
    used: 1,
    upTo: 3,
  },
  {
    description: 'up to the next share of the calls',
    script: '000, every(5) 999, 302',
    used: 0,
    upTo: 1,
  },
  {
    description: 'within a rate, to its end',
    script: '000*2, frequency(1/1m) 999*4, 302',
    used: 3,
    upTo: 6,
  },
  {
    description: 'within a rate, up to the next rate',
    script: 'frequency(1/1m) 999, frequency(2/1m) 302',
    used: 0,
    upTo: 1,
  },
  { description: 'after a rate', script: 'frequency(1/1m) 999, 302*2', used: 1, upTo: 3 },
])('steps are used $description', ({ script, used, upTo }) => {
  expect(nextCheckAt(stepsOf(script), used)).toBe(upTo);
});

test('a script has the same steps as when it is written out in full', () => {
  const scripts = fc.array(
    fc.record({
      code: fc.constantFrom('000', '001', '999'),
      times: fc.integer({ min: 1, max: 4 }),
    }),
    {
      minLength: 1,
      maxLength: 6,
    },
  );
  fc.assert(
    fc.property(scripts, (rows) => {
      const steps = stepsOf(rows.map(({ code, times }) => `${code}*${times}`).join(','));
      const inFull = rows.flatMap(({ code, times }) => Array<string>(times).fill(code));
      expect(totalTimes(steps)).toBe(inFull.length);
      for (const [used, code] of inFull.entries()) {
        expect(stepAt(steps, used)?.outcome).toEqual({ kind: 'code', resultCode: code });
        expect(totalTimes(stepsLeft(steps, used))).toBe(inFull.length - used);
      }
      expect(stepAt(steps, inFull.length)).toBeUndefined();
    }),
    { seed: 20261125 },
  );
});
