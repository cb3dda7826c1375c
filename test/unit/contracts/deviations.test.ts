/** Known deviations: the contents of the file, and the effect of its rows on results. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { type CaseResult, exitStatusOf, type Status } from '../../../contracts/kit/result.js';
import { applyDeviations, type Deviation, readDeviations } from '../../../contracts/report/deviations.js';
import schema from '../../../contracts/schemas/deviations.schema.json' with { type: 'json' };
import { differencesIn, inEnglish } from '../../support/words.js';
import { FAILED, PASSED } from '../report/run.js';

const ROW: Deviation = {
  case: FAILED.id,
  reason: 'the gateway changes the signature to lower case',
  expires: '2027-01-31',
};
const TODAY = '2026-12-01';

function fileOf(...rows: readonly object[]): string {
  return JSON.stringify({ deviations: rows });
}

test('a file of rows is read', () => {
  const rows = [ROW, { ...ROW, case: PASSED.id, link: 'https://tracker.test/BUG-7' }];
  expect(readDeviations(fileOf(...rows))).toEqual({ deviations: rows, problems: [] });
});

test.each([
  { description: 'without rows', text: fileOf() },
  { description: 'with a schema and a comment', text: '{"$schema":"x","$comment":"y","deviations":[]}' },
  { description: 'with a byte order mark', text: `\ufeff${fileOf()}` },
])('a file $description is read', ({ text }) => {
  expect(readDeviations(text)).toEqual({ deviations: [], problems: [] });
});

test.each([
  { description: 'a text that is not JSON', text: '{', problem: /^is not JSON / },
  { description: 'a list', text: '[]', problem: /^the file must be an object$/ },
  { description: 'null', text: 'null', problem: /^the file must be an object$/ },
  { description: 'an object without rows', text: '{}', problem: /^the file needs the field "deviations"$/ },
  { description: 'an unknown field', text: '{"deviations":[],"x":1}', problem: /^the file has the unknown field "x"$/ },
  {
    description: 'a row without a case',
    text: fileOf({ ...ROW, case: undefined }),
    problem: /^\/deviations\/0 needs the field "case"$/,
  },
  {
    description: 'a row without a reason',
    text: fileOf({ ...ROW, reason: undefined }),
    problem: /^\/deviations\/0 needs the field "reason"$/,
  },
  {
    description: 'a row without an end',
    text: fileOf({ ...ROW, expires: undefined }),
    problem: /^\/deviations\/0 needs the field "expires"$/,
  },
  {
    description: 'an unknown field of a row',
    text: fileOf({ ...ROW, until: 'x' }),
    problem: /^\/deviations\/0 has the unknown field "until"$/,
  },
  {
    description: 'a reason of white space',
    text: fileOf({ ...ROW, reason: ' ' }),
    problem: /^\/deviations\/0\/reason must be the reason/,
  },
  {
    description: 'an invalid link',
    text: fileOf({ ...ROW, link: 'BUG-7' }),
    problem: /^\/deviations\/0\/link must be an address .*found "BUG-7"$/,
  },
  {
    description: 'the start of an id',
    text: fileOf({ ...ROW, case: 'tokenValidate/302/*' }),
    problem: /^\/deviations\/0\/case must be the complete id of one case: .*found "tokenValidate\/302\/\*"$/,
  },
  {
    description: 'a folder',
    text: fileOf({ ...ROW, case: 'tokenValidate/302/' }),
    problem: /^\/deviations\/0\/case must be the complete id/,
  },
  {
    description: 'a date in another format',
    text: fileOf({ ...ROW, expires: '31.1.2027' }),
    problem: /^\/deviations\/0\/expires must be the last day/,
  },
  {
    description: 'an instant instead of a day',
    text: fileOf({ ...ROW, expires: '2027-01-31T00:00:00Z' }),
    problem: /^\/deviations\/0\/expires must be the last day/,
  },
  {
    description: 'a day that does not exist',
    text: fileOf({ ...ROW, expires: '2027-02-30' }),
    problem: /^\/deviations\/0\/expires must be a calendar day, found 2027-02-30$/,
  },
  {
    description: 'February 29 of a common year',
    text: fileOf({ ...ROW, expires: '2027-02-29' }),
    problem: /must be a calendar day/,
  },
  {
    description: 'a duplicate case',
    text: fileOf(ROW, { ...ROW, reason: 'another' }),
    problem: /^\/deviations\/1\/case duplicates \/deviations\/0\/case, found tokenValidate\/302\/lower-case-sign/,
  },
])('$description is refused', ({ text, problem }) => {
  const { deviations, problems } = readDeviations(text);
  expect(problems).toEqual([{ en: expect.stringMatching(problem), zh: expect.stringMatching(/[\u4e00-\u9fff]/) }]);
  expect(deviations).toEqual([]);
});

test('all problems of a file are reported together', () => {
  expect(readDeviations(fileOf({ case: '*' }, { ...ROW, x: 1 })).problems).toHaveLength(4);
});

test('February 29 of a leap year is a day', () => {
  expect(readDeviations(fileOf({ ...ROW, expires: '2028-02-29' })).problems).toEqual([]);
});

test('the schema is valid in draft 2020-12', () => {
  expect(new Ajv2020({ strict: true }).validateSchema(schema)).toBe(true);
});

/** The result in English. */
function applied(result: Partial<CaseResult>, row: Partial<Deviation> = {}, today = TODAY) {
  const [first] = applyDeviations([{ ...FAILED, ...result }], [{ ...ROW, ...row }], today).results;
  return first === undefined ? undefined : inEnglish(first);
}

test('a failure with a row is a warning with the reason and the last day', () => {
  expect(applied({})).toEqual({
    ...inEnglish(FAILED),
    isKnown: true,
    status: 'warn',
    reason: 'known deviation until 2027-01-31: the gateway changes the signature to lower case',
  });
});

test('the link follows the reason', () => {
  expect(applied({}, { link: 'https://tracker.test/BUG-7' })?.reason).toBe(
    'known deviation until 2027-01-31: the gateway changes the signature to lower case (https://tracker.test/BUG-7)',
  );
});

test.each([
  {
    description: 'the day before the last is a warning',
    today: '2027-01-30',
    status: 'warn',
    start: 'known deviation until',
  },
  { description: 'the last day is a warning', today: '2027-01-31', status: 'warn', start: 'known deviation until' },
  {
    description: 'the last instant is a warning',
    today: '2027-01-31T23:59:59.999Z',
    status: 'warn',
    start: 'known deviation until',
  },
  {
    description: 'the day after the last is a failure',
    today: '2027-02-01',
    status: 'fail',
    start: 'known deviation expired on 2027-01-31: the',
  },
  {
    description: 'a year after is a failure',
    today: '2028-01-01',
    status: 'fail',
    start: 'known deviation expired on 2027-01-31: the',
  },
])('$description', ({ today, status, start }) => {
  const result = applied({}, {}, today);
  expect(result?.status).toBe(status);
  expect(result?.reason?.startsWith(start)).toBe(true);
  expect(result?.differences).toEqual(differencesIn(FAILED));
});

test('a failure keeps its own reason when its row has expired', () => {
  expect(applied({ reason: 'output of the command: x' }, {}, '2027-02-01')?.reason).toBe(
    'known deviation expired on 2027-01-31: the gateway changes the signature to lower case\noutput of the command: x',
  );
});

test.each([
  { description: 'before the expiry', today: TODAY },
  { description: 'after the expiry', today: '2027-02-01' },
])('a passed case with a row is a warning to remove the row, $description', ({ today }) => {
  const result = applied({ status: 'pass', differences: [] }, {}, today);
  expect(result).toMatchObject({ status: 'warn', reason: 'known deviation that no longer occurs: remove its row' });
});

test('a SHOULD that is not met stays a warning, with the reason', () => {
  expect(applied({ status: 'warn', level: 'SHOULD' })).toMatchObject({
    status: 'warn',
    reason: expect.stringMatching(/^known deviation until/),
  });
});

test('a MAY that is not met still passes, with the reason', () => {
  expect(applied({ status: 'pass', level: 'MAY' })).toMatchObject({
    status: 'pass',
    reason: expect.stringMatching(/^known deviation until/),
  });
});

test.each<{ readonly status: Status }>([{ status: 'error' }, { status: 'skip' }, { status: 'disabled' }])(
  'a row does not change a case with status $status',
  ({ status }) => {
    const result: CaseResult = { ...FAILED, status, differences: [], reason: 'why' };
    expect(applied(result)).toEqual(inEnglish(result));
    expect(applied(result, {}, '2028-01-01')).toEqual(inEnglish(result));
  },
);

test('a case without a row is unchanged, and the order stays', () => {
  const other = { ...FAILED, id: 'tokenValidate/302/wrong-order' };
  const { results, problems } = applyDeviations([PASSED, other, FAILED], [ROW], TODAY);
  expect(results.map(({ id, status }) => [id, status])).toEqual([
    [PASSED.id, 'pass'],
    [other.id, 'fail'],
    [FAILED.id, 'warn'],
  ]);
  expect(problems).toEqual([]);
});

test('a row does not match ids that begin with its id', () => {
  const longer = { ...FAILED, id: `${FAILED.id}-twice` };
  expect(applyDeviations([FAILED, longer], [ROW], TODAY).results[1]).toEqual(longer);
});

test('a row with an unknown case is reported', () => {
  const typo = { ...ROW, case: 'tokenValidate/302/lowercase-sign' };
  const { results, problems } = applyDeviations([FAILED], [ROW, typo], TODAY);
  expect(problems).toEqual([
    {
      en: '/deviations/1/case must be the id of a case, found tokenValidate/302/lowercase-sign: --list prints all',
      zh: '/deviations/1/case 应为用例的 id，实际为 tokenValidate/302/lowercase-sign：--list 列出全部',
    },
  ]);
  expect(results[0]?.status).toBe('warn');
});

test('a row of a known case that was not selected is not a mistake', () => {
  expect(applyDeviations([PASSED], [ROW], TODAY, [PASSED.id, FAILED.id]).problems).toEqual([]);
});

test('the exit status is 0 with a row, 1 without one or after its expiry, and 2 for an error', () => {
  const statusOn = (today: string, rows: readonly Deviation[], results: readonly CaseResult[]) =>
    exitStatusOf(applyDeviations(results, rows, today).results);
  expect(statusOn(TODAY, [ROW], [FAILED])).toBe(0);
  expect(statusOn(TODAY, [], [FAILED])).toBe(1);
  expect(statusOn('2027-02-01', [ROW], [FAILED])).toBe(1);
  expect(statusOn(TODAY, [ROW], [{ ...FAILED, status: 'error' }])).toBe(2);
});
