/** Characters that control a terminal are escaped: in both formats of the log. */
import { describe, expect, test } from 'vitest';
import { jsonLines } from '../../mock-server/telemetry/json-log.js';
import { createLog, type LogLine, textLine } from '../../mock-server/telemetry/log.js';
import { printable, printableLines, printableStack } from '../../src/text/printable.js';

const HARMFUL = [
  { description: 'an escape', text: 'a\u001b[2J', shown: 'a\\u001b[2J' },
  { description: 'the C1 control that begins a sequence', text: '\u009b31m', shown: '\\u009b31m' },
  { description: 'a bell', text: '\u0007', shown: '\\u0007' },
  { description: 'DEL', text: '\u007f', shown: '\\u007f' },
  { description: 'a line break', text: 'a\r\nerror forged', shown: 'a\\r\\nerror forged' },
  { description: 'a Unicode line break', text: 'a\u2028b\u2029c\u0085', shown: 'a\\u2028b\\u2029c\\u0085' },
  { description: 'a change of the writing direction', text: 'a\u202eb', shown: 'a\\u202eb' },
  { description: 'an isolated writing direction', text: '\u2066a\u2069', shown: '\\u2066a\\u2069' },
  { description: 'a zero-width space', text: 'a\u200bb', shown: 'a\\u200bb' },
  { description: 'a tag beyond the first plane', text: 'a\u{e0041}', shown: 'a\\udb40\\udc41' },
  { description: 'a high surrogate alone', text: 'a\ud83d', shown: 'a\\ud83d' },
  { description: 'a low surrogate alone', text: '\ude00a', shown: '\\ude00a' },
];

test.each(HARMFUL)('$description is escaped', ({ text, shown }) => {
  expect(printable(text)).toBe(shown);
  expect(printable(shown)).toBe(shown);
});

test.each(['loginTokenValidate 103101', 'sign校验失败', 'a “b” – c', '\\n "x"', '😀'])('%s is unchanged', (text) => {
  expect(printable(text)).toBe(text);
});

test('the lines of a text are kept', () => {
  expect(printableLines('{\n  "a": "\u202e"\n}')).toBe('{\n  "a": "\\u202e"\n}');
});

test('a stack has one line for its message and one for each frame', () => {
  expect(printableStack('Error: a\nerror forged\u001b\n    at f (file:///a\u202e.js:1:2)\n    at g')).toBe(
    'Error: a\\nerror forged\\u001b\n    at f (file:///a\\u202e.js:1:2)\n    at g',
  );
});

function lineOf(text: string): LogLine {
  const lines: LogLine[] = [];
  const log = createLog({ level: 'error', secrets: true, language: 'en' }, (line) => void lines.push(line));
  log.error({ en: text, zh: '' }, { fields: { appId: text }, secrets: () => ({ token: text }) });
  const [line] = lines;
  if (line === undefined) throw new Error('nothing was logged');
  return line;
}

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe.each(HARMFUL)('a log line with $description', ({ text, shown }) => {
  test('is one harmless line as text', () => {
    const line = textLine(lineOf(text));
    expect(line.split(' error ')[1]).toBe(`${shown} ${printable(JSON.stringify({ token: text }))}\n`);
    expect(line.slice(0, -1)).not.toMatch(UNPRINTABLE);
  });

  test('is one harmless line as JSON, with the original text', () => {
    const line = jsonLines()(lineOf(text));
    expect(line.slice(0, -1)).not.toMatch(UNPRINTABLE);
    expect(line.endsWith('\n')).toBe(true);
    expect(JSON.parse(line)).toMatchObject({ level: 'error', msg: text, appId: text, token: text });
  });
});
