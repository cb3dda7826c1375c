/** Findings about the body as a whole. */
import { expect, test } from 'vitest';
import { LOGIN_REQUEST_SAMPLE, VERIFY_REQUEST_SAMPLE, VERIFY_RESPONSE_SAMPLE } from '../../support/document-samples.js';
import { loginBody, loginRsaBody, SETTINGS, UNKNOWN_APP, verifyBody, verifyRsaBody } from '../../support/engine.js';
import { evidenceFor, requestFindingIds, subjectFor } from '../../support/explain.js';

const JSON_TEXT = JSON.stringify(loginBody());
const PART = '--------------------------8721\r\nContent-Disposition: form-data; name="token"\r\n\r\nSTsid\r\n';

test.each([
  { description: 'only a byte order mark', body: '\ufeff', id: 'body.empty', evidence: { bytes: 3 } },
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
  { description: 'an invalid percent sign', body: '%zz=1', id: 'body.form', evidence: { names: ['%zz'] } },
  {
    description: 'multipart',
    body: `${PART}${PART.replace('token', 'sign')}--------------------------8721--\r\n`,
    id: 'body.multipart',
    evidence: { names: ['token', 'sign'] },
  },
  { description: 'null', body: 'null', id: 'body.not-json', evidence: { received: 'n', expected: '{' } },
  { description: 'XML', body: '<xml><a>1</a></xml>', id: 'body.not-json', evidence: { received: '<', expected: '{' } },
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
] as const)("$description is the document's own sample", ({ operation, body, decidedBy, evidence }) => {
  const subject = subjectFor(operation, body, UNKNOWN_APP);
  expect(subject.decidedBy).toBe(decidedBy);
  expect(requestFindingIds(subject).filter((id) => !id.startsWith('time.'))).toEqual(['body.document-sample']);
  expect(evidenceFor(subject, 'body.document-sample')).toMatchObject([evidence]);
});

test('a sample with the client’s own appid explains its wrong signature', () => {
  const subject = subjectFor('loginTokenValidate', { ...LOGIN_SAMPLE, appid: SETTINGS.appId });
  expect(subject.decidedBy).toBe('signValid');
  expect(requestFindingIds(subject)[0]).toBe('body.document-sample');
});

test("the sample's token and msgid with a new signature are not reported as a sample", () => {
  const { msgid, token } = LOGIN_SAMPLE;
  expect(requestFindingIds(subjectFor('loginTokenValidate', loginBody({ msgid, token })))).toEqual([]);
});

test.each([
  {
    description: "login's flat body at verify",
    operation: 'tokenValidate',
    body: loginBody(),
    decidedBy: 'parametersValid',
    evidence: { received: 'loginTokenValidate', expected: 'tokenValidate', path: '/unisdk/rsapi/loginTokenValidate' },
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
    evidence: { received: 'tokenValidate', expected: 'loginTokenValidate', path: '/openapi/rs/tokenValidate' },
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
  expect(requestFindingIds(subjectFor('tokenValidate', sent))).not.toContain('body.wrong-operation');
});

test.each([
  { description: 'login fields next to header and body', operation: 'loginTokenValidate' },
  { description: 'header and body next to login fields', operation: 'tokenValidate' },
] as const)('$description: not reported, because the body matches both operations', ({ operation }) => {
  expect(requestFindingIds(subjectFor(operation, { ...loginBody(), ...verifyBody() }))).toEqual([]);
});
