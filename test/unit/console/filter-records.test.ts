/** Filters of the request list. */
import { expect, test } from 'vitest';
import type { JournalRecord } from '../../../mock-server/console/api/schemas.js';
import { type Filter, filterRecords } from '../../../mock-server/console/requests/filter-records.js';

const ALL: Filter = { appId: '', operation: '', code: '', kind: '', text: '' };

function record(changed: Partial<JournalRecord>): JournalRecord {
  return {
    id: 'Ab12Cd-1',
    atMs: 0,
    appId: '300000000001',
    operation: 'loginTokenValidate',
    method: 'POST',
    path: '/unisdk/rsapi/loginTokenValidate',
    clientIp: '127.0.0.1',
    resultCode: '103000',
    decidedBy: 'allMet',
    forced: false,
    charged: true,
    taskId: 'task-1',
    durationMs: 1,
    outcome: null,
    outcomeBy: null,
    request: { headers: {}, body: '{"token":"STsidAAA"}' },
    response: { status: 200, body: '{"msisdn":"13800138000"}' },
    ...changed,
  };
}

const wordsOf = ({ resultCode }: JournalRecord) => (resultCode === '103101' ? '签名错误' : '');

const RECORDS = [
  record({ id: 'success' }),
  record({ id: 'refused', resultCode: '103101', decidedBy: 'signValid', response: { status: 200, body: '' } }),
  record({
    id: 'other',
    appId: 'shop',
    operation: 'tokenValidate',
    resultCode: '001',
    path: '/openapi/rs/tokenValidate',
  }),
  record({
    id: 'undecided',
    appId: null,
    resultCode: null,
    decidedBy: 'forced',
    forced: true,
    taskId: null,
    response: { status: null, body: '' },
  }),
];

test.each([
  { description: 'an empty filter shows all', filter: {}, expected: ['success', 'refused', 'other', 'undecided'] },
  { description: 'one app', filter: { appId: 'shop' }, expected: ['other'] },
  { description: 'one operation', filter: { operation: 'tokenValidate' }, expected: ['other'] },
  { description: 'the beginning of a code', filter: { code: '103' }, expected: ['success', 'refused'] },
  { description: 'accepted requests, including 001', filter: { kind: 'answered' }, expected: ['success', 'other'] },
  {
    description: 'refused requests, including undecided ones',
    filter: { kind: 'refused' },
    expected: ['refused', 'undecided'],
  },
  { description: 'forced outcomes', filter: { kind: 'forced' }, expected: ['undecided'] },
  { description: 'a token, in any letter case', filter: { text: 'stsidaaa', appId: 'shop' }, expected: ['other'] },
  { description: 'a number in a response', filter: { text: '13800138000', code: '103' }, expected: ['success'] },
  { description: 'the words of a result', filter: { text: '签名' }, expected: ['refused'] },
  { description: 'several conditions', filter: { code: '103', kind: 'refused' }, expected: ['refused'] },
])('$description', ({ filter, expected }) => {
  expect(filterRecords(RECORDS, { ...ALL, ...filter }, wordsOf).map(({ id }) => id)).toEqual(expected);
});

test('with an empty filter, the list is the same object', () => {
  expect(filterRecords(RECORDS, ALL, wordsOf)).toBe(RECORDS);
});
