/** Requests as curl commands, in the server's code and in the contract kit's copy; `explain` can read them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { curlOf, quoted as quotedByKit } from '../../contracts/report/curl-command.js';
import { readCapture } from '../../mock-server/cli/explain/capture/read-capture.js';
import { curlCommand } from '../../mock-server/console/parts/curl-command.js';
import { curlParts, quoted } from '../../mock-server/text/curl-command.js';
import { HOSTILE_WORDS } from '../support/hostile-words.js';

const BASE = 'http://127.0.0.1:10086';

/** Any text; often with characters that a shell acts on. */
const TEXT = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...HOSTILE_WORDS.map(({ text }) => text)), { maxLength: 5 }).map((texts) => texts.join('')),
  fc
    .array(fc.constantFrom(...`'"\\!\n\u001b\u0000\ud83d中41x^@#[`.split('')), { maxLength: 20 })
    .map((c) => c.join('')),
);

describe('a quoted word', () => {
  test.each([
    { description: 'JSON stays as it is', text: '{"a":"中📱 \\" $x `id`"}', word: `'{"a":"中📱 \\" $x \`id\`"}'` },
    { description: 'a single quote is quoted as in a POSIX shell', text: "it's", word: `'it'\\''s'` },
    { description: 'white space is escaped by letters', text: 'a\n\r\tb', word: `$'a\\n\\r\\tb'` },
    { description: 'an exclamation mark is escaped as a byte', text: '是!', word: `$'是\\x21'` },
    { description: 'quotes and backslashes next to it are escaped too', text: `!'\\`, word: `$'\\x21\\x27\\\\'` },
    {
      description: 'other characters are escaped as several bytes',
      text: '\u202e\u009b\u2028',
      word: `$'\\xe2\\x80\\xae\\xc2\\x9b\\xe2\\x80\\xa8'`,
    },
    {
      description: 'an unpaired surrogate and a NUL become U+FFFD',
      text: '\ud83d\u0000',
      word: `$'\\xef\\xbf\\xbd\\xef\\xbf\\xbd'`,
    },
    { description: 'a workflow command is broken', text: '##[error]', word: `$'#\\x23[error]'` },
    { description: 'a heading is not a workflow command', text: '## a [b]', word: `'## a [b]'` },
  ])('$description', ({ text, word }) => {
    expect(quoted(text)).toBe(word);
  });

  test('is the same in both copies, without characters that a terminal acts on', () => {
    fc.assert(
      fc.property(TEXT, (text) => {
        expect(quotedByKit(text)).toBe(quoted(text));
        expect(quoted(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}!]|##\w*\[/u);
      }),
    );
  });
});

describe('a command', () => {
  const call = { options: '-sS', method: 'POST', url: `${BASE}/x`, headers: [] } as const;

  test.each([
    {
      description: 'an invalid method is quoted',
      changes: { method: "G'\n" },
      says: `curl -sS -X $'G\\x27\\n' '${BASE}/x'`,
    },
    {
      description: 'curl does not expand an address',
      changes: { url: `${BASE}/{a,b}` },
      says: `curl -sS -X POST --globoff '${BASE}/{a,b}'`,
    },
    {
      description: 'an empty header is sent',
      changes: { headers: [['x-a', ' ']] },
      says: `curl -sS -X POST '${BASE}/x' -H 'x-a;'`,
    },
    {
      description: 'a header is not read from a file',
      changes: { headers: [['@/etc/passwd', '']] },
      says: `curl -sS -X POST '${BASE}/x'`,
    },
    {
      description: 'a body is not read from a file',
      changes: { body: '@/etc/passwd' },
      says: `curl -sS -X POST '${BASE}/x' --data-raw '@/etc/passwd'`,
    },
    {
      description: 'a body with a NUL is read from a file',
      changes: { body: '{"a":"\0中"}' },
      says: `curl -sS -X POST '${BASE}/x' --data-binary @<(echo ${btoa('{"a":"\0\xe4\xb8\xad"}')} | base64 -d)`,
    },
  ] as const)('$description', ({ changes, says }) => {
    const { method, url, headers, body }: Parameters<typeof curlParts>[0] = { ...call, ...changes };
    expect(curlParts({ ...call, ...changes }).join(' ')).toBe(says);
    const wire = { method, path: url.slice(BASE.length), headers, body: Buffer.from(body ?? '') };
    expect(curlOf(BASE, wire)).toBe(says);
  });

  test('a URL as the path stays a path of the server', () => {
    const request = { method: 'GET', path: '@evil.test/', headers: {}, body: '' };
    expect(curlCommand(request, BASE)).toBe(`curl -sS -X GET '${BASE}/@evil.test/'`);
    expect(curlOf(BASE, { ...request, headers: [], body: Buffer.alloc(0) })).toBe(curlCommand(request, BASE));
  });

  test('has a binary body in Base64', () => {
    const wire = { method: 'POST', path: '/x', headers: [], body: Buffer.from([0xff]) };
    expect(curlOf(BASE, wire)).toBe(`curl -sS -X POST '${BASE}/x' --data-binary @<(echo /w== | base64 -d)`);
  });
});

describe('explain reads', () => {
  const sent = (text: string) => text.toWellFormed().replaceAll('\0', '\ufffd');
  const REQUEST = fc.record({
    method: fc.constantFrom('GET', 'POST', 'M-SEARCH', '-d', "O'K!"),
    path: TEXT.map((text) => `/${text.replace(/[?#]/g, '')}`),
    value: TEXT.map((text) => sent(text).trim()),
    // In a command, curl treats this as a file.
    body: TEXT.filter((text) => !(text.startsWith('@') && text.includes('\0'))),
  });

  test('a command of "Copy as curl"', () => {
    fc.assert(
      fc.property(REQUEST, ({ method, path, value, body }) => {
        const headers = { 'content-type': 'application/json', 'x-a': value };
        expect(readCapture(curlCommand({ method, path, headers, body }, BASE))).toEqual({
          method,
          path: sent(path),
          rawHeaders: ['content-type', 'application/json', 'x-a', value],
          body: body.toWellFormed(),
          clientIp: undefined,
          atMs: undefined,
        });
      }),
    );
  });

  test('a command of the contract kit', () => {
    fc.assert(
      fc.property(REQUEST, ({ method, path, value, body }) => {
        const headers = [
          ['x-a', value],
          ['content-type', 'text/plain'],
        ] as const;
        expect(readCapture(curlOf(BASE, { method, path, headers, body: Buffer.from(body) }))).toMatchObject({
          method,
          path: sent(path),
          rawHeaders: headers.flat(),
          body: body.toWellFormed(),
        });
      }),
    );
  });
});
