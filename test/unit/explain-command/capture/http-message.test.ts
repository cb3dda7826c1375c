/** A raw HTTP message as a capture; and hostile captures in every format. */
import { describe, expect, test } from 'vitest';
import type { Capture } from '../../../../mock-server/cli/explain/capture/capture.js';
import { readCapture } from '../../../../mock-server/cli/explain/capture/read-capture.js';
import { problemOf } from '../../../support/bilingual.js';

const PATH = '/openapi/rs/tokenValidate';
const HEADERS = ['Host', 'www.cmpassport.com', 'Content-Type', 'application/json'];

interface Row {
  readonly description: string;
  readonly lines: readonly string[];
  readonly expected: Partial<Capture>;
}

const ROWS: readonly Row[] = [
  {
    description: 'request line, headers and body',
    lines: [
      `POST ${PATH} HTTP/1.1`,
      'Host: www.cmpassport.com',
      'Content-Type: application/json',
      '',
      '{"a":1}',
    ],
    expected: { method: 'POST', path: PATH, rawHeaders: HEADERS, body: '{"a":1}' },
  },
  {
    description: 'the query is not part of the path',
    lines: [`GET ${PATH}?a=1 HTTP/1.0`, '', ''],
    expected: { method: 'GET', path: PATH, query: 'a=1', rawHeaders: [], body: '' },
  },
  {
    description: 'an absolute URL in the request line',
    lines: [`POST https://www.cmpassport.com${PATH} HTTP/1.1`, 'A: 1', '', 'x'],
    expected: { path: PATH, rawHeaders: ['A', '1'], body: 'x' },
  },
  {
    description: 'a request line without the HTTP version',
    lines: [`POST http://127.0.0.1:10086${PATH}`, '', 'x'],
    expected: { path: PATH, body: 'x' },
  },
  {
    description: 'no headers and no body',
    lines: [`POST ${PATH} HTTP/1.1`],
    expected: { rawHeaders: [], body: '' },
  },
  {
    description: 'a repeated header, and a value with a colon and spaces',
    lines: [`POST ${PATH} HTTP/1.1`, 'A:1', 'A:  b:c ', '', ''],
    expected: { rawHeaders: ['A', '1', 'A', 'b:c'] },
  },
  {
    description: 'text after the body is ignored',
    lines: [`POST ${PATH} HTTP/1.1`, 'content-length: 5', '', '"中"HTTP/1.1 200 OK'],
    expected: { body: '"中"' },
  },
  {
    description: 'a body shorter than its Content-Length',
    lines: [`POST ${PATH} HTTP/1.1`, 'content-length: 50', '', '{}'],
    expected: { body: '{}' },
  },
  {
    description: 'comments before the request, one with the time of arrival',
    lines: [
      '# a/b, request 1, received at 2026-11-27T17:54:59.513Z',
      '',
      '// by hand',
      `POST ${PATH}`,
      '',
      '# x',
    ],
    expected: {
      method: 'POST',
      path: PATH,
      body: '# x',
      atMs: Date.UTC(2026, 10, 27, 17, 54, 59, 513),
    },
  },
  {
    description: 'a body that was already decoded from chunks',
    lines: [`POST ${PATH} HTTP/1.1`, 'Transfer-Encoding: chunked', '', '{}'],
    expected: { body: '{}' },
  },
];

test.each(ROWS)('$description, lines ending in CRLF', ({ lines, expected }) => {
  expect(readCapture(lines.join('\r\n'))).toMatchObject(expected);
});

test.each(ROWS)('$description, lines ending in LF', ({ lines, expected }) => {
  expect(readCapture(lines.join('\n'))).toMatchObject(expected);
});

test.each([
  {
    description: 'an invalid header line',
    text: `POST ${PATH} HTTP/1.1\nA: 1\n{"a"}\n\n`,
    message: 'invalid header line',
  },
  {
    description: 'a body in chunks',
    text: `POST ${PATH} HTTP/1.1\ntransfer-encoding: chunked\n\n3;x=y\n{}\n0\n\n`,
    message: 'body in chunks',
  },
])('$description is refused', ({ text, message }) => {
  expect(problemOf(readCapture(text))).toContain(message);
});

const LOGIN_PATH = '/unisdk/rsapi/loginTokenValidate';
const described = (changes: object) =>
  JSON.stringify({ method: 'POST', path: LOGIN_PATH, body: '{}', ...changes });
const captureOf = (text: string) => readCapture(text) as Capture;

describe('an object with its own toString', () => {
  const odd = { toString: 1, valueOf: 2 };

  test.each([
    { description: 'as a header’s value', headers: { a: odd } },
    { description: 'under a name', headers: [{ name: 'a', value: odd }] },
  ])('$description is read as JSON', ({ headers }) => {
    expect(captureOf(described({ headers })).rawHeaders).toEqual([
      'a',
      '{"toString":1,"valueOf":2}',
    ]);
  });

  test('as the URL in a HAR file is not a URL', () => {
    expect(
      readCapture(JSON.stringify({ log: { entries: [{ request: { method: 'GET', url: odd } }] } })),
    ).toMatchObject({
      path: undefined,
    });
  });
});

test.each(['__proto__', 'constructor', 'toString'])(
  'a header named %s is treated like any other',
  (name) => {
    const text = `{"method":"POST","headers":{"${name}":"x"},"body":{"${name}":{"polluted":1}}}`;
    expect(readCapture(text)).toMatchObject({
      rawHeaders: [name, 'x'],
      body: `{"${name}":{"polluted":1}}`,
    });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  },
);

describe('a long text', () => {
  const message = (head: string, body = '') => `POST ${LOGIN_PATH} HTTP/1.1\n${head}\n\n${body}`;

  test('with a header line of spaces and no colon is refused, and only its beginning is quoted', () => {
    const result = problemOf(readCapture(message(`a${' '.repeat(500_000)}b`)));
    expect(result).toContain('invalid header line, found "a   ');
    expect(String(result).length).toBeLessThan(250);
  });

  test('with many spaces inside a header is read', () => {
    const value = `x${' '.repeat(500_000)}y`;
    expect(captureOf(message(`a: ${value}`)).rawHeaders).toEqual(['a', value]);
  });

  test('of millions of comments before the request is read', () => {
    const text = `${'#\n'.repeat(10_000_000)}# received at 2026-11-25T04:00:00.000Z\n${message('a: b', '{}')}`;
    expect(readCapture(text)).toMatchObject({
      path: LOGIN_PATH,
      body: '{}',
      atMs: Date.UTC(2026, 10, 25, 4),
    });
  });

  test.each([
    {
      description: 'of curl',
      command: (body: string) => `curl http://x${LOGIN_PATH} -d "${body}"`,
    },
    {
      description: 'of PowerShell',
      command: (body: string) => `Invoke-WebRequest -Uri "http://x${LOGIN_PATH}" -Body "${body}"`,
    },
  ])('as a command $description is read up to a million characters', ({ command }) => {
    const longest = 'x'.repeat(1_000_000 - command('').length);
    expect(readCapture(command(longest))).toMatchObject({ path: LOGIN_PATH, body: longest });
    expect(readCapture(command(`${longest}x`))).toEqual({
      en: 'has a command of more than 1000000 characters: keep that of one request',
      zh: '的命令超过 1000000 个字符：请只保留发送一个请求的命令',
    });
  });

  test('of 50 000 words is read', () => {
    expect(readCapture(`curl http://x${LOGIN_PATH} ${'a '.repeat(50_000)}`)).toMatchObject({
      path: LOGIN_PATH,
    });
  });
});

test.each([
  {
    description: 'a long file name',
    text: `curl http://x${LOGIN_PATH} -d @/etc/${'x'.repeat(5000)}`,
  },
  {
    description: 'an invalid header line',
    text: `POST ${LOGIN_PATH} HTTP/1.1\n${'\u001b[31m'.repeat(2000)}\n\n`,
  },
])('of $description, only the beginning is quoted, without control characters', ({ text }) => {
  const result = problemOf(readCapture(text));
  expect(result.length).toBeLessThan(400);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what may not come through
  expect(result).not.toMatch(/[\u0000-\u001f]/);
});
