/** Findings about the HTTP headers. */
import { expect, test } from 'vitest';
import { findingsOf, isCause } from '../../../mock-server/explain/findings.js';
import { loginBody, verifyBody } from '../../support/engine.js';
import { evidenceFor, requestFindingIds, subjectFor } from '../../support/explain.js';

test('if the type is accepted, it is not the cause of a refusal', () => {
  const exchange = { rawHeaders: ['Content-Type', 'text/plain'] };
  const subject = subjectFor('loginTokenValidate', loginBody({ version: 2 }), { exchange });
  expect(subject.decidedBy).toBe('valuesAreStrings');
  const causes = findingsOf(subject).filter(isCause);
  expect(causes.map(({ row }) => row.id)).toEqual(['value.not-a-string']);
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
