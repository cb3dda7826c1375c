/**
 * Requests as curl commands, of the server and of the contract kit, and how `explain` reads them. Commands for PowerShell:
 * a quoted text stays one argument, and a JSON body stays the same.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { curlOf } from '../../contracts/kit/wire.js';
import { readCapture } from '../../mock-server/cli/explain/capture/read-capture.js';
import { curlCommand } from '../../mock-server/console/state/carrier.js';
import { powerShellCommand } from '../../mock-server/text/powershell-command.js';
import { curlParts, quoted } from '../../src/text/curl-command.js';
import { anyText, HOSTILE_WORDS } from '../support/any-text.js';

const BASE = 'http://127.0.0.1:10086';

/** Any text, often with characters that are special in a shell. */
const TEXT = fc.oneof(
  anyText(),
  fc
    .array(fc.constantFrom(...HOSTILE_WORDS.map(({ text }) => text)), { maxLength: 5 })
    .map((texts) => texts.join('')),
  fc
    .array(fc.constantFrom(...`'"\\!\n\u001b\u0000\ud83d中41x^@#[`.split('')), { maxLength: 20 })
    .map((c) => c.join('')),
);

describe('a quoted word', () => {
  test.each([
    {
      description: 'JSON is unchanged',
      text: '{"a":"中📱 \\" $x `id`"}',
      word: `'{"a":"中📱 \\" $x \`id\`"}'`,
    },
    { description: 'a quote is escaped for a POSIX shell', text: "it's", word: `'it'\\''s'` },
    { description: 'white space is escaped by letters', text: 'a\n\r\tb', word: `$'a\\n\\r\\tb'` },
    { description: 'an exclamation mark is escaped as a byte', text: '是!', word: `$'是\\x21'` },
    {
      description: 'quotes and backslashes next to it are escaped too',
      text: `!'\\`,
      word: `$'\\x21\\x27\\\\'`,
    },
    {
      description: 'invisible characters are escaped as their bytes',
      text: '\u202e\u009b\u2028',
      word: `$'\\xe2\\x80\\xae\\xc2\\x9b\\xe2\\x80\\xa8'`,
    },
    {
      description: 'half a surrogate pair and a NUL become U+FFFD',
      text: '\ud83d\u0000',
      word: `$'\\xef\\xbf\\xbd\\xef\\xbf\\xbd'`,
    },
    { description: 'a workflow command is escaped', text: '##[error]', word: `$'#\\x23[error]'` },
    { description: 'a heading is unchanged', text: '## a [b]', word: `'## a [b]'` },
  ])('$description', ({ text, word }) => {
    expect(quoted(text)).toBe(word);
  });

  test('has no characters that control a terminal', () => {
    fc.assert(
      fc.property(TEXT, (text) => {
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
      command: `curl -sS -X $'G\\x27\\n' '${BASE}/x'`,
    },
    {
      description: 'braces in an address are not expanded',
      changes: { url: `${BASE}/{a,b}` },
      command: `curl -sS -X POST --globoff '${BASE}/{a,b}'`,
    },
    {
      description: 'an empty header is sent',
      changes: { headers: [['x-a', ' ']] },
      command: `curl -sS -X POST '${BASE}/x' -H 'x-a;'`,
    },
    {
      description: 'a header that names a file is omitted',
      changes: { headers: [['@/etc/passwd', '']] },
      command: `curl -sS -X POST '${BASE}/x'`,
    },
    {
      description: 'a body that starts with @ is sent as text',
      changes: { body: '@/etc/passwd' },
      command: `curl -sS -X POST '${BASE}/x' --data-raw '@/etc/passwd'`,
    },
    {
      description: 'a body with a NUL is sent as Base64',
      changes: { body: '{"a":"\0中"}' },
      command: `curl -sS -X POST '${BASE}/x' --data-binary @<(echo ${btoa('{"a":"\0\xe4\xb8\xad"}')} | base64 -d)`,
    },
  ] as const)('$description', ({ changes, command }) => {
    const { method, url, headers, body }: Parameters<typeof curlParts>[0] = { ...call, ...changes };
    expect(curlParts({ ...call, ...changes }).join(' ')).toBe(command);
    const wire = { method, path: url.slice(BASE.length), headers, body: Buffer.from(body ?? '') };
    expect(curlOf(BASE, wire)).toBe(command);
  });

  test('a path that looks like an address stays on the server', () => {
    const request = { method: 'GET', path: '@evil.test/', headers: {}, body: '' };
    expect(curlCommand(request, BASE)).toBe(`curl -sS -X GET '${BASE}/@evil.test/'`);
    expect(curlOf(BASE, { ...request, headers: [], body: Buffer.alloc(0) })).toBe(
      curlCommand(request, BASE),
    );
  });

  test('has a binary body in Base64', () => {
    const wire = { method: 'POST', path: '/x', headers: [], body: Buffer.from([0xff]) };
    expect(curlOf(BASE, wire)).toBe(
      `curl -sS -X POST '${BASE}/x' --data-binary @<(echo /w== | base64 -d)`,
    );
  });
});

describe('explain reads', () => {
  const sent = (text: string) => text.toWellFormed().replaceAll('\0', '\ufffd');
  const REQUEST = fc.record({
    method: fc.constantFrom('GET', 'POST', 'M-SEARCH', '-d', "O'K!"),
    path: TEXT.map((text) => `/${text.replace(/[?#]/g, '')}`),
    value: TEXT.map((text) => sent(text).trim()),
    // Excludes the bodies that a reader of the command takes for the name of a file.
    body: TEXT.filter((text) => !(text.startsWith('@') && text.includes('\0'))),
  });

  test('the command that "Copy as curl" copies', () => {
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

  test('the command that the contract kit prints', () => {
    fc.assert(
      fc.property(REQUEST, ({ method, path, value, body }) => {
        const headers = [
          ['x-a', value],
          ['content-type', 'text/plain'],
        ] as const;
        expect(
          readCapture(curlOf(BASE, { method, path, headers, body: Buffer.from(body) })),
        ).toMatchObject({
          method,
          path: sent(path),
          rawHeaders: headers.flat(),
          body: body.toWellFormed(),
        });
      }),
    );
  });
});

const URL = 'http://127.0.0.1:10086/x';

/** The single-quoted strings of a command. In PowerShell, any of five quotes ends a string, and two of them are one quote. */
function stringsIn(command: string): readonly string[] {
  const quote = "['\u2018\u2019\u201a\u201b]";
  const literal = new RegExp(`${quote}((?:${quote}{2}|[^'\u2018-\u201b])*)${quote}`, 'gu');
  return Array.from(command.matchAll(literal), ([, text = '']) =>
    text.replace(new RegExp(`(${quote})${quote}`, 'gu'), '$1'),
  );
}

test('a POST of JSON is one Invoke-RestMethod', () => {
  expect(powerShellCommand({ url: URL, headers: [], body: '{"a":"b"}' })).toBe(
    `Invoke-RestMethod -Method Post -Uri '${URL}' -ContentType 'application/json' -Body '{"a":"b"}'`,
  );
});

test('headers are a hash table', () => {
  const headers = [
    ['Authorization', 'Bearer x'],
    ['X-Mock', "it's"],
  ] as const;
  expect(powerShellCommand({ url: URL, headers, body: '{}' })).toContain(
    `-Headers @{ 'Authorization' = 'Bearer x'; 'X-Mock' = 'it''s' } `,
  );
});

test('any text in the body arrives unchanged, in one line of ASCII', () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      const command = powerShellCommand({ url: URL, headers: [], body: JSON.stringify({ text }) });
      expect(command).toMatch(/^[ -~]*$/);
      const [, , body = ''] = stringsIn(command);
      expect(JSON.parse(body)).toEqual({ text });
    }),
  );
});

test('a typographic quote does not end a string', () => {
  const headers = [['X', 'a\u2019; calc; \u2018']] as const;
  expect(stringsIn(powerShellCommand({ url: URL, headers, body: '{}' }))).toContain(
    'a\u2019; calc; \u2018',
  );
});
