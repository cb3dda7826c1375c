/** The request headers that force an outcome, and the errors for invalid ones. */
import { describe, expect, test } from 'vitest';
import { headerStep } from '../../../mock-server/carrier/outcomes/outcome-header.js';
import type { Operation } from '../../../src/protocol/operations.js';
import { english } from '../../support/bilingual.js';

const LOGIN = 'loginTokenValidate';
const OTHERS = ['Host', 'x', 'Content-Type', 'application/json', 'Accept-Charset', 'utf-8', 'Content-Length', '2'];

const code = (resultCode: string, desc?: string) => ({
  delayMs: 0,
  outcome: { kind: 'code', resultCode, ...(desc !== undefined && { desc }) },
  times: 1,
});

describe('a header forces an outcome', () => {
  test.each<{ readonly description: string; readonly headers: readonly string[]; readonly step: unknown }>([
    { description: 'nothing', headers: [], step: undefined },
    { description: 'a similar name', headers: ['X-Mock-Result-Codes', '103211'], step: undefined },
    { description: 'the name as a value', headers: ['X-Other', 'X-Mock-Result-Code'], step: undefined },
    { description: 'a code', headers: ['X-Mock-Result-Code', '103211'], step: code('103211') },
    {
      description: 'a code under a name in lower case',
      headers: ['x-mock-result-code', '103211'],
      step: code('103211'),
    },
    { description: 'a code in white space', headers: ['X-MOCK-RESULT-CODE', '\t103211 '], step: code('103211') },
    { description: 'an outcome that is a code', headers: ['X-Mock-Outcome', '103211'], step: code('103211') },
    { description: 'an outcome once', headers: ['X-Mock-Outcome', '103211*1'], step: code('103211') },
    { description: 'an undocumented code', headers: ['X-Mock-Result-Code', '103911'], step: code('103911') },
    {
      description: 'an undocumented code with a text',
      headers: ['X-Mock-Result-Code', '103911("too frequent")'],
      step: code('103911', 'too frequent'),
    },
    {
      description: 'a text that is percent-encoded',
      headers: ['X-Mock-Outcome', '103911("%E8%AF%B7%E6%B1%82%E8%BF%87%E4%BA%8E%E9%A2%91%E7%B9%81")'],
      step: code('103911', '请求过于频繁'),
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
  readonly operation?: Operation;
}

describe('an error names the header and quotes its value', () => {
  test.each<WrongRow>([
    { description: 'no value', headers: ['X-Mock-Result-Code', ''], parts: ['X-Mock-Result-Code', '""', LOGIN] },
    {
      description: 'a word instead of a code',
      headers: ['x-mock-result-code', 'reset'],
      parts: ['x-mock-result-code', '"reset"', LOGIN],
    },
    {
      description: 'a code twice',
      headers: ['X-Mock-Result-Code', '103211*2'],
      parts: ['X-Mock-Result-Code', '"103211*2"'],
    },
    {
      description: 'a code of the other operation',
      headers: ['X-Mock-Result-Code', '999'],
      parts: ['X-Mock-Result-Code', '"999"', 'known: 103000, '],
    },
    {
      description: 'a code of login at verify',
      headers: ['X-Mock-Outcome', '103211'],
      parts: ['X-Mock-Outcome', '"103211"', 'known: 000, '],
      operation: 'tokenValidate',
    },
    {
      description: 'a text that is not ASCII',
      headers: ['X-Mock-Outcome', '103911("é")'],
      parts: ['X-Mock-Outcome must be ASCII', '103911'],
    },
    {
      description: 'a percent sign that encodes nothing',
      headers: ['X-Mock-Outcome', '103911("100%")'],
      parts: ['X-Mock-Outcome is not percent-encoded UTF-8', '%25'],
    },
    {
      description: 'a code of seven digits',
      headers: ['X-Mock-Result-Code', '1039111'],
      parts: ['X-Mock-Result-Code', '"1039111"', '1 to 6 digits'],
    },
    { description: 'no outcome', headers: ['X-Mock-Outcome', ' '], parts: ['X-Mock-Outcome', '""', 'pass, reset'] },
    { description: 'an unknown word', headers: ['X-Mock-Outcome', 'explode'], parts: ['"explode"', 'pass, reset'] },
    { description: 'more than one step', headers: ['X-Mock-Outcome', 'reset, hang'], parts: ['"reset, hang"'] },
    { description: 'a step twice', headers: ['X-Mock-Outcome', 'reset*2'], parts: ['one response', '"reset*2"'] },
    {
      description: 'a step that repeats forever',
      headers: ['X-Mock-Outcome', 'reset*'],
      parts: ['one response', '"reset*"'],
    },
    {
      description: 'a rate',
      headers: ['X-Mock-Outcome', 'frequency(1/1m) reset'],
      parts: ['X-Mock-Outcome forces one response', 'remove frequency', '"frequency(1/1m) reset"'],
    },
    {
      description: 'both headers',
      headers: ['X-Mock-Outcome', 'reset', 'X-Mock-Result-Code', '103211'],
      parts: ['X-Mock-Outcome', 'X-Mock-Result-Code', 'only one of them, once'],
    },
    {
      description: 'one header twice',
      headers: ['X-Mock-Result-Code', '103211', 'x-mock-result-code', '103211'],
      parts: ['X-Mock-Result-Code', 'x-mock-result-code', 'only one of them, once'],
    },
  ])('$description', ({ headers, parts, operation = LOGIN }) => {
    const step = headerStep(operation, [...OTHERS, ...headers]);
    const problem = step !== undefined && 'problem' in step ? english(step.problem) : '';
    for (const text of parts) expect(problem).toContain(text);
  });
});
