/** Colouring of commands and JSON, and wrapping of commands, which stay the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonTokens, shellTokens, wrapArguments } from '../../../mock-server/console/parts/code-tokens.js';
import { curlParts, quoted } from '../../../src/text/curl-command.js';
import { anyText } from '../../support/any-text.js';
import { HOSTILE_WORDS } from '../../support/hostile-words.js';

const CURL =
  "curl -sS -X POST 'http://127.0.0.1/x' -H 'Content-Type: application/json' --data-raw '{\"a\":\"b -H c\"}'";

test('only headers and the body start a new line', () => {
  expect(wrapArguments(CURL).split('\n')).toEqual([
    "curl -sS -X POST 'http://127.0.0.1/x' \\",
    "  -H 'Content-Type: application/json' \\",
    '  --data-raw \'{"a":"b -H c"}\'',
  ]);
});

test('a wrapped command is unchanged', () => {
  expect(wrapArguments(wrapArguments(CURL))).toBe(wrapArguments(CURL));
});

test('command, options and strings are different kinds', () => {
  const kinds = shellTokens(CURL).filter(({ kind }) => kind !== 'plain');
  expect(kinds.slice(0, 4)).toEqual([
    { kind: 'command', text: 'curl' },
    { kind: 'option', text: '-sS' },
    { kind: 'option', text: '-X' },
    { kind: 'string', text: "'http://127.0.0.1/x'" },
  ]);
});

test('JSON is indented, and its names, strings and literals are different kinds', () => {
  const tokens = jsonTokens('{"a: b":"c\\"d","e":[-1.5,true]}');
  expect(tokens.filter(({ kind }) => kind !== 'plain')).toEqual([
    { kind: 'name', text: '"a: b"' },
    { kind: 'string', text: '"c\\"d"' },
    { kind: 'name', text: '"e"' },
    { kind: 'literal', text: '-1.5' },
    { kind: 'literal', text: 'true' },
  ]);
  expect(jsonTokens('{"a":')).toEqual([{ kind: 'plain', text: '{"a":' }]);
});

const WORD = fc.oneof(
  fc.constantFrom(...HOSTILE_WORDS.map(({ text }) => text), "it's -H x", "' --data-raw '", "\\' -H '"),
  anyText({ maxLength: 20 }),
);

test('for any words, only line breaks between arguments are added', () => {
  fc.assert(
    fc.property(WORD, WORD, WORD, (url, header, body) => {
      const parts = curlParts({ options: '-s', method: 'POST', url, headers: [['X', header]], body });
      const inOneLine = parts.join(' ');
      expect(shellTokens(inOneLine).reduce((text, token) => text + token.text, '')).toBe(inOneLine);
      expect(wrapArguments(inOneLine)).toBe(parts.join(' \\\n  '));
    }),
  );
});

test('quoting hides an option from the wrapping', () => {
  const word = quoted("it's -H x");
  expect(wrapArguments(`curl ${word}`)).toBe(`curl ${word}`);
});
