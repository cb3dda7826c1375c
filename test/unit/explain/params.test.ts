/** Findings about the free-text fields of verify. */
import { expect, test } from 'vitest';
import { loginBody, verifyBody } from '../../support/engine.js';
import { evidenceFor, requestFindingIds, subjectFor } from '../../support/explain.js';

test.each([
  { field: 'expandParams', value: 'a=1|b=2', characters: ['=', '|'], expected: 'a%3D1%7Cb%3D2' },
  { field: 'expandParams', value: 'a%3D1|b%3D2', characters: ['|'], expected: 'a%3D1%7Cb%3D2' },
  { field: 'expandParams', value: 'a=1|b=中', characters: ['=', '|', '中'], expected: 'a%3D1%7Cb%3D%E4%B8%AD' },
  { field: 'message', value: 'order 42', characters: [' '], expected: 'order%2042' },
  { field: 'message', value: '订单', characters: ['订', '单'], expected: '%E8%AE%A2%E5%8D%95' },
  { field: 'message', value: '{"id":1}', characters: ['{', '"', ':', '}'], expected: '%7B%22id%22%3A1%7D' },
  { field: 'message', value: '100%', characters: ['%'], expected: '100%25' },
  { field: 'message', value: '%zz', characters: ['%'], expected: '%25zz' },
  { field: 'message', value: '\ud83d', characters: ['\ud83d'], expected: '%EF%BF%BD' },
])('$field "$value" is not encoded', ({ field, value, characters, expected }) => {
  const subject = subjectFor('tokenValidate', verifyBody({ body: { [field]: value } }));
  expect(subject.decidedBy).toBe('allMet');
  expect(requestFindingIds(subject)).toEqual(['params.not-url-encoded']);
  expect(evidenceFor(subject, 'params.not-url-encoded')).toEqual([
    { field, received: value, expected, characters, acceptedBy: 'verify-params-encoding' },
  ]);
});

test('both fields are reported', () => {
  const subject = subjectFor('tokenValidate', verifyBody({ body: { message: 'a b', expandParams: 'a=b' } }));
  expect(evidenceFor(subject, 'params.not-url-encoded').map(({ field }) => field)).toEqual(['message', 'expandParams']);
});

test('a text that is not encoded explains the refusal of the reading that requires encoding', () => {
  const readings = { 'verify-params-encoding': 'encoded' } as const;
  const subject = subjectFor('tokenValidate', verifyBody({ body: { message: '订单' } }), { readings });
  expect(subject.decidedBy).toBe('parametersValid');
  expect(requestFindingIds(subject)).toEqual(['params.not-url-encoded']);
  expect(evidenceFor(subject, 'params.not-url-encoded')[0]?.acceptedBy).toBeUndefined();
});

test.each([
  { value: 'order42', part: 'order42' },
  { value: 'a%3D1%7Cb', part: 'b' },
  { value: 'a%3D1%7C', part: '' },
  { value: '%3D1', part: '=1' },
  { value: '%7B%22a%22%3A1%7D', part: '{"a":1}' },
  { value: 'a+b%7Ca%3D1', part: 'a b' },
])('expandParams "$value" has a part that is not name=value', ({ value, part }) => {
  const subject = subjectFor('tokenValidate', verifyBody({ body: { expandParams: value } }));
  expect(subject.decidedBy).toBe('allMet');
  expect(requestFindingIds(subject)).toEqual(['params.malformed']);
  expect(evidenceFor(subject, 'params.malformed')).toEqual([{ field: 'expandParams', received: value, part }]);
});

test('a text that cannot be decoded is checked unchanged', () => {
  const subject = subjectFor('tokenValidate', verifyBody({ body: { expandParams: '100%' } }));
  expect(evidenceFor(subject, 'params.malformed')).toMatchObject([{ part: '100%' }]);
});

test.each(['', 'a%3D1', 'a%3D1%7Cb%3D', 'a%3Db%3Dc', encodeURIComponent('param1=value1|param2=值')])(
  'expandParams "%s" is in the form that the document gives',
  (value) => {
    const subject = subjectFor('tokenValidate', verifyBody({ body: { expandParams: value } }));
    expect(requestFindingIds(subject)).toEqual([]);
  },
);

test.each([
  '',
  'order42',
  'a-b_c.d~e',
  encodeURIComponent("param1=value1|param2=it's (one) *!"),
  // The format of Java's URLEncoder and of forms.
  new URLSearchParams([['', 'a b*c|订单']]).toString().slice(1),
])('"%s" needs no encoding', (value) => {
  const subject = subjectFor('tokenValidate', verifyBody({ body: { message: value } }));
  expect(requestFindingIds(subject)).toEqual([]);
});

test("login's expandparams has no such rule", () => {
  expect(requestFindingIds(subjectFor('loginTokenValidate', loginBody({ expandparams: 'a=1|b=2' })))).toEqual([]);
});
