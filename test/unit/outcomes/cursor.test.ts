/** The position in a script: the next step and the remaining steps after a number of used steps. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextCheckAt, stepAt, stepsLeft, totalTimes } from '../../../mock-server/carrier/outcomes/cursor.js';
import type { Step } from '../../../mock-server/carrier/outcomes/outcome.js';
import { formatScript, formatStep, parseScript } from '../../../mock-server/carrier/outcomes/script.js';

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
    left: ['reset, delay(3s) 000*2, hang', 'delay(3s) 000*2, hang', 'delay(3s) 000, hang', 'hang', '', ''],
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
  { description: 'up to the next rate', script: '000*2, 001, frequency(1/1m) 999, 302', used: 1, upTo: 3 },
  { description: 'up to the next share of the calls', script: '000, every(5) 999, 302', used: 0, upTo: 1 },
  { description: 'within a rate, to its end', script: '000*2, frequency(1/1m) 999*4, 302', used: 3, upTo: 6 },
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
    fc.record({ code: fc.constantFrom('000', '001', '999'), times: fc.integer({ min: 1, max: 4 }) }),
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
