/** Commands for PowerShell: a quoted text stays one argument, and a JSON body stays the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { powerShellCommand } from '../../mock-server/text/powershell-command.js';
import { anyText } from '../support/any-text.js';

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
  expect(stringsIn(powerShellCommand({ url: URL, headers, body: '{}' }))).toContain('a\u2019; calc; \u2018');
});
