/** Findings about the HTTP headers. */
import { expect, test } from 'vitest';
import { findingsOf, isCause } from '../../../mock-server/explain/findings.js';
import { loginBody, verifyBody } from '../../support/engine.js';
import { evidenceFor, requestFindingIds, subjectFor } from '../../support/explain.js';

test.each([
  {
    description: 'a form type',
    rawHeaders: ['Content-Type', 'application/x-www-form-urlencoded'],
    received: 'application/x-www-form-urlencoded',
  },
  {
    description: 'plain text',
    rawHeaders: ['content-type', 'text/plain;charset=utf-8'],
    received: 'text/plain;charset=utf-8',
  },
  { description: 'the older name of JSON', rawHeaders: ['Content-Type', 'text/json'], received: 'text/json' },
  { description: 'no type', rawHeaders: ['Accept', 'application/json'], received: '' },
])('$description is a warning', ({ rawHeaders, received }) => {
  const subject = subjectFor('loginTokenValidate', loginBody(), { exchange: { rawHeaders } });
  expect(subject.decidedBy).toBe('allMet');
  expect(requestFindingIds(subject)).toEqual(['header.content-type']);
  expect(evidenceFor(subject, 'header.content-type')).toEqual([
    { field: 'Content-Type', received, expected: 'application/json', acceptedBy: 'content-type' },
  ]);
});

test('if the type is accepted, it is not the cause of a refusal', () => {
  const exchange = { rawHeaders: ['Content-Type', 'text/plain'] };
  const subject = subjectFor('loginTokenValidate', loginBody({ version: 2 }), { exchange });
  expect(subject.decidedBy).toBe('valuesAreStrings');
  const causes = findingsOf(subject).filter(isCause);
  expect(causes.map(({ row }) => row.id)).toEqual(['value.not-a-string']);
});

test.each([
  { operation: 'loginTokenValidate', body: loginBody({ encryptionalgorithm: 'SM' }), decidedBy: 'valuesAreStrings' },
  { operation: 'tokenValidate', body: verifyBody({ body: { message: 'a b' } }), decidedBy: 'bodyReadable' },
] as const)(
  'if a reading refuses the type at $operation, it decides and comes first',
  ({ operation, body, decidedBy }) => {
    const exchange = { rawHeaders: ['Content-Type', 'text/plain'] };
    const subject = subjectFor(operation, body, { exchange, readings: { 'content-type': 'json' } });
    expect(subject.decidedBy).toBe(decidedBy);
    expect(requestFindingIds(subject)[0]).toBe('header.content-type');
  },
);

test.each([
  'application/json',
  'application/json;charset=utf-8',
  'application/json; charset=UTF-8',
  'Application/JSON ',
])('%s is accepted', (type) => {
  const subject = subjectFor('loginTokenValidate', loginBody(), { exchange: { rawHeaders: ['CONTENT-TYPE', type] } });
  expect(requestFindingIds(subject)).toEqual([]);
});

test.each([
  {
    description: 'the same value twice',
    first: 'application/json',
    second: 'application/json',
    ids: ['header.two-content-types'],
  },
  { description: 'JSON first', first: 'application/json', second: 'text/plain', ids: ['header.two-content-types'] },
  {
    description: 'JSON second',
    first: 'text/plain',
    second: 'application/json',
    ids: ['header.two-content-types'],
  },
  {
    description: 'neither is JSON',
    first: 'text/plain',
    second: 'text/html',
    ids: ['header.two-content-types', 'header.content-type'],
  },
])('two Content-Types, $description', ({ first, second, ids }) => {
  const exchange = { rawHeaders: ['Content-Type', first, 'Host', 'x', 'content-type', second] };
  const subject = subjectFor('tokenValidate', verifyBody(), { exchange });
  expect(requestFindingIds(subject)).toEqual(ids);
  expect(evidenceFor(subject, 'header.two-content-types')).toEqual([
    { field: 'Content-Type', received: `${first}, ${second}`, values: [first, second] },
  ]);
});

test('a header with the value Content-Type is not a Content-Type', () => {
  const exchange = { rawHeaders: ['Content-Type', 'application/json', 'Vary', 'Content-Type'] };
  expect(requestFindingIds(subjectFor('loginTokenValidate', loginBody(), { exchange }))).toEqual([]);
});
