/** Failures with the same cause are one group with one sentence, in both languages. */
import { describe, expect, test } from 'vitest';
import { CASE_FILES } from '../../../contracts/kit/case-files.js';
import {
  ABSENT,
  type About,
  type CaseResult,
  type Difference,
  EFFECTS,
  NOTHING,
  PRESENT,
  RACE,
  type SuiteReading,
} from '../../../contracts/kit/result.js';
import { type Cause, causesOf } from '../../../contracts/report/causes.js';
import { CONSUMER_KINDS } from '../../../contracts/report/consumer-kinds.js';
import { formsOf } from '../../../contracts/report/forms.js';
import { PROVIDER_KINDS } from '../../../contracts/report/provider-kinds.js';
import { ALL_MET, faultOf } from '../../../contracts/report/words.js';
import { ERRED, FAILED, PASSED, REPORTED, runOf, WARNED } from './run.js';

function failed(id: string, differences: readonly Difference[], about: About = {}): CaseResult {
  return { ...FAILED, id, differences, about, answer: undefined };
}

function causes(
  results: readonly CaseResult[],
  readings: readonly SuiteReading[] = [],
): readonly Cause[] {
  return causesOf({ ...runOf(...results), readings }).causes;
}

const { charged: CHARGED } = EFFECTS;
const STATUS: Difference = {
  rule: 'http-status',
  at: 'HTTP status',
  expected: '200',
  received: '400',
};
const MSISDN = { rule: 'number', at: '/msisdn', field: 'msisdn' } as const;
const code = (expected: string, received: string): Difference => ({
  rule: 'code',
  at: 'resultCode',
  expected,
  received,
});

describe('the provider suite', () => {
  const FORM: Difference = { rule: 'schema', at: '/body', expected: PRESENT, received: NOTHING };
  const observed = (difference: Difference): Difference => ({
    ...difference,
    clause: { ...PASSED, level: 'SHOULD', basis: 'observed' },
  });

  test('each row of judgement has its own cause, the strictest first, and a form has none', () => {
    const run = runOf(
      PASSED,
      failed('a/1/x', [observed(STATUS)]),
      failed('a/2/x', [code('302', '303'), observed(STATUS), FORM]),
      failed('b/1/x', [observed(STATUS), observed(FORM)]),
    );
    const { causes: found, forms } = causesOf(run);
    expect(found.map(({ kind, weights }) => [kind, weights])).toEqual([
      ['code', { failed: 1, warned: 0, reported: 0 }],
      ['http-status', { failed: 0, warned: 3, reported: 0 }],
    ]);
    expect(forms.map(({ result }) => result.id)).toEqual(['a/2/x', 'b/1/x']);
    expect(formsOf(forms, undefined).map(({ sentence, level }) => [sentence.en, level])).toEqual([
      ['/body: expected present, received nothing', 'MUST'],
      ['/body: expected present, received nothing', 'SHOULD'],
    ]);
  });

  test('one MUST comes before many that a SHOULD explains', () => {
    const many = ['a', 'b', 'c'].map((id) => failed(`${id}/1/x`, [observed(code('302', '303'))]));
    const race: Difference = { rule: 'count', at: RACE, expected: '1 call', received: '5 calls' };
    const [first] = causes([...many, failed('d/1/x', [race])]);
    expect(first?.sentence.en).toBe('simultaneous calls: expected 1 call, received 5 calls.');
  });

  test('of two causes of one level, the one that most cases show comes first', () => {
    const few = ['a', 'b'].map((id) => failed(`${id}/1/x`, [code('302', '303')]));
    const many = ['c', 'd', 'e'].map((id) => failed(`${id}/1/x`, [STATUS]));
    const found = causes([...few, ...many]);
    expect(found.map(({ kind, results }) => [kind, results.length])).toEqual([
      ['http-status', 3],
      ['code', 2],
    ]);
  });

  test('with --fail-on should, a SHOULD counts as failed', () => {
    const [cause] = causesOf({
      ...runOf(failed('a/1/x', [observed(STATUS)])),
      failOn: 'SHOULD',
    }).causes;
    expect(cause?.weights).toEqual({ failed: 1, warned: 0, reported: 0 });
  });

  test('a refused valid request is a cause of its own', () => {
    const base = { rule: ALL_MET, signing: 'rsa', isBase: true } as const;
    const found = causes([
      failed('loginTokenValidate/103000/rsa', [code('103000', '103101')], base),
      failed('loginTokenValidate/103000/msgid-1', [code('103000', '103101')], { rule: ALL_MET }),
    ]);
    expect(found.map(({ kind, results }) => [kind, results.length])).toContainEqual([
      'valid-request-refused',
      1,
    ]);
  });

  test.each([
    {
      results: ['a/1/x', 'a/1/y', 'b/1/z'].map((id) => ({
        ...failed(id, [code('103000', '999')]),
        curl: id,
        answer: '{"a":1}',
      })),
      sentence: 'The carrier returns the same response to every request.',
    },
    {
      results: [failed('a/1/x', [STATUS])],
      sentence:
        'The HTTP status is 400 instead of 200. The carrier returns refusals with 200 too: find the layer that sets the status, such as a gateway.',
    },
    {
      results: [failed('a/1/x', [{ ...STATUS, expected: '404', received: '200' }])],
      sentence: 'HTTP status: expected 404, received 200.',
    },
    {
      results: [
        failed('a/1/x', [
          {
            rule: 'charged',
            at: 'charged',
            name: CHARGED,
            expected: '0 calls',
            received: '1 call',
          },
        ]),
      ],
      sentence: 'charged: expected 0 calls, received 1 call.',
    },
    {
      results: [
        failed('a/1/x', [
          {
            rule: 'access-token',
            at: '/body/accessToken',
            field: 'accessToken',
            expected: ABSENT,
            received: '1',
          },
        ]),
      ],
      sentence: 'accessToken: expected absent.',
    },
    {
      results: [
        failed('a/1/x', [{ ...MSISDN, expected: '13800138000', received: '8613800138000' }]),
        failed('a/1/y', [{ ...MSISDN, expected: '13900139000', received: '8613900139000' }]),
      ],
      sentence: 'msisdn: another value than expected.',
    },
  ])('$sentence', ({ results, sentence }) => {
    const [first] = causes(results);
    expect(first?.sentence.en).toBe(sentence);
    expect(first?.sentence.zh).toMatch(/\p{Script=Han}/u);
    expect(first?.sentence.zh).not.toMatch(/服务端|客户端/);
    expect(first?.results.map(({ id }) => id)).toContain(results[0]?.id);
  });

  test('a rule that is not applied has the number of its cases', () => {
    const about = { rule: 'tokenUnused' };
    const [first] = causes([
      failed('a/1/x', [code('104201', '103000')], about),
      failed('a/1/y', [code('104201', '103000')], about),
      { ...PASSED, about },
    ]);
    expect(first?.sentence.en).toBe(
      'The carrier accepts a token that was used before (tokenUnused): 2 of 3 cases.',
    );
  });

  test('an earlier call with the same wrong code is a consequence', () => {
    const about = { rule: 'tokenUnused' };
    const before = {
      rule: 'earlier-code' as const,
      at: 'resultCode of an earlier call',
      expected: '104201',
      received: '103000',
    };
    const found = causes([
      failed('a/1/x', [code('104201', '103000')], about),
      failed('a/1/y', [code('104201', '103000')], about),
      failed('a/9/z', [before], { rule: ALL_MET }),
    ]);
    expect(found.map(({ kind, results }) => [kind, results.length])).toEqual([
      ['rule-not-kept', 3],
    ]);
  });

  test('the readings of a mock are the first cause, with those that affect cases', () => {
    const found = causes(
      [
        failed('a/1/x', [STATUS]),
        failed('a/1/y', [STATUS]),
        {
          ...WARNED,
          id: 'loginTokenValidate/103000/md5-sign-lower-case',
          differences: [code('103000', '103101')],
        },
      ],
      [
        { id: 'login-md5-case', option: 'upper' },
        { id: 'verify-result-desc', option: 'code' },
      ],
    );
    expect(found.map(({ kind }) => kind)).toEqual(['mock-readings', 'http-status']);
    expect(found[0]?.sentence.en).toContain('login-md5-case=upper (1 case)');
    expect(found[0]?.sentence.en).not.toContain('verify-result-desc');
  });

  test('a carrier whose results match a reading follows that reading', () => {
    const ids = ['unknown-app', 'app-id-with-a-space'].map((name) => `tokenValidate/102/${name}`);
    const found = causes(ids.map((id) => failed(id, [code('102', '302')])));
    expect(found.map(({ kind, results }) => [kind, results.length])).toEqual([['reading', 2]]);
    expect(found[0]?.sentence.en).toContain('unknown-app-at-verify is 302');
  });

  test.each(['102315', '105312'])(
    'the code %s of an earlier call shows its reading',
    (received) => {
      const before = {
        rule: 'earlier-code' as const,
        at: 'resultCode of an earlier call',
        expected: '103420',
        received,
      };
      const [first] = causes([failed('tokenValidate/103420/spent-again', [before])]);
      expect(first?.sentence.en).toContain(`verify-quota-code is ${received}.`);
    },
  );

  test('a carrier does not follow a reading if one of its cases has another result', () => {
    const [one, other] = ['unknown-app', 'app-id-with-a-space'].map(
      (name) => `tokenValidate/102/${name}`,
    );
    const found = causes([failed(one ?? '', [code('102', '302')]), { ...PASSED, id: other ?? '' }]);
    expect(found.map(({ kind }) => kind)).toEqual(['code']);
  });

  test('cases that could not be judged are grouped by reason, without the address', () => {
    const callReason = 'no response in 10000 ms';
    const reason = (path: string) => `POST http://127.0.0.1:1${path}: ${callReason}`;
    const found = causes([
      { ...ERRED, id: 'a/1/x', reason: reason('/a'), callReason },
      { ...ERRED, id: 'a/1/y', reason: reason('/b'), callReason },
    ]);
    expect(found).toMatchObject([{ kind: 'no-answer', results: { length: 2 } }]);
    expect(found[0]?.sentence.en).toBe('The case could not be run: no response in 10000 ms.');
  });

  test('the most serious cause is first; a known deviation has none, and a MAY alone is last', () => {
    const found = causes([
      REPORTED,
      { ...WARNED, isKnown: true },
      { ...WARNED, id: 'a/1/w' },
      failed('a/1/x', [STATUS]),
    ]);
    expect(found.map(({ results }) => results[0]?.status)).toEqual(['fail', 'warn', 'pass']);
  });
});

describe('the consumer suite', () => {
  const consumer = (results: readonly Partial<CaseResult>[]) =>
    causesOf({
      suite: 'consumer',
      results: results.map((result, at) => ({
        ...FAILED,
        id: `s/${at}`,
        finding: undefined as never,
        ...result,
      })),
    }).causes;
  const retried = { about: { symptoms: ['called-again'] } } as const;

  test('scenarios that fail because of a retry are one cause, with the checks that fail', () => {
    const found = consumer([
      retried,
      retried,
      { about: { check: 'sent-token-once' } },
      { about: { check: 'sent-msgid-fresh', again: 'client' } },
      { about: { check: 'sent-charged-once' } },
    ]);
    expect(found.map(({ kind, results }) => [kind, results.length])).toEqual([['called-again', 5]]);
  });

  test.each([
    { again: 'redirect', part: 'follows a redirect' },
    { again: 'library', part: 'sun.net.http.retryPost=false' },
    { again: 'client', part: 'Do not retry' },
  ] as const)('a call repeated by the $again is its own cause', ({ again, part }) => {
    const found = consumer([
      { about: { symptoms: ['called-again'], again } },
      { about: { check: 'sent-msgid-fresh' } },
    ]);
    expect(found.map(({ kind }) => kind)).toEqual(['called-again', 'check']);
    expect(found[0]?.sentence.en).toContain(part);
  });

  test('a repeated msgid without a retry is a separate cause', () => {
    expect(consumer([{ about: { check: 'sent-msgid-fresh' } }]).map(({ kind }) => kind)).toEqual([
      'check',
    ]);
  });

  test('the finding of the mock is the cause of all results that it explains', () => {
    const finding = {
      id: 'sign.secret-swapped',
      title: 'Signed with the wrong secret',
      detail: 'With appKey.',
    };
    const found = consumer([
      { about: { symptoms: ['not-believed'] }, finding },
      { about: { check: 'sent-sign' }, finding },
    ]);
    expect(found.map(({ kind, results }) => [kind, results.length])).toEqual([['finding', 2]]);
    expect(found[0]?.sentence.en).toBe(
      'Signed with the wrong secret (sign.secret-swapped). With appKey.',
    );
  });

  test.each(['no-call', 'overdue', 'killed', 'believed', 'crashed', 'not-believed'] as const)(
    'scenarios with the symptom %s are one cause',
    (symptom) => {
      const result = { about: { symptoms: [symptom] } };
      expect(consumer([result, result]).map(({ kind, results }) => [kind, results.length])).toEqual(
        [[symptom, 2]],
      );
    },
  );
});

test('each kind has a unique name, and the last one matches every result', () => {
  for (const kinds of [PROVIDER_KINDS, CONSUMER_KINDS]) {
    expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
    const odd: CaseResult = {
      ...FAILED,
      differences: [{ rule: 'charged', at: 'odd', expected: '1', received: '2' }],
    };
    const context = { results: [odd], readings: [], fitting: [], onlyAnswer: undefined };
    const problem = { result: odd, difference: odd.differences[0] };
    expect(kinds.at(-1)?.shownBy(problem, context)).toHaveLength(1);
  }
});

test('each rule in the cases has words', () => {
  const rules = CASE_FILES.flatMap(({ cases }) =>
    cases.flatMap(({ then }) => then.decidedBy ?? []),
  );
  expect(
    [...new Set(rules)].filter((rule) => rule !== ALL_MET && faultOf(rule) === undefined),
  ).toEqual([]);
});
