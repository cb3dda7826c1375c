/** A raw HTTP message as a capture. */
import { expect, test } from 'vitest';
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
    lines: [`POST ${PATH} HTTP/1.1`, 'Host: www.cmpassport.com', 'Content-Type: application/json', '', '{"a":1}'],
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
  { description: 'no headers and no body', lines: [`POST ${PATH} HTTP/1.1`], expected: { rawHeaders: [], body: '' } },
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
    description: 'a chunked body',
    lines: [`POST ${PATH} HTTP/1.1`, 'Transfer-Encoding: chunked', '', '5;x=y', '{"中', '4', '":1}', '0', '', ''],
    expected: { body: '{"中":1}' },
  },
  {
    description: 'comments before the request, one with the time of arrival',
    lines: ['# a/b, request 1, received at 2026-11-27T17:54:59.513Z', '', '// by hand', `POST ${PATH}`, '', '# x'],
    expected: { method: 'POST', path: PATH, body: '# x', atMs: Date.UTC(2026, 10, 27, 17, 54, 59, 513) },
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
    description: 'an incomplete chunked body',
    text: `POST ${PATH} HTTP/1.1\ntransfer-encoding: chunked\n\n50\n{"a"`,
    message: 'incomplete chunked body',
  },
])('$description is refused', ({ text, message }) => {
  expect(problemOf(readCapture(text))).toContain(message);
});
