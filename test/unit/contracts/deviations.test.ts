/** Known deviations: the contents of the file, and the effect of its rows on results. */
import { expect, test } from 'vitest';
import type { CaseResult, Status } from '../../../contracts/kit/result.js';
import {
  applyDeviations,
  type Deviation,
  readDeviations,
} from '../../../contracts/report/deviations.js';
import { temporaryFile } from '../../support/files.js';
import { differencesIn, inEnglish } from '../../support/words.js';
import { FAILED, PASSED } from '../report/run.js';

const ROW: Deviation = {
  case: FAILED.id,
  reason: 'the gateway changes the signature to lower case',
  expires: '2027-01-31',
};
const TODAY = '2026-12-01';

function fileOf(...rows: readonly object[]): string {
  return temporaryFile('deviations.json', { deviations: rows });
}

test.each([
  {
    description: 'of rows',
    rows: [ROW, { ...ROW, case: PASSED.id, link: 'https://tracker.test/BUG-7' }],
  },
  { description: 'without rows', rows: [] },
])('a file $description is read', ({ rows }) => {
  expect(readDeviations(fileOf(...rows))).toEqual(rows);
});

test.each([
  {
    description: 'an unknown field of a row',
    row: { until: 'x' },
    problem: '/deviations/0 has the unknown field "until"',
  },
  {
    description: 'a row without a reason',
    row: { reason: undefined },
    problem: '/deviations/0 needs the field "reason"',
  },
  {
    description: 'a row without an end',
    row: { expires: undefined },
    problem: 'needs the field "expires"',
  },
  {
    description: 'a reason of white space',
    row: { reason: ' ' },
    problem: '/deviations/0/reason must match',
  },
  {
    description: 'an invalid link',
    row: { link: 'BUG-7' },
    problem: '/deviations/0/link must match',
  },
  {
    description: 'the start of an id',
    row: { case: 'tokenValidate/302/*' },
    problem: '/deviations/0/case must match',
  },
  {
    description: 'a date in another format',
    row: { expires: '31.1.2027' },
    problem: '/expires must match',
  },
  {
    description: 'an instant',
    row: { expires: '2027-01-31T00:00:00Z' },
    problem: '/expires must match',
  },
])('$description is refused', ({ row, problem }) => {
  expect(() => readDeviations(fileOf({ ...ROW, ...row }))).toThrow(problem);
});

/** The result in English. */
function applied(result: Partial<CaseResult>, row: Partial<Deviation> = {}, today = TODAY) {
  const [first] = applyDeviations([{ ...FAILED, ...result }], [{ ...ROW, ...row }], today);
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
  { today: '2027-01-30', status: 'warn', start: 'known deviation until' },
  { today: '2027-01-31T23:59:59.999Z', status: 'warn', start: 'known deviation until' },
  { today: '2027-02-01', status: 'fail', start: 'known deviation expired on 2027-01-31: the' },
])('on $today, with the last day 2027-01-31: $status', ({ today, status, start }) => {
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
  expect(result).toMatchObject({
    status: 'warn',
    reason: 'known deviation that no longer occurs: remove its row',
  });
});

test.each([
  { status: 'warn', level: 'SHOULD' },
  { status: 'pass', level: 'MAY' },
] as const)('a $level that is not met keeps its status $status, with the reason', (result) => {
  const { status } = result;
  expect(applied(result)).toMatchObject({
    status,
    reason: expect.stringMatching(/^known deviation until/),
  });
});

test.each<{ readonly status: Status }>([
  { status: 'error' },
  { status: 'skip' },
  { status: 'disabled' },
])('a row does not change a case with status $status', ({ status }) => {
  const result: CaseResult = { ...FAILED, status, differences: [], reason: 'why' };
  expect(applied(result)).toEqual(inEnglish(result));
  expect(applied(result, {}, '2028-01-01')).toEqual(inEnglish(result));
});

test('a case without a row is unchanged, and the order stays', () => {
  const other = { ...FAILED, id: 'tokenValidate/302/wrong-order' };
  const results = applyDeviations([PASSED, other, FAILED], [ROW], TODAY);
  expect(results.map(({ id, status }) => [id, status])).toEqual([
    [PASSED.id, 'pass'],
    [other.id, 'fail'],
    [FAILED.id, 'warn'],
  ]);
});

test('a row does not match ids that begin with its id', () => {
  const longer = { ...FAILED, id: `${FAILED.id}-twice` };
  expect(applyDeviations([FAILED, longer], [ROW], TODAY)[1]).toEqual(longer);
});
