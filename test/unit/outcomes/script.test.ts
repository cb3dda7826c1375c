/** The grammar of scripts: parsing, formatting, and the errors for an invalid text. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome, Step } from '../../../mock-server/carrier/outcomes/outcome.js';
import {
  formatScript,
  formatStep,
  parseScript,
} from '../../../mock-server/carrier/outcomes/script.js';
import { parseStep } from '../../../mock-server/carrier/outcomes/step.js';
import { anyText } from '../../support/any-text.js';
import { english } from '../../support/bilingual.js';
import { ENDPOINTS } from '../../support/endpoints.js';

const LOGIN = 'loginTokenValidate';
const VERIFY = 'tokenValidate';
const CODE_000: Outcome = { kind: 'code', resultCode: '000' };

const TOO_FREQUENT: Outcome = { kind: 'code', resultCode: '103911', desc: 'too frequent' };

const once = (outcome: Outcome, changes: Partial<Step> = {}): Step => ({
  delayMs: 0,
  outcome,
  times: 1,
  ...changes,
});

describe('a step', () => {
  test.each<{ readonly text: string; readonly step: Step; readonly written?: string }>([
    { text: '000', step: once(CODE_000) },
    { text: '103420', step: once({ kind: 'code', resultCode: '103420' }) },
    { text: '0', step: once({ kind: 'code', resultCode: '0' }) },
    { text: '102315', step: once({ kind: 'code', resultCode: '102315' }) },
    { text: '103911*', step: once({ kind: 'code', resultCode: '103911' }, { times: null }) },
    { text: '103911("too frequent")', step: once(TOO_FREQUENT) },
    {
      text: 'delay(3s) 103911("too frequent")*2',
      step: once(TOO_FREQUENT, { delayMs: 3000, times: 2 }),
    },
    {
      text: '103911 ( "too frequent" ) *2',
      step: once(TOO_FREQUENT, { times: 2 }),
      written: '103911("too frequent")*2',
    },
    {
      text: '1("a, \\"b\\" (c)*\\\\")',
      step: once({ kind: 'code', resultCode: '1', desc: 'a, "b" (c)*\\' }),
    },
    {
      text: '1("请求过于频繁")',
      step: once({ kind: 'code', resultCode: '1', desc: '请求过于频繁' }),
    },
    {
      text: '1("\\u8bf7")',
      step: once({ kind: 'code', resultCode: '1', desc: '请' }),
      written: '1("请")',
    },
    {
      text: `1("${'x'.repeat(200)}")`,
      step: once({ kind: 'code', resultCode: '1', desc: 'x'.repeat(200) }),
    },
    { text: 'pass', step: once({ kind: 'pass' }) },
    { text: 'reset', step: once({ kind: 'reset' }) },
    { text: 'hang', step: once({ kind: 'hang' }) },
    { text: 'lose', step: once({ kind: 'lose' }) },
    { text: 'truncate', step: once({ kind: 'truncate' }) },
    { text: 'malformed', step: once({ kind: 'malformed' }) },
    { text: 'status(503)', step: once({ kind: 'status', status: 503 }) },
    { text: 'status(200)', step: once({ kind: 'status', status: 200 }) },
    { text: 'status(599)', step: once({ kind: 'status', status: 599 }) },
    { text: 'drip(2s)', step: once({ kind: 'drip', overMs: 2000 }) },
    { text: 'drip(1h)', step: once({ kind: 'drip', overMs: 3_600_000 }) },
    { text: 'drip(0ms)', step: once({ kind: 'drip', overMs: 0 }) },
    { text: '000*3', step: once(CODE_000, { times: 3 }) },
    { text: '000*1000000', step: once(CODE_000, { times: 1_000_000 }) },
    { text: '000*', step: once(CODE_000, { times: null }) },
    { text: 'delay(3s) 000', step: once(CODE_000, { delayMs: 3000 }) },
    {
      text: 'delay(250ms) status(503)*2',
      step: { delayMs: 250, outcome: { kind: 'status', status: 503 }, times: 2 },
    },
    {
      text: 'frequency(30/10m) 103911',
      step: once(
        { kind: 'code', resultCode: '103911' },
        { frequency: { calls: 30, perMs: 600_000 } },
      ),
    },
    {
      text: 'frequency ( 1000000 / 86400s )delay(1s) hang*',
      step: once(
        { kind: 'hang' },
        { frequency: { calls: 1_000_000, perMs: 86_400_000 }, delayMs: 1000, times: null },
      ),
      written: 'frequency(1000000/1d) delay(1s) hang*',
    },
    {
      text: 'frequency(1/1s) pass',
      step: once({ kind: 'pass' }, { frequency: { calls: 1, perMs: 1000 } }),
    },
    {
      text: 'every(5) 103911*',
      step: once({ kind: 'code', resultCode: '103911' }, { every: 5, times: null }),
    },
    {
      text: 'every( 1000 )delay(1s) hang',
      step: once({ kind: 'hang' }, { every: 1000, delayMs: 1000 }),
      written: 'every(1000) delay(1s) hang',
    },
    { text: '000*1', step: once(CODE_000), written: '000' },
    { text: '000*007', step: once(CODE_000, { times: 7 }), written: '000*7' },
    { text: 'delay(0s) 000', step: once(CODE_000), written: '000' },
    {
      text: 'delay(0.5m) 000',
      step: once(CODE_000, { delayMs: 30_000 }),
      written: 'delay(30s) 000',
    },
    {
      text: 'delay(1500ms)000',
      step: once(CODE_000, { delayMs: 1500 }),
      written: 'delay(1500ms) 000',
    },
    { text: '\t000 * 2\r\n', step: once(CODE_000, { times: 2 }), written: '000*2' },
    {
      text: 'delay ( 3s )  drip ( 2s ) *',
      step: { delayMs: 3000, outcome: { kind: 'drip', overMs: 2000 }, times: null },
      written: 'delay(3s) drip(2s)*',
    },
    {
      text: 'delay（3s）status（503）',
      step: once({ kind: 'status', status: 503 }, { delayMs: 3000 }),
      written: 'delay(3s) status(503)',
    },
    {
      text: '103911（"，（）"）',
      step: once({ kind: 'code', resultCode: '103911', desc: '，（）' }),
      written: '103911("，（）")',
    },
    { text: 'status( 503 )', step: once({ kind: 'status', status: 503 }), written: 'status(503)' },
  ])('"$text" is parsed, and formatted in the normal form', ({ text, step, written = text }) => {
    expect(parseStep(VERIFY, text)).toEqual(step);
    expect(formatStep(step)).toBe(written);
  });

  test.each(ENDPOINTS)('each code of $operation is a step', ({ operation, codes }) => {
    expect(codes.map((code) => parseStep(operation, code))).toEqual(
      codes.map((resultCode) => once({ kind: 'code', resultCode })),
    );
  });
});

const STEP = 'must be a step such as 103211, pass, delay(3s) reset or 103211*2';
const KNOWN =
  'a result code, pass, reset, hang, status(503), lose, truncate, malformed or drip(2s)';
const TEXT = 'the text of a code must be 1 to 200 characters in double quotes';
const RATE =
  'frequency must be a number of calls and a time such as 30/10m, with 1 to 1000000 calls in 1s to 1d';
const VERIFY_CODES = 'known: 000, 001, 002, 003, 004, 102, 124, 302, 303, 606, 999, 103420';

interface WrongRow {
  readonly text: string;
  readonly found?: string;
  readonly message: string;
}

// problem-texts.json has the words of each mistake.
describe('an error quotes the invalid text and names what is allowed', () => {
  test.each<WrongRow>([
    { text: '  ', found: '', message: STEP },
    { text: 'PASS', message: KNOWN },
    { text: 'Reset', message: KNOWN },
    { text: '000 001', message: STEP },
    { text: '000，001', message: STEP },
    { text: '000*-1', message: STEP },
    { text: '000*1.5', message: STEP },
    { text: '000*2*3', message: STEP },
    { text: '*2', message: STEP },
    { text: 'status(503', message: STEP },
    { text: 'status((503))', message: STEP },
    { text: '000 delay(3s)', message: STEP },
    { text: 'delay(1s) delay(2s) 000', message: STEP },
    {
      text: 'delay(3s) frequency(1/1m) 000',
      message: STEP,
    },
    { text: 'every(2) frequency(1/1m) 000', message: STEP },
    {
      text: 'every(0.2) 000',
      found: '0.2',
      message: 'every must be a number of calls from 2 to 1000',
    },
    { text: 'frequency(1/1m) frequency(1/1m) 000', message: STEP },
    { text: 'frequency() 000', found: '', message: RATE },
    { text: 'frequency(30) 000', found: '30', message: RATE },
    { text: 'frequency(1000001/10m) 000', found: '1000001/10m', message: RATE },
    { text: 'frequency(3/999ms) 000', found: '3/999ms', message: RATE },
    { text: 'frequency(3/25h) 000', found: '3/25h', message: RATE },
    { text: 'frequency(3/10x) 000', found: '3/10x', message: RATE },
    {
      text: 'delay() 000',
      found: '',
      message: 'delay must be a duration such as 250ms or 3s, at most 1h',
    },
    { text: 'delay(-1s) 000', found: '-1s', message: 'delay must be a duration' },
    { text: 'delay(3) 000', found: '3', message: 'delay must be a duration' },
    { text: 'delay(3S) 000', found: '3S', message: 'delay must be a duration' },
    { text: 'delay(3600001ms) 000', found: '3600001ms', message: 'at most 1h' },
    {
      text: 'drip()',
      found: '',
      message: 'drip must be a duration such as 250ms or 3s, at most 1h',
    },
    {
      text: 'drip(2d)',
      found: '2d',
      message: 'drip must be a duration such as 250ms or 3s, at most 1h',
    },
    { text: 'status()', found: '', message: 'status must be a status from 200 to 599' },
    { text: 'status(99)', found: '99', message: 'status must be a status from 200 to 599' },
    { text: 'status(0503)', found: '0503', message: 'status must be a status from 200 to 599' },
    { text: 'status(5e2)', found: '5e2', message: 'status must be a status from 200 to 599' },
    { text: '000(1)', message: 'a documented code has its own text, so it has no argument' },
    { text: '103211', message: `tokenValidate has no code "103211"; ${VERIFY_CODES}` },
    { text: '0000000*2', found: '0000000', message: 'a result code must have 1 to 6 digits' },
    { text: '103911("\\x")', found: '\\"\\\\x\\"', message: TEXT },
    { text: '103911("\\ud800")', found: '\\"\\\\ud800\\"', message: TEXT },
    { text: '103911("too', found: '103911(\\"too', message: STEP },
    {
      text: 'status("503")',
      found: '\\"503\\"',
      message: 'status must be a status from 200 to 599',
    },
  ])('"$text"', ({ text, found = text, message }) => {
    const step = parseStep(VERIFY, text);
    const problem = 'problem' in step ? english(step.problem) : '';
    expect(problem).toContain(`"${found}"`);
    expect(problem).toContain(message);
  });

  test('a text of 201 characters is refused', () => {
    expect(parseStep(VERIFY, `1("${'x'.repeat(201)}")`)).toHaveProperty('problem');
  });
});

describe('a script', () => {
  test.each([
    { script: '000', written: '000' },
    { script: '999*2, delay(3s) 000, reset', written: '999*2, delay(3s) 000, reset' },
    { script: '999*2,delay(3s)000,reset', written: '999*2, delay(3s) 000, reset' },
    { script: '999*2，delay（3s）000，reset', written: '999*2, delay(3s) 000, reset' },
    { script: '1("a，b")，000', written: '1("a，b"), 000' },
    { script: ' 000 ,\n 001* ', written: '000, 001*' },
    { script: '1("a, b"),2("(),*"),000', written: '1("a, b"), 2("(),*"), 000' },
    { script: 'drip(1m)*3, lose, pass*', written: 'drip(1m)*3, lose, pass*' },
  ])('"$script" is parsed and formatted', ({ script, written }) => {
    const steps = parseScript(VERIFY, script);
    expect('problem' in steps ? english(steps.problem) : formatScript(steps)).toBe(written);
    expect(parseScript(VERIFY, written)).toEqual(steps);
  });

  test.each([
    { script: '1("a, b", 000', step: 1, found: '1(\\"a, b\\"' },
    { script: '1("a\\", 000', step: 1, found: '1(\\"a\\\\\\", 000' },
    { script: '1("a, b"), 000,', step: 3, found: '' },
    { script: '000,', step: 2, found: '' },
    { script: ',000', step: 1, found: '' },
    { script: '000,,001', step: 2, found: '' },
    { script: '000, 001, oops', step: 3, found: 'oops' },
    { script: '000*, 001', step: 1, found: '000*' },
    { script: 'reset, delay(3s) 000*, 001*', step: 2, found: 'delay(3s) 000*' },
    { script: '000;001', step: 1, found: '000;001' },
  ])('"$script" names step $step', ({ script, step, found }) => {
    const steps = parseScript(VERIFY, script);
    const problem = 'problem' in steps ? english(steps.problem) : '';
    expect(problem).toMatch(new RegExp(`^step ${step}\\b`));
    expect(problem).toContain(`"${found}"`);
  });

  test('a formatted script parses to the same steps', () => {
    const durations = fc.integer({ min: 0, max: 3_600_000 });
    const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
      fc.constantFrom<Outcome>(
        CODE_000,
        { kind: 'pass' },
        { kind: 'reset' },
        { kind: 'hang' },
        { kind: 'lose' },
      ),
      fc.record({
        kind: fc.constant('code' as const),
        resultCode: fc.stringMatching(/^[4-9]\d{3,5}$/),
        desc: anyText({ minLength: 1, maxLength: 100 }),
      }),
      fc.constantFrom<Outcome>({ kind: 'truncate' }, { kind: 'malformed' }),
      fc.record({
        kind: fc.constant('status' as const),
        status: fc.integer({ min: 200, max: 599 }),
      }),
      fc.record({ kind: fc.constant('drip' as const), overMs: durations }),
    );
    const steps = fc.array(
      fc.record(
        {
          frequency: fc.record({
            calls: fc.integer({ min: 1, max: 1_000_000 }),
            perMs: fc.integer({ min: 1000, max: 86_400_000 }),
          }),
          delayMs: durations,
          outcome: outcomes,
          times: fc.integer({ min: 1, max: 1_000_000 }),
        },
        { requiredKeys: ['delayMs', 'outcome', 'times'] },
      ),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(steps, (script) => {
        expect(parseScript(VERIFY, formatScript(script))).toEqual(script);
      }),
      { seed: 20261125 },
    );
  });
});

test.each([
  'x'.repeat(16_000),
  '1'.repeat(16_000),
  `${'1'.repeat(16_000)}(2)`,
  `pass(${' '.repeat(16_000)})`,
  `status(${'5'.repeat(16_000)})`,
  `delay(${'9'.repeat(16_000)}s) pass`,
  `pass*${'9'.repeat(16_000)}`,
  `${'delay(1s) '.repeat(1600)}pass`,
  `pass${' '.repeat(16_000)}!`,
  `103911("${'x'.repeat(16_000)}")`,
  `103911("${'\\"'.repeat(8_000)}`,
  `103911(${' '.repeat(16_000)}"`,
])('a long invalid text is shortened in the error, row %#', (text) => {
  const read = parseStep(LOGIN, text);
  const problem = 'problem' in read ? english(read.problem) : '';
  expect(problem.length).toBeLessThan(500);
  expect(problem).toContain('…');
});
