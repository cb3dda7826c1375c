/** The strictest option of a reading refuses everything that another option refuses, and more: by the recorded results of the cases. */
import { expect, test } from 'vitest';
import { resultsUnder } from '../../../contracts/kit/reading-cases.js';
import { READINGS, STRICTEST_READINGS } from '../../../src/protocol/readings.js';
import { CASES, type CaseRow } from '../wrong-carriers/run.js';

const ACCEPTED = ['103000', '000', '001'];

/** Whether a carrier with the option accepts the request of a case: by the code that it shows, or that of its file. */
function isAccepted({ testCase }: CaseRow, id: string, option: string): boolean {
  const shown = resultsUnder({ id, option })?.shownAt(testCase.id) ?? '';
  const [, ofFile = ''] = testCase.id.split('/');
  return ACCEPTED.includes(/^\d+$/.test(shown) ? shown : ofFile);
}

const CLAIMS = READINGS.flatMap((row) => {
  if (!('strictest' in row)) return [];
  const { id, options, strictest } = row;
  return options
    .filter((option) => option !== strictest)
    .map((option) => ({ id, strictest, option }));
});

test.each(CLAIMS)('$id: $strictest refuses what $option refuses, and more', (claim) => {
  const { id, strictest, option } = claim;
  const [strict, other] = [strictest, option].map((one) =>
    CASES.filter((row) => isAccepted(row, id, one)).map(({ testCase }) => testCase.id),
  );
  expect(other).toEqual(expect.arrayContaining(strict ?? []));
  expect(other?.length).toBeGreaterThan(strict?.length ?? 0);
});

test('the strictest options are pinned', () => {
  const others = READINGS.filter(({ id, options }) => STRICTEST_READINGS[id] !== options[0]);
  expect(others.map(({ id }) => `${id}: ${STRICTEST_READINGS[id]}`)).toEqual([
    'login-md5-case: upper',
    'content-type: json',
    'json-numbers: refused',
    'system-time: calendar',
    'msgid-replay: refused',
    'refused-call-uses-token: yes',
    'daily-quota-counts: every-call',
    'login-ip-check: always',
    'verify-key-size: 1024',
    'verify-params-encoding: encoded',
    'h5-sign-case: upper',
  ]);
});
