/** Findings about the body as a whole, and the position of a JSON error. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explain } from '../../../mock-server/explain/explain.js';
import { shapeOf } from '../../../mock-server/explain/fields.js';
import { wordsIn } from '../../../src/text/bilingual.js';
import { jsonObjectProblem, positionOf } from '../../../src/text/json-position.js';
import {
  LOGIN_REQUEST_SAMPLE,
  VERIFY_REQUEST_SAMPLE,
  VERIFY_RESPONSE_SAMPLE,
} from '../../support/document-samples.js';
import {
  loginBody,
  loginRsaBody,
  SETTINGS,
  UNKNOWN_APP,
  verifyBody,
  verifyRsaBody,
} from '../../support/engine.js';
import { evidenceFor, requestFindingIds, subjectFor } from '../../support/explain.js';
import { mutated, mutation } from '../../support/mutations.js';

const JSON_TEXT = JSON.stringify(loginBody());
const PART =
  '--------------------------8721\r\nContent-Disposition: form-data; name="token"\r\n\r\nSTsid\r\n';

test.each([
  {
    description: 'only a byte order mark',
    body: '\ufeff',
    id: 'body.empty',
    evidence: { bytes: 3 },
  },
  {
    description: 'JSON that is completely URL-encoded',
    body: encodeURIComponent('{"version":"2.0"}'),
    id: 'body.form',
    evidence: { names: ['{"version":"2.0"}'] },
  },
  {
    description: 'JSON as the name of a form field, as qs makes it of a text',
    body: `${encodeURIComponent('{"version":"2.0"}')}=`,
    id: 'body.form',
    evidence: { names: ['{"version":"2.0"}'] },
  },
  {
    description: 'JSON in a form field, encoded',
    body: `data=${encodeURIComponent(JSON_TEXT)}`,
    id: 'body.form',
    evidence: { names: ['data'] },
  },
  {
    description: 'an invalid percent sign',
    body: '%zz=1',
    id: 'body.form',
    evidence: { names: ['%zz'] },
  },
  {
    description: 'multipart',
    body: `${PART}${PART.replace('token', 'sign')}--------------------------8721--\r\n`,
    id: 'body.multipart',
    evidence: { names: ['token', 'sign'] },
  },
  {
    description: 'null',
    body: 'null',
    id: 'body.not-json',
    evidence: { received: 'n', expected: '{' },
  },
  {
    description: 'XML',
    body: '<xml><a>1</a></xml>',
    id: 'body.not-json',
    evidence: { received: '<', expected: '{' },
  },
  {
    description: 'an extra comma',
    body: '{\n  "version": "2.0",\n}',
    id: 'body.not-json',
    evidence: { received: '}', expected: '"', line: 3, column: 1, text: '  "version": "2.0",\n}' },
  },
  {
    description: 'an error after a byte order mark',
    body: "\ufeff{'version':'2.0'}",
    id: 'body.not-json',
    evidence: { received: "'", line: 1, column: 2 },
  },
  {
    description: 'an incomplete text',
    body: '{"version":"2.0"',
    id: 'body.not-json',
    evidence: { received: '', expected: ', or }', line: 1, column: 17 },
  },
])('$description: $id', ({ body, id, evidence }) => {
  const subject = subjectFor('loginTokenValidate', body);
  expect(subject.decidedBy).toBe('bodyReadable');
  expect(requestFindingIds(subject)).toEqual([id]);
  expect(evidenceFor(subject, id)).toMatchObject([evidence]);
});

test('a multipart Content-Type is reported even if the body does not look like multipart', () => {
  const rawHeaders = ['Content-Type', 'multipart/form-data; boundary=x'];
  const subject = subjectFor('tokenValidate', 'version: 1.0', { exchange: { rawHeaders } });
  expect(requestFindingIds(subject)).toEqual(['body.multipart', 'header.content-type']);
});

const LOGIN_SAMPLE = JSON.parse(LOGIN_REQUEST_SAMPLE);

test.each([
  {
    description: 'the request of 1.3, indented',
    operation: 'loginTokenValidate',
    body: JSON.stringify(LOGIN_SAMPLE, null, '\n\t '),
    decidedBy: 'appKnown',
    evidence: { section: '1.3', kind: 'request' },
  },
  {
    description: 'the request of 2.4',
    operation: 'tokenValidate',
    body: JSON.parse(VERIFY_REQUEST_SAMPLE),
    decidedBy: 'appKnown',
    evidence: { section: '2.4', kind: 'request' },
  },
  {
    description: 'the response of 2.4, fixed',
    operation: 'tokenValidate',
    body: VERIFY_RESPONSE_SAMPLE.replace('码"', '码",'),
    decidedBy: 'parametersValid',
    evidence: { section: '2.4', kind: 'response' },
  },
] as const)(
  "$description is the document's own sample",
  ({ operation, body, decidedBy, evidence }) => {
    const subject = subjectFor(operation, body, UNKNOWN_APP);
    expect(subject.decidedBy).toBe(decidedBy);
    expect(requestFindingIds(subject).filter((id) => !id.startsWith('time.'))).toEqual([
      'body.document-sample',
    ]);
    expect(evidenceFor(subject, 'body.document-sample')).toMatchObject([evidence]);
  },
);

test('a sample with the client’s own appid explains its wrong signature', () => {
  const subject = subjectFor('loginTokenValidate', { ...LOGIN_SAMPLE, appid: SETTINGS.appId });
  expect(subject.decidedBy).toBe('signValid');
  expect(requestFindingIds(subject)[0]).toBe('body.document-sample');
});

test("the sample's token and msgid with a new signature are not reported as a sample", () => {
  const { msgid, token } = LOGIN_SAMPLE;
  expect(requestFindingIds(subjectFor('loginTokenValidate', loginBody({ msgid, token })))).toEqual(
    [],
  );
});

test.each([
  {
    description: "login's flat body at verify",
    operation: 'tokenValidate',
    body: loginBody(),
    decidedBy: 'parametersValid',
    evidence: {
      received: 'loginTokenValidate',
      expected: 'tokenValidate',
      path: '/unisdk/rsapi/loginTokenValidate',
    },
  },
  {
    description: "login's flat body with numbers at verify",
    operation: 'tokenValidate',
    body: { ...loginRsaBody(), strictcheck: 0 },
    decidedBy: 'parametersValid',
    evidence: { received: 'loginTokenValidate' },
  },
  {
    description: "verify's envelope at login",
    operation: 'loginTokenValidate',
    body: verifyRsaBody(),
    decidedBy: 'tokenPresent',
    evidence: {
      received: 'tokenValidate',
      expected: 'loginTokenValidate',
      path: '/openapi/rs/tokenValidate',
    },
  },
  {
    description: "half of verify's envelope at login",
    operation: 'loginTokenValidate',
    body: { body: verifyBody().body },
    decidedBy: 'tokenPresent',
    evidence: { received: 'tokenValidate' },
  },
] as const)('$description is one mistake', ({ operation, body, decidedBy, evidence }) => {
  const subject = subjectFor(operation, body);
  expect(subject.decidedBy).toBe(decidedBy);
  expect(requestFindingIds(subject)).toEqual(['body.wrong-operation']);
  expect(evidenceFor(subject, 'body.wrong-operation')).toMatchObject([evidence]);
});

test.each([
  {
    description: 'fields whose names other operations have too',
    sent: { version: '2.0', token: 'x', sign: 'y' },
    shape: 'loginTokenValidate',
  },
  {
    description: 'a field of another operation next to its own',
    sent: { ...loginBody({ token: undefined }), userInformation: 'x' },
    shape: 'loginTokenValidate',
  },
  {
    description: 'a field of each of two operations, and those of both',
    sent: { token: 'x', sign: 'y', userInformation: 'z', msgid: 'a' },
    shape: undefined,
  },
  { description: 'two fields', sent: { version: '2.0', token: 'x' }, shape: undefined },
])('$description: the body is for $shape', ({ sent, shape }) => {
  expect(shapeOf(sent)).toBe(shape);
});

const { header: HEADER, body: BODY } = verifyBody();
const { msgId, appId, ...OTHERS } = HEADER;

test.each([
  { description: "verify's fields without their envelope", sent: { ...HEADER, ...BODY } },
  {
    description: 'the same, with two names spelt as at login',
    sent: { msgid: msgId, appid: appId, ...OTHERS, ...BODY },
  },
  { description: "verify's header alone", sent: { header: HEADER } },
])("$description: not reported as login's body", ({ sent }) => {
  expect(requestFindingIds(subjectFor('tokenValidate', sent))).not.toContain(
    'body.wrong-operation',
  );
});

test.each([
  { description: 'login fields next to header and body', operation: 'loginTokenValidate' },
  { description: 'header and body next to login fields', operation: 'tokenValidate' },
] as const)(
  '$description: not reported, because the body matches both operations',
  ({ operation }) => {
    expect(requestFindingIds(subjectFor(operation, { ...loginBody(), ...verifyBody() }))).toEqual(
      [],
    );
  },
);

/** In English. */
function problemIn(text: string) {
  const problem = jsonObjectProblem(text);
  return problem && { ...problem, expected: wordsIn(problem.expected, 'en') };
}

test.each([
  { description: 'an extra comma', text: '{"a":"1",}', at: '}', expected: '"' },
  { description: 'single quotes', text: "{'a':'1'}", at: "'a", expected: '" or }' },
  { description: 'a missing comma', text: '{"a":"1"\n "b":"2"}', at: '"b', expected: ', or }' },
  { description: 'a line end in a text', text: '{"a":"1\n2"}', at: '\n', expected: '"' },
  { description: 'a tab in a text', text: '{"a":"1\t2"}', at: '\t', expected: '"' },
  { description: 'an unknown escape', text: '{"a":"C:\\data"}', at: '\\d', expected: '"' },
  { description: 'half an escape', text: '{"a":"\\u00g0"}', at: '\\u', expected: '"' },
  { description: 'a comment', text: '{"a":"1" // one\n}', at: '//', expected: ', or }' },
  { description: 'NaN', text: '{"a":NaN}', at: 'N', expected: 'a value' },
  { description: 'undefined', text: '{"a":undefined}', at: 'u', expected: 'a value' },
  { description: 'True', text: '{"a":True}', at: 'T', expected: 'a value' },
  { description: 'an unquoted name', text: '{a:"1"}', at: 'a', expected: '" or }' },
  { description: 'an unquoted value', text: '{"a":STsid}', at: 'S', expected: 'a value' },
  { description: 'no colon', text: '{"a" "1"}', at: '"1', expected: ':' },
  { description: 'an equals sign', text: '{"a"="1"}', at: '=', expected: ':' },
  { description: 'a leading zero', text: '{"a":01}', at: '1', expected: ', or }' },
  { description: 'an extra comma in a list', text: '{"a":[1,]}', at: ']', expected: 'a value' },
  { description: 'a brace that closes a list', text: '{"a":[1}', at: '}', expected: ', or ]' },
  {
    description: 'a missing value in a list',
    text: '{"a":[,1]}',
    at: ',1',
    expected: 'a value or ]',
  },
  {
    description: 'a second object',
    text: '{"a":1}{"b":2}',
    at: '{"b',
    expected: 'the end of the text',
  },
  {
    description: 'a semicolon at the end',
    text: '{"a":1};',
    at: ';',
    expected: 'the end of the text',
  },
  { description: 'a no-break space', text: '{\u00a0"a":1}', at: '\u00a0', expected: '" or }' },
  { description: 'full-width quotes', text: '{“a”:1}', at: '“', expected: '" or }' },
  { description: 'a list', text: ' [1]', at: '[', expected: '{' },
])('$description is found', ({ text, at, expected }) => {
  expect(problemIn(text)).toEqual({ offset: text.indexOf(at), expected });
});

test.each([
  { text: '', expected: '{' },
  { text: '{', expected: '" or }' },
  { text: '{"a', expected: '"' },
  { text: '{"a\\', expected: '"' },
  { text: '{"a"', expected: ':' },
  { text: '{"a":', expected: 'a value' },
  { text: '{"a":1,', expected: '"' },
  { text: '{"a":[', expected: 'a value or ]' },
  { text: '{"a":[1', expected: ', or ]' },
])('$text ends too early', ({ text, expected }) => {
  // The position of a truncated escape is its beginning.
  const offset = text.endsWith('\\') ? text.length - 1 : text.length;
  expect(problemIn(text)).toEqual({ offset, expected });
});

test.each([
  { description: 'empty', text: '{}' },
  { description: 'with white space', text: ' \r\n\t{ "a" : [ ] , "b" : { } } \n' },
  {
    description: 'with every kind of value',
    text: '{"a":[1,-0.5e+3,0,true,false,null,"x",{"y":[]}]}',
  },
  { description: 'with every escape', text: String.raw`{"a":"\"\\\/\b\f\n\r\t\u00e9\ud83d"}` },
  {
    description: 'with control characters that a string may contain',
    text: '{"a":"\u007f\u0085\u2028"}',
  },
  { description: 'with half a surrogate pair', text: '{"a":"\ud83d"}' },
  { description: 'with a long text', text: JSON.stringify({ a: '\\"é'.repeat(20_000) }) },
  { description: 'nested deeply', text: `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}` },
])('an object $description has no problem', ({ text }) => {
  expect(jsonObjectProblem(text)).toBeUndefined();
});

function isOneObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

test('the scanner and JSON.parse agree', () => {
  const text = fc.oneof(
    fc.json({ noUnicodeString: false }),
    fc.stringMatching(/^[{}[\]",:\\ntu0-9eE.+ -]{0,12}$/),
    fc
      .tuple(fc.constantFrom(loginBody(), verifyBody()), fc.array(mutation, { maxLength: 3 }))
      .map(([request, changes]) => mutated(request, changes).toString()),
  );
  fc.assert(
    fc.property(text, (each) => {
      expect(jsonObjectProblem(each) === undefined).toBe(isOneObject(each));
    }),
    { numRuns: 300 },
  );
});

test('the text before the position can be completed, and the text including it cannot', () => {
  const { offset = -1 } = jsonObjectProblem('{"a":"1","b":tru}') ?? {};
  expect(offset).toBe(13);
});

test.each([
  { description: 'the beginning', offset: 0, position: { line: 1, column: 1 } },
  { description: 'the end of a line', offset: 2, position: { line: 1, column: 3 } },
  { description: 'the line after a line feed', offset: 3, position: { line: 2, column: 1 } },
  {
    description: 'the line after a carriage return and a line feed',
    offset: 7,
    position: { line: 3, column: 2 },
  },
  { description: 'the line after a carriage return', offset: 9, position: { line: 4, column: 1 } },
  {
    description: 'a character after a surrogate pair',
    offset: 11,
    position: { line: 4, column: 3 },
  },
])('$description has a line and a column', ({ offset, position }) => {
  expect(positionOf('ab\nc\r\nde\r😀x', offset)).toEqual(position);
});

test.each([
  {
    description: 'of twenty names is shown whole',
    count: 20,
    shown: /the fields (?:name-of-a-field-\d\d, ){19}name-of-a-field-\d\d\. /,
  },
  {
    description: 'of more names is shown in part',
    count: 21,
    shown: /the fields (?:name-of-a-field-\d\d, ){20}…\. /,
  },
])('a list $description, and no name is cut', ({ count, shown }) => {
  const body = Array.from(
    { length: count },
    (_, at) => `name-of-a-field-${String(at).padStart(2, '0')}=1`,
  ).join('&');
  const { findings } = explain(subjectFor('loginTokenValidate', body), 'en');
  expect(findings.find(({ id }) => id === 'body.form')?.detail).toMatch(shown);
});
