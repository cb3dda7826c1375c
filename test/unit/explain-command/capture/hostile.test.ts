/** Hostile captures: each is read, or refused in one short sentence, and none overflows, hangs or steers a terminal. */
import { describe, expect, test, vi } from 'vitest';
import type { Capture } from '../../../../mock-server/cli/explain/capture/capture.js';
import { readCapture } from '../../../../mock-server/cli/explain/capture/read-capture.js';
import { problemOf } from '../../../support/bilingual.js';

const PATH = '/unisdk/rsapi/loginTokenValidate';
const MIB = 1024 * 1024;
const brackets = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const described = (changes: object) => JSON.stringify({ method: 'POST', path: PATH, body: '{}', ...changes });
const captureOf = (text: string) => readCapture(text) as Capture;

describe('JSON that is nested too deeply is refused', () => {
  test.each([
    { description: 'a body', text: `{"method":"POST","body":${brackets(20_000)}}` },
    { description: 'a body alone', text: `{"appid":"1","token":${brackets(20_000)}}` },
    { description: 'a list', text: brackets(50_000) },
    { description: 'lists of requests', text: '{"requests":['.repeat(8000) + ']}'.repeat(8000) },
    { description: 'one level too many', text: `{"appid":${brackets(100)}}` },
  ])('$description', ({ text }) => {
    expect(problemOf(readCapture(text))).toBe('is JSON that is nested too deeply for a request');
  });

  test('a hundred levels are accepted', () => {
    const text = `{"appid":${brackets(99)}}`;
    expect(readCapture(text)).toMatchObject({ body: text });
  });
});

test('of nested lists, only the request is serialised again', () => {
  const stringify = vi.spyOn(JSON, 'stringify');
  const request = '{"appid":"1"}';
  expect(readCapture(`${'{"requests":['.repeat(40)}${request}${']}'.repeat(40)}`)).toMatchObject({ body: request });
  expect(stringify).toHaveBeenCalledTimes(1);
});

describe('an object with its own toString', () => {
  const odd = { toString: 1, valueOf: 2 };

  test.each([
    { description: 'as a header’s value', headers: { a: odd } },
    { description: 'in a pair', headers: [['a', odd]] },
    { description: 'under a name', headers: [{ name: 'a', value: odd }] },
  ])('$description is read as JSON', ({ headers }) => {
    expect(captureOf(described({ headers })).rawHeaders).toEqual(['a', '{"toString":1,"valueOf":2}']);
  });

  test('as the URL in a HAR file is not a URL', () => {
    expect(readCapture(JSON.stringify({ log: { entries: [{ request: { url: odd } }] } }))).toMatchObject({
      path: undefined,
    });
  });
});

test.each(['__proto__', 'constructor', 'toString'])('a header named %s is treated like any other', (name) => {
  const text = `{"method":"POST","headers":{"${name}":"x"},"body":{"${name}":{"polluted":1}}}`;
  expect(readCapture(text)).toMatchObject({ rawHeaders: [name, 'x'], body: `{"${name}":{"polluted":1}}` });
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

describe('a long text', () => {
  const message = (head: string, body = '') => `POST ${PATH} HTTP/1.1\n${head}\n\n${body}`;

  test('with a header line of spaces and no colon is refused, and only its beginning is quoted', () => {
    const result = problemOf(readCapture(message(`a${' '.repeat(500_000)}b`)));
    expect(result).toContain('invalid header line, found "a   ');
    expect(String(result).length).toBeLessThan(250);
  });

  test('with many spaces inside a header is read', () => {
    const value = `x${' '.repeat(500_000)}y`;
    expect(captureOf(message(`a: ${value}`)).rawHeaders).toEqual(['a', value]);
  });

  test('of 50 000 chunks is decoded', () => {
    const body = `${'1\nx\n'.repeat(50_000)}0\n\n`;
    expect(captureOf(message('Transfer-Encoding: chunked', body)).body).toBe('x'.repeat(50_000));
  });

  test.each([
    { description: '255 characters is decoded', extension: 252, body: 'x' },
    { description: '256 characters is refused', extension: 253, body: undefined },
  ])('with a chunk header of $description', ({ extension, body }) => {
    const read = readCapture(message('Transfer-Encoding: chunked', `1;${'e'.repeat(extension)}\nx\n0\n\n`));
    expect('en' in read ? undefined : read.body).toBe(body);
  });

  test('of 50 000 words is read', () => {
    expect(readCapture(`curl http://x${PATH} ${'a '.repeat(50_000)}`)).toMatchObject({ path: PATH });
  });

  test.each([
    { description: 'a curl command', text: `curl http://x${PATH} -d "` },
    { description: 'an HTTP message', text: `POST ${PATH} HTTP/1.1\n\n` },
  ])('that is $description is read up to 1 MiB', ({ text }) => {
    expect(problemOf(readCapture(text.padEnd(MIB + 1, 'x')))).toContain('longer than 1 MiB');
    expect(readCapture(text.padEnd(MIB - 1, 'x').concat('"'))).toMatchObject({ path: PATH });
  });
});

test.each([
  { description: 'a long file name', text: `curl http://x${PATH} -d @/etc/${'x'.repeat(5000)}` },
  { description: 'an invalid header line', text: `POST ${PATH} HTTP/1.1\n${'\u001b[31m'.repeat(2000)}\n\n` },
])('of $description, only the beginning is quoted, without control characters', ({ text }) => {
  const result = problemOf(readCapture(text));
  expect(result.length).toBeLessThan(400);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what may not come through
  expect(result).not.toMatch(/[\u0000-\u001f]/);
});
