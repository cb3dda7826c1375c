/** Commands for PowerShell: quoted text stays one argument, and a JSON body stays the same JSON. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { powerShellCommand } from '../../mock-server/text/powershell-command.js';

const URL = 'http://127.0.0.1:10086/x';

/** The single-quoted strings of a command, by the language's rules: any of five quotes ends one, and two are a quote. */
function stringsIn(command: string): readonly string[] {
  const quote = "['\u2018\u2019\u201a\u201b]";
  const literal = new RegExp(`${quote}((?:${quote}{2}|[^'\u2018-\u201b])*)${quote}`, 'gu');
  return Array.from(command.matchAll(literal), ([, text = '']) =>
    text.replace(new RegExp(`(${quote})${quote}`, 'gu'), '$1'),
  );
}

test('a POST of JSON', () => {
  expect(powerShellCommand({ url: URL, headers: [], body: '{"a":"b"}' })).toBe(
    `Invoke-RestMethod -Method Post -Uri '${URL}' -ContentType 'application/json' -Body '{"a":"b"}'`,
  );
});

test('headers are a table', () => {
  const headers = [
    ['Authorization', 'Bearer x'],
    ['X-Mock', "it's"],
  ] as const;
  expect(powerShellCommand({ url: URL, headers, body: '{}' })).toContain(
    `-Headers @{ 'Authorization' = 'Bearer x'; 'X-Mock' = 'it''s' } `,
  );
});

test('any text in the body arrives unchanged; the command is ASCII and one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const command = powerShellCommand({ url: URL, headers: [], body: JSON.stringify({ text }) });
      expect(command).toMatch(/^[ -~]*$/);
      const [, , body = ''] = stringsIn(command);
      expect(JSON.parse(body)).toEqual({ text });
    }),
  );
});

test('a typographic quote does not end a string', () => {
  const headers = [['X', 'a\u2019; calc; \u2018']] as const;
  expect(stringsIn(powerShellCommand({ url: URL, headers, body: '{}' }))).toContain('a\u2019; calc; \u2018');
});
