/** Requests and responses in log lines, terminal output and copied commands. */
import { describe, expect, test } from 'vitest';
import type { Capture } from '../../../../mock-server/cli/explain/capture/capture.js';
import {
  readCapture,
  readCaptures,
} from '../../../../mock-server/cli/explain/capture/read-capture.js';
import { problemOf } from '../../../support/bilingual.js';

const LOGIN_PATH = '/unisdk/rsapi/loginTokenValidate';
const LOGIN = '{"version":"2.0","msgid":"1","appid":"300000000001","token":"x","sign":"A=="}';
const VERIFY = '{"header":{"version":"1.0","appId":"1"},"body":{"token":"x","sign":"}{"}}';
const REFUSED = '{"inresponseto":"1","resultCode":"104201","systemtime":"20261125093620000"}';
const VERIFY_REFUSED = '{"header":{"resultCode":"606"},"body":{"resultDesc":""}}';
const escaped = (json: string) => JSON.stringify(json).slice(1, -1);

interface Row {
  readonly description: string;
  readonly text: string;
  readonly expected: Partial<Capture>;
}

test.each<Row>([
  {
    description: 'JSON in a log line',
    text: `2026-11-25 09:36:19.762 INFO [nio-1] c.e.Client {trace} request: ${LOGIN}`,
    expected: { body: LOGIN },
  },
  {
    description: 'a log line that begins with a bracket',
    text: `[2026-11-25 09:36:19] request ${VERIFY}`,
    expected: { body: VERIFY },
  },
  {
    description: 'a request and a response in one line',
    text: `login ${LOGIN} -> ${REFUSED}`,
    expected: { body: LOGIN, answered: '104201' },
  },
  {
    description: 'a request and a response without other text',
    text: `${VERIFY}\n${VERIFY_REFUSED}`,
    expected: { body: VERIFY, answered: '606' },
  },
  {
    description: 'a description with an unknown name for the body',
    text: `{"method":"POST","url":"${LOGIN_PATH}","payload":${LOGIN}}`,
    expected: { path: LOGIN_PATH, body: LOGIN },
  },
  {
    description: 'JSON in a string of a log in JSON',
    text: JSON.stringify({ level: 'info', path: '/login', message: `request ${LOGIN}` }),
    expected: { body: LOGIN },
  },
  {
    description: 'escaped JSON in a log line',
    text: `INFO request="${escaped(LOGIN)}" response="${escaped(REFUSED)}"`,
    expected: { body: LOGIN, answered: '104201' },
  },
  {
    description: 'JSON lines, of which one has the request and another one the response',
    text: [{ event: 'start' }, { event: 'send', body: LOGIN }, { event: 'received', body: REFUSED }]
      .map((line) => JSON.stringify(line))
      .join('\n'),
    expected: { body: LOGIN, answered: '104201' },
  },
  {
    description: 'the text of a map',
    text: '{version=2.0, msgid=1, appid=300000000001, expandparams=a=1|b=2, sign=A==}',
    expected: {
      body: '{"version":"2.0","msgid":"1","appid":"300000000001","expandparams":"a=1|b=2","sign":"A=="}',
      isRebuilt: true,
    },
  },
  {
    description: 'the text of a map of maps in a log line, and a response as a map',
    text: 'INFO params: {header={version=1.0, appId=1}, body={token=x, sign=A==}} result: {header={resultCode=302}}',
    expected: {
      body: '{"header":{"version":"1.0","appId":"1"},"body":{"token":"x","sign":"A=="}}',
      isRebuilt: true,
      answered: '302',
    },
  },
  {
    description: 'the output of curl -v after its command',
    text: `$ curl -v https://www.cmpassport.com${LOGIN_PATH} -d '${LOGIN}'\n> POST ${LOGIN_PATH} HTTP/1.1\n< HTTP/1.1 200\n<\n${REFUSED}`,
    expected: { path: LOGIN_PATH, body: LOGIN, answered: '104201' },
  },
  {
    description: 'an HTTP message with its response',
    text: `POST ${LOGIN_PATH} HTTP/1.1\r\nHost: x\r\n\r\n${LOGIN}\r\n\r\nHTTP/1.1 200 OK\r\n\r\n${REFUSED}`,
    expected: { body: LOGIN, answered: '104201' },
  },
])('$description is read', ({ text, expected }) => {
  expect(readCapture(text)).toMatchObject(expected);
});

test('of several requests in a log, each has the response with its msgid', () => {
  const other = LOGIN.replace('"msgid":"1"', '"msgid":"2"');
  const accepted = '{"inresponseto":"2","resultCode":"103000"}';
  expect(readCaptures([LOGIN, other, REFUSED, accepted].join('\n'))).toMatchObject({
    captures: [
      { body: LOGIN, answered: '104201' },
      { body: other, answered: '103000' },
    ],
    among: { count: 2, as: 'first' },
  });
});

test('without msgids, a response is of the request before it', () => {
  const read = readCaptures(`a ${LOGIN}\nb ${VERIFY}\nc ${VERIFY_REFUSED}`);
  expect(read).toMatchObject({ captures: [{ body: LOGIN }, { body: VERIFY, answered: '606' }] });
  expect(JSON.stringify(read)).toMatch(/^(?:(?!answered).)*"answered":"606"/);
});

describe('a HAR entry', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const request = { method: 'POST', url: `https://www.cmpassport.com${LOGIN_PATH}` };

  test('with a body in Base64 is read', () => {
    const postData = { text: base64(LOGIN), encoding: 'base64' };
    expect(readCapture(JSON.stringify({ request: { ...request, postData } }))).toMatchObject({
      body: LOGIN,
    });
  });

  test('without a body was sent without one if its size says so', () => {
    expect(readCapture(JSON.stringify({ request: { ...request, bodySize: 0 } }))).toMatchObject({
      body: '',
    });
  });

  test.each([
    { description: 'plain', content: { text: REFUSED } },
    { description: 'in Base64', content: { text: base64(REFUSED), encoding: 'base64' } },
  ])('has the response of its own request, $description', ({ content }) => {
    const entry = { request: { ...request, postData: { text: LOGIN } } };
    const entries = [{ ...entry, response: { content } }, entry];
    expect(readCaptures(JSON.stringify({ log: { entries } }))).toMatchObject({
      captures: [{ answered: '104201' }, {}],
    });
    expect(
      JSON.stringify(readCaptures(JSON.stringify({ log: { entries: entries.toReversed() } }))),
    ).toMatch(/^(?:(?!answered).)*"answered":"104201"/);
  });
});

describe('a command of PowerShell', () => {
  const URI = `-Uri "https://www.cmpassport.com${LOGIN_PATH}"`;

  test.each<Row>([
    {
      description: 'as a browser copies it',
      text: [
        '$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession',
        `Invoke-WebRequest -UseBasicParsing ${URI} \``,
        '-Method "POST" `',
        '-WebSession $session `',
        '-Headers @{',
        '"Accept"="*/*"',
        '  "X-A"="a=`"b`"; }"',
        '} `',
        '-ContentType "application/json" `',
        `-Body "${LOGIN.replaceAll('"', '`"')}"`,
      ].join('\n'),
      expected: {
        method: 'POST',
        path: LOGIN_PATH,
        rawHeaders: ['Accept', '*/*', 'X-A', 'a="b"; }', 'Content-Type', 'application/json'],
        body: LOGIN,
      },
    },
    {
      description: 'with a body of bytes',
      text: `Invoke-WebRequest ${URI} -Method Post -Body ([System.Text.Encoding]::UTF8.GetBytes("{\`"message\`":\`"$([char]20013)\`"}"))`,
      expected: { method: 'POST', rawHeaders: [], body: '{"message":"中"}' },
    },
    {
      description: 'as this project writes it',
      text: `Invoke-RestMethod -Method Post -Uri 'http://127.0.0.1:10086${LOGIN_PATH}' -Headers @{ 'A' = 'it''s'; 'B' = '2' } -ContentType 'application/json' -Body '${LOGIN}'`,
      expected: {
        rawHeaders: ['A', "it's", 'B', '2', 'Content-Type', 'application/json'],
        body: LOGIN,
      },
    },
    {
      description: 'without a body',
      text: `Invoke-WebRequest ${URI}`,
      expected: { method: 'GET', body: '' },
    },
  ])('$description is read', ({ text, expected }) => {
    expect(readCapture(text)).toMatchObject(expected);
  });

  test.each([
    { description: 'no address', text: 'Invoke-WebRequest -Method POST', message: 'without -Uri' },
    {
      description: 'a variable as its body',
      text: `Invoke-WebRequest ${URI} -Body (Get-X)`,
      message: '-Body is not',
    },
  ])('with $description is refused', ({ text, message }) => {
    expect(problemOf(readCapture(text))).toContain(message);
  });
});

test.each([
  { description: 'a response alone', text: REFUSED, message: 'a response of the carrier' },
  {
    description: 'a response alone as a record',
    text: `{"body":${JSON.stringify(REFUSED)}}`,
    message: 'a response',
  },
  {
    description: 'an HTTP message that lacks the announced body',
    text: `POST ${LOGIN_PATH} HTTP/1.1\nContent-Length: 312\n\n`,
    message: 'but not its body',
  },
  {
    description: 'the output of curl -v without its command',
    text: `> POST ${LOGIN_PATH} HTTP/1.1\n>\n< HTTP/1.1 200\n<\n${REFUSED}`,
    message: 'no fields of a request, found "> POST',
  },
  {
    description: 'a HAR entry with only the fields of a form',
    text: `{"request":{"method":"POST","url":"${LOGIN_PATH}","postData":{"params":[]}}}`,
    message: 'without its body',
  },
  {
    description: 'a log without a request',
    text: 'INFO started {port=80} {"a":1}',
    message: 'no fields of a request',
  },
])('$description is refused', ({ text, message }) => {
  expect(problemOf(readCapture(text))).toContain(message);
});

test.each([
  { description: 'JSON with other text after it', text: `${LOGIN},` },
  { description: 'JSON that ends too early', text: '{"header":{"appId":"1"},"body":{"token":"x"' },
])('a body that is not JSON stays one: $description', ({ text }) => {
  expect(readCapture(text)).toMatchObject({ body: text });
});

test.each([
  { description: 'open braces', text: `x ${'{a='.repeat(100_000)}` },
  { description: 'nested maps', text: `x ${'{a='.repeat(100_000)}${'}'.repeat(100_000)}` },
  { description: 'escaped quotes', text: `x {${'\\"'.repeat(200_000)}` },
  { description: 'short objects', text: `x ${'{} '.repeat(200_000)}` },
])('a long text of $description is refused', ({ text }) => {
  expect(problemOf(readCapture(text))).toContain('no fields of a request');
});
