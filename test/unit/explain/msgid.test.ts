/** Findings about msgid and msgId. */
import { expect, test } from 'vitest';
import { loginBody, verifyBody } from '../../support/engine.js';
import { evidenceFor, requestFindingIds, subjectFor } from '../../support/explain.js';

const UUID = 'bed1dc7f-6cd6-45b9-be90-06ae08040c93';

test.each([
  { description: 'a UUID with an extra letter', msgId: `${UUID}x` },
  { description: 'a UUID with braces', msgId: `{${UUID}}` },
  { description: 'more than 36 UTF-16 units', msgId: '😀'.repeat(19) },
  { description: 'an empty text', msgId: '' },
])('$description is invalid at both operations', ({ msgId }) => {
  const evidence = { received: msgId, length: msgId.length, limit: 36 };
  const login = subjectFor('loginTokenValidate', loginBody({ msgid: msgId }));
  expect(login.decidedBy).toBe('parametersValid');
  expect(requestFindingIds(login)).toEqual(['msgid.length']);
  expect(evidenceFor(login, 'msgid.length')).toEqual([{ field: 'msgid', ...evidence }]);
  const verify = subjectFor('tokenValidate', verifyBody({ header: { msgId } }));
  expect(requestFindingIds(verify)).toEqual(['msgid.length']);
  expect(evidenceFor(verify, 'msgid.length')).toEqual([{ field: 'msgId', ...evidence }]);
});

test.each([UUID, '1', '12345', '😀'.repeat(18)])('%s is valid', (msgid) => {
  expect(requestFindingIds(subjectFor('loginTokenValidate', loginBody({ msgid })))).toEqual([]);
});

test('a msgid that was not sent is missing, not empty', () => {
  expect(requestFindingIds(subjectFor('loginTokenValidate', loginBody({ msgid: undefined })))).toEqual([
    'field.missing',
  ]);
});
