/** JSON as a capture: its format is recognised by its fields. */
import { expect, test } from 'vitest';
import { type Capture, toExchange } from '../../../../mock-server/cli/explain/capture/capture.js';
import {
  readCapture,
  readCaptures,
} from '../../../../mock-server/cli/explain/capture/read-capture.js';
import { problemOf } from '../../../support/bilingual.js';

const LOGIN_PATH = '/unisdk/rsapi/loginTokenValidate';
const VERIFY_PATH = '/openapi/rs/tokenValidate';
// 2026-11-25 09:36:20 in Beijing.
const AT_MS = 1_795_570_580_000;
const NOTHING_ELSE = {
  method: undefined,
  path: undefined,
  rawHeaders: undefined,
  clientIp: undefined,
  atMs: undefined,
};

const RECORD = {
  id: 'abc123-0123456789abcdef',
  atMs: AT_MS,
  operation: 'loginTokenValidate',
  method: 'POST',
  path: LOGIN_PATH,
  clientIp: '10.0.0.5',
  resultCode: '103101',
  request: {
    headers: { 'content-type': ['text/plain', 'application/json'], host: 'x' },
    body: '{"appid":"1"}',
  },
  response: { status: 200, body: '{"resultCode":"103101"}' },
};
const OF_RECORD: Capture = {
  method: 'POST',
  path: LOGIN_PATH,
  rawHeaders: ['content-type', 'text/plain', 'content-type', 'application/json', 'host', 'x'],
  body: '{"appid":"1"}',
  clientIp: '10.0.0.5',
  atMs: AT_MS,
  answered: '103101',
};

const HAR = {
  log: {
    entries: [
      { request: { method: 'GET', url: 'https://example.com/' } },
      {
        startedDateTime: '2026-11-25T09:36:20.000+08:00',
        request: {
          method: 'POST',
          url: `https://www.cmpassport.com${VERIFY_PATH}?a=1`,
          headers: [{ name: 'Content-Type', value: 'application/json' }],
          postData: { mimeType: 'application/json', text: '{"header":{}}' },
        },
      },
    ],
  },
};
const JSSDK_CALLS = ['h5/js/jssdk_auth/jssdk-1.0.0.min.js', '/h5/onekeylogin/authGetToken'].map(
  (path) => ({
    request: {
      method: 'POST',
      url: `https://www.cmpassport.com/${path}`,
      postData: { text: '{}' },
    },
  }),
);
const OF_HAR: Capture = {
  method: 'POST',
  path: VERIFY_PATH,
  query: 'a=1',
  rawHeaders: ['Content-Type', 'application/json'],
  body: '{"header":{}}',
  clientIp: undefined,
  atMs: AT_MS,
};

test.each([
  { description: 'a record of the journal', json: RECORD, expected: OF_RECORD },
  {
    description: 'a journal with one record',
    json: { requests: [RECORD], evicted: 0 },
    expected: OF_RECORD,
  },
  {
    description: 'the newest record of a journal with two',
    json: { requests: [RECORD, {}], evicted: 0 },
    expected: { ...OF_RECORD, among: { count: 2, as: 'newest', isRefused: true } },
  },
  {
    description: 'the first of a list of records',
    json: [RECORD, {}, {}],
    expected: { ...OF_RECORD, among: { count: 3, as: 'first', isRefused: true } },
  },
  {
    description: 'the first entry of a HAR file that goes to the carrier',
    json: { log: { entries: [...HAR.log.entries, HAR.log.entries[1]] } },
    expected: { ...OF_HAR, among: { count: 2, as: 'first', isRefused: false } },
  },
  { description: 'the entry of a HAR file that goes to the carrier', json: HAR, expected: OF_HAR },
  {
    description: 'the entry of a HAR file after the requests of the JSSDK',
    json: { log: { entries: [...JSSDK_CALLS, HAR.log.entries[1]] } },
    expected: OF_HAR,
  },
  { description: 'one entry of a HAR file', json: HAR.log.entries[1], expected: OF_HAR },
  {
    description: 'a URL and a body as an object',
    json: { url: `https://www.cmpassport.com${LOGIN_PATH}`, body: { appid: '1' } },
    expected: { ...NOTHING_ELSE, path: LOGIN_PATH, body: '{"appid":"1"}' },
  },
  {
    description: 'a path and no body',
    json: { method: 'GET', path: `${LOGIN_PATH}?a`, headers: [] },
    expected: {
      ...NOTHING_ELSE,
      method: 'GET',
      path: LOGIN_PATH,
      query: 'a',
      rawHeaders: [],
      body: '',
    },
  },
  {
    description: 'a body as a text',
    json: { body: '{"a":1}' },
    expected: { ...NOTHING_ELSE, body: '{"a":1}' },
  },
  {
    description: 'an invalid time',
    json: { path: '/', body: '', receivedAt: 'today', atMs: -1 },
    expected: { ...NOTHING_ELSE, path: '/', body: '' },
  },
  {
    description: 'the time of arrival, although the app’s time is present',
    json: { path: '/', body: null, receivedAtMs: 5, atMs: 6 },
    expected: { ...NOTHING_ELSE, path: '/', body: '', atMs: 5 },
  },
])('$description is read', ({ json, expected }) => {
  expect(readCapture(JSON.stringify(json))).toEqual(expected);
});

test('all requests of a list are available, without other entries', () => {
  const [entry] = HAR.log.entries.slice(1);
  const har = { log: { entries: [...HAR.log.entries, { ...entry, startedDateTime: 'x' }, entry] } };
  expect(readCaptures(JSON.stringify(har))).toEqual({
    captures: [OF_HAR, { ...OF_HAR, atMs: undefined }, OF_HAR],
    among: { count: 3, as: 'first' },
  });
  expect(readCaptures(JSON.stringify({ requests: [RECORD, { foo: 1 }, RECORD] }))).toEqual({
    captures: [OF_RECORD, OF_RECORD],
    among: { count: 3, as: 'newest' },
  });
});

test('of a HAR file without a request to the carrier, all requests are available', () => {
  const entries = [
    { request: { method: 'GET', url: '/a' } },
    { request: { method: 'GET', url: '/b' } },
  ];
  expect(readCaptures(JSON.stringify({ log: { entries } }))).toMatchObject({
    captures: [{ path: '/a' }, { path: '/b' }],
  });
});

test.each([
  { description: 'a journal record', json: { ...RECORD, decidedBy: 'signValid' } },
  {
    description: 'a HAR entry',
    json: {
      ...HAR.log.entries[1],
      response: { headers: [{ name: 'X-Mock-Decided-By', value: 'signValid' }] },
    },
  },
])('the rule that decided is read from $description', ({ json }) => {
  expect(readCapture(JSON.stringify(json))).toMatchObject({ decidedBy: 'signValid' });
});

test.each([
  { description: 'of login', text: '{ "appid": "1", "msgid": 12345678901234567890 }' },
  { description: 'of verify', text: '{"header":{"appId":"1"},"body":{"token":"x"}}' },
  { description: 'of verify without a header', text: '{"body":{"token":"x"}}' },
  { description: 'with fields in another letter case', text: '{"appId":"1"}' },
  { description: 'of invalid JSON', text: '{"appid":"1" "msgid":"2"}' },
  { description: 'of incomplete JSON', text: '{"header":{"appId":"1"' },
])('a body alone $description is read unchanged', ({ text }) => {
  expect(readCapture(text)).toEqual({ ...NOTHING_ELSE, body: text });
});

test('a byte order mark is ignored', () => {
  expect(readCapture('\uFEFF\n{"appid":"1"}')).toMatchObject({ body: '{"appid":"1"}' });
});

test.each([
  { description: 'an empty text', text: ' \n', parts: ['is empty', 'curl'] },
  {
    description: 'a text in no known format',
    text: 'hello\nworld',
    parts: ['"hello"', 'curl', 'HTTP message'],
  },
  { description: 'a long text', text: 'x'.repeat(100), parts: [`"${'x'.repeat(80)}…"`] },
  { description: 'JSON that is not a request', text: '{"foo":1}', parts: ['not a request'] },
  { description: 'a list of other values', text: '[1]', parts: ['not a request'] },
  { description: 'an empty list', text: '[]', parts: ['empty list'] },
  { description: 'an empty journal', text: '{"requests":[],"evicted":0}', parts: ['no requests'] },
  { description: 'an empty HAR file', text: '{"log":{"entries":[]}}', parts: ['no requests'] },
  { description: 'an app', text: '{"appId":"1","appKey":"k"}', parts: ['is an app'] },
  {
    description: 'a request description that is not JSON',
    text: '{"url":"/a","body":{"appid":"1" "x"}}',
    parts: ['"url"', 'not JSON'],
  },
  { description: 'headers as a number', text: '{"url":"/a","headers":1}', parts: ['headers'] },
  {
    description: 'a header without a value',
    text: '{"url":"/a","headers":["word"]}',
    parts: ['headers'],
  },
])('$description is refused', ({ text, parts }) => {
  const problem = problemOf(readCapture(text));
  for (const part of parts) expect(problem).toContain(part);
});

test.each([
  {
    description: 'that of verify for an envelope',
    body: '{"header":{},"body":{}}',
    path: VERIFY_PATH,
  },
  {
    description: 'that of verify for an incomplete envelope',
    body: '{\n "header" : {"appId":"1"',
    path: VERIFY_PATH,
  },
  { description: 'that of login for flat JSON', body: '{"appid":"1"}', path: LOGIN_PATH },
])('a body without a request line gets a path: $description', ({ body, path }) => {
  expect(toExchange({ ...NOTHING_ELSE, body })).toEqual({
    method: 'POST',
    path,
    rawHeaders: ['Content-Type', 'application/json'],
    body,
    bodyBytes: body.length,
  });
});

test.each([
  { description: 'the number of its bytes', rawHeaders: [], expected: 3 },
  {
    description: 'its Content-Length if that is larger',
    rawHeaders: ['content-length', '70000'],
    expected: 70_000,
  },
  {
    description: 'the number of its bytes if Content-Length is smaller',
    rawHeaders: ['Content-Length', '1'],
    expected: 3,
  },
  {
    description: 'the number of its bytes if Content-Length is not a number',
    rawHeaders: ['Content-Length', 'x'],
    expected: 3,
  },
])('the length of a body is $description', ({ rawHeaders, expected }) => {
  expect(toExchange({ ...NOTHING_ELSE, rawHeaders, body: '中' }).bodyBytes).toBe(expected);
});
