/** What a calibration records about the responses of a carrier is no difference. */
import { expect, test } from 'vitest';
import { knownCarrier } from '../../../contracts/calibrate/known-carrier.js';
import type { Difference } from '../../../contracts/kit/result.js';

const settled = (option: string) => ({ option, observedOn: '2026-12-01', evidence: [] });
const KNOWN = knownCarrier({
  readings: { 'verify-echo': settled('absent'), 'verify-rsa-encoding': settled('hex') },
  statuses: { tokenValidate: { '302': 401 } },
  precedence: {
    tokenValidate: [
      {
        check: 'bodyReadable',
        name: { en: 'body not JSON', zh: '请求体不是 JSON' },
        outcome: 'http-400',
        isCompared: true,
        evidence: [],
      },
    ],
  },
});

const difference = (rule: Difference['rule'], at: string): Difference => ({
  rule,
  at,
  expected: '1',
  received: '2',
});
const STATUS = difference('http-status', 'HTTP status');
const MESSAGE = difference('schema', '/body/message');
const CODE = difference('code', 'resultCode');

test.each([
  { of: 'the status of a code', id: '302/other-sign', status: 401, code: '302', left: [CODE] },
  {
    of: 'another status',
    id: '302/other-sign',
    status: 500,
    code: '302',
    left: [STATUS, CODE],
  },
  { of: 'a page without a code', id: '303/not-json', status: 400, code: undefined, left: [] },
  {
    of: 'another page',
    id: '303/not-json',
    status: 500,
    code: undefined,
    left: [STATUS, CODE],
  },
  {
    of: 'a page for another mistake',
    id: '302/other-sign',
    status: 400,
    code: undefined,
    left: [STATUS, CODE],
  },
])('$of', ({ id, status, code, left }) => {
  const body = code === undefined ? '<html>' : JSON.stringify({ header: { resultCode: code } });
  const judged = {
    operation: 'tokenValidate',
    testCase: { id: `tokenValidate/${id}` },
    answer: { status, headers: {}, body },
  } as const;
  const remaining = KNOWN.remaining(judged, [STATUS, CODE, MESSAGE]);
  expect(remaining.filter((one) => one !== MESSAGE)).toEqual(left);
});

test('the fields that a settled option changes', () => {
  const judged = {
    operation: 'tokenValidate',
    testCase: { id: 'tokenValidate/000/plain' },
    answer: { status: 200, headers: {}, body: '{"header":{"resultCode":"000"}}' },
  } as const;
  expect(KNOWN.remaining(judged, [MESSAGE, CODE])).toEqual([CODE]);
});

test('RSA is encoded as settled, except for an app with its own interpretation', () => {
  expect(KNOWN.rsaEncodingIn({ id: 'any' })).toBe('hex');
  expect(KNOWN.rsaEncodingIn({ id: 'any', given: { app: { readings: {} } } })).toBeUndefined();
});
