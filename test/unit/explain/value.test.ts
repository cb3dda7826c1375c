/** Findings about the values of any field. */
import { expect, test } from 'vitest';
import { loginBody, TOKEN, verifyBody, verifyRsaBody } from '../../support/engine.js';
import { evidenceFor, requestFindingIds, subjectFor } from '../../support/explain.js';
import { SENT_AT } from '../../support/requests.js';

test.each([
  { field: 'strictcheck', value: 0, received: '0', kind: 'number' },
  { field: 'version', value: 2.5, received: '2.5', kind: 'number' },
  { field: 'expandparams', value: null, received: 'null', kind: 'null' },
  { field: 'encryptionalgorithm', value: false, received: 'false', kind: 'boolean' },
  { field: 'expandparams', value: { a: '1' }, received: '{"a":"1"}', kind: 'object' },
  { field: 'token', value: [TOKEN], received: `["${TOKEN}"]`, kind: 'array' },
])('login: $field as a JSON $kind is not a String', ({ field, value, received, kind }) => {
  const subject = subjectFor('loginTokenValidate', loginBody({ [field]: value }));
  expect(subject.decidedBy).toBe('valuesAreStrings');
  expect(requestFindingIds(subject)).toEqual(['value.not-a-string']);
  expect(evidenceFor(subject, 'value.not-a-string')).toEqual([{ field, received, expected: 'String', kind }]);
});

test('a number is shown as it was sent, even if JavaScript cannot represent it', () => {
  const body = JSON.stringify(verifyBody()).replace(`"${SENT_AT}"`, SENT_AT);
  const subject = subjectFor('tokenValidate', body);
  expect(subject.decidedBy).toBe('parametersValid');
  expect(evidenceFor(subject, 'value.not-a-string')).toMatchObject([{ field: 'timestamp', received: SENT_AT }]);
});

test('a number under a duplicate name is shown as it was parsed', () => {
  const body = JSON.stringify(loginBody({ msgid: 1 })).replace('"msgid":1', '"msgi\\u0064":1');
  expect(evidenceFor(subjectFor('loginTokenValidate', body), 'value.not-a-string')).toMatchObject([{ received: '1' }]);
});

test.each([
  { description: 'keyType as a number is accepted by default', keyType: 1, readings: {}, acceptedBy: 'json-numbers' },
  {
    description: 'keyType as a number is refused if no field may be a number',
    keyType: 1,
    readings: { 'json-numbers': 'refused' },
    acceptedBy: undefined,
  },
  {
    description: 'keyType as a number is accepted if every field may be a number',
    keyType: 1,
    readings: { 'json-numbers': 'any' },
    acceptedBy: 'json-numbers',
  },
] as const)('verify: $description', ({ keyType, readings, acceptedBy }) => {
  const subject = subjectFor('tokenValidate', verifyRsaBody({ body: { keyType } }), { readings });
  expect(requestFindingIds(subject)).toEqual(['value.not-a-string']);
  expect(evidenceFor(subject, 'value.not-a-string')[0]?.acceptedBy).toBe(acceptedBy);
});

test('an accepted number explains no refusal, and comes after the cause', () => {
  const body = verifyRsaBody({ header: { version: '2.0' }, body: { keyType: 1 } });
  expect(requestFindingIds(subjectFor('tokenValidate', body))).toEqual(['version.wrong', 'value.not-a-string']);
});

test('verify: keyType null is not a String, and phoneNum is treated as a hash', () => {
  const subject = subjectFor('tokenValidate', verifyRsaBody({ body: { keyType: null } }));
  expect(evidenceFor(subject, 'value.not-a-string')).toMatchObject([{ field: 'keyType', kind: 'null' }]);
});

test('login: a number that a reading accepts is reported', () => {
  const subject = subjectFor('loginTokenValidate', loginBody({ msgid: 12345 }), {
    readings: { 'json-numbers': 'any' },
  });
  expect(subject.decidedBy).toBe('allMet');
  expect(requestFindingIds(subject)).toEqual(['value.not-a-string']);
});

test('null that a reading accepts in an optional field is reported', () => {
  const readings = { 'json-null': 'absent' } as const;
  const subject = subjectFor('loginTokenValidate', loginBody({ expandparams: null }), { readings });
  expect(subject.decidedBy).toBe('allMet');
  expect(evidenceFor(subject, 'value.not-a-string')).toMatchObject([{ kind: 'null', acceptedBy: 'json-null' }]);
  const required = subjectFor('loginTokenValidate', loginBody({ strictcheck: null }), { readings });
  expect(required.decidedBy).toBe('valuesAreStrings');
  expect(evidenceFor(required, 'value.not-a-string')[0]?.acceptedBy).toBeUndefined();
});

test('unknown fields may have any value', () => {
  expect(requestFindingIds(subjectFor('loginTokenValidate', loginBody({ trace: { id: 1 }, retries: 0 })))).toEqual([]);
});

test.each([
  { description: 'is what some encoders write', readings: {}, ids: [] },
  {
    description: 'invalidates a hex signature',
    readings: { 'verify-rsa-encoding': 'hex' },
    ids: ['value.white-space'],
  },
] as const)('a line end after a Base64 signature $description', ({ readings, ids }) => {
  const { header, body } = verifyRsaBody();
  const subject = subjectFor('tokenValidate', { header, body: { ...body, sign: `${body.sign}\n` } }, { readings });
  expect(requestFindingIds(subject)).toEqual(ids);
});
