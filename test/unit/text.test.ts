/**
 * Durations as text. Characters that control a terminal are escaped: in both formats of the log. Errors of every realm are
 * read: in Jest, the errors of Node's own modules come from another realm. Mistakes in JSON, in files and at addresses, in
 * both languages.
 */

import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { jsonLines } from '../../mock-server/telemetry/json-log.js';
import { createLog, type LogLine, textLine } from '../../mock-server/telemetry/log.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import { connectionWords } from '../../src/text/connection-words.js';
import { DURATION_PATTERN, formatDuration, parseDuration } from '../../src/text/duration.js';
import { codeOf, hasCode, messageOf } from '../../src/text/error-message.js';
import { printable, printableLines, printableStack } from '../../src/text/printable.js';
import { fileError, readJson, UsageError } from '../../src/text/usage-error.js';

const ROWS = [
  { text: '250ms', expected: 250 },
  { text: '0ms', expected: 0 },
  { text: '90s', expected: 90_000 },
  { text: '2m', expected: 120_000 },
  { text: '1.5h', expected: 5_400_000 },
  { text: '1d', expected: 86_400_000 },
  { text: '0.001s', expected: 1 },
  { text: '0.4ms', expected: 0 },
  { text: '0.5ms', expected: 1 },
  { text: '1.999s', expected: 1999 },
  { text: '007s', expected: 7000 },
  { text: '999999999d', expected: 999_999_999 * 86_400_000 },
  { text: '1000000000d', expected: undefined },
  { text: '1.2345s', expected: undefined },
  { text: '1.s', expected: undefined },
  { text: '.5s', expected: undefined },
  { text: '1', expected: undefined },
  { text: 's', expected: undefined },
  { text: '1 s', expected: undefined },
  { text: ' 1s', expected: undefined },
  { text: '1s ', expected: undefined },
  { text: '1s\n', expected: undefined },
  { text: '-1s', expected: undefined },
  { text: '+1s', expected: undefined },
  { text: '1S', expected: undefined },
  { text: '1w', expected: undefined },
  { text: '1sec', expected: undefined },
  { text: '1m30s', expected: undefined },
  { text: '1e3s', expected: undefined },
  { text: '1,5s', expected: undefined },
  { text: '1constructor', expected: undefined },
  { text: '', expected: undefined },
];

describe.each(ROWS)('"$text"', ({ text, expected }) => {
  test(`is ${expected} milliseconds`, () => {
    expect(parseDuration(text)).toBe(expected);
  });

  test('matches the pattern of the schemas only if it is valid', () => {
    expect(new RegExp(DURATION_PATTERN).test(text)).toBe(expected !== undefined);
  });
});

test.each([
  { ms: 0, expected: '0ms' },
  { ms: 1, expected: '1ms' },
  { ms: 1500, expected: '1500ms' },
  { ms: 1000, expected: '1s' },
  { ms: 90_000, expected: '90s' },
  { ms: 60_000, expected: '1m' },
  { ms: 5_400_000, expected: '90m' },
  { ms: 3_600_000, expected: '1h' },
  { ms: 172_800_000, expected: '2d' },
])('$ms milliseconds are written $expected', ({ ms, expected }) => {
  expect(formatDuration(ms)).toBe(expected);
});

const HARMFUL = [
  { description: 'an escape', text: 'a\u001b[2J', shown: 'a\\u001b[2J' },
  { description: 'the C1 control that begins a sequence', text: '\u009b31m', shown: '\\u009b31m' },
  { description: 'a bell', text: '\u0007', shown: '\\u0007' },
  { description: 'DEL', text: '\u007f', shown: '\\u007f' },
  { description: 'a line break', text: 'a\r\nerror forged', shown: 'a\\r\\nerror forged' },
  {
    description: 'a Unicode line break',
    text: 'a\u2028b\u2029c\u0085',
    shown: 'a\\u2028b\\u2029c\\u0085',
  },
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

test.each(['loginTokenValidate 103101', 'sign校验失败', 'a “b” – c', '\\n "x"', '😀'])(
  '%s is unchanged',
  (text) => {
    expect(printable(text)).toBe(text);
  },
);

test('the lines of a text are kept', () => {
  expect(printableLines('{\n  "a": "\u202e"\n}')).toBe('{\n  "a": "\\u202e"\n}');
});

test('a stack has one line for its message and one for each frame', () => {
  expect(
    printableStack('Error: a\nerror forged\u001b\n    at f (file:///a\u202e.js:1:2)\n    at g'),
  ).toBe('Error: a\\nerror forged\\u001b\n    at f (file:///a\\u202e.js:1:2)\n    at g');
});

function lineOf(text: string): LogLine {
  const lines: LogLine[] = [];
  const log = createLog(
    { level: 'error', secrets: true, language: 'en' },
    (line) => void lines.push(line),
  );
  log.error({ en: text, zh: '' }, { fields: { appId: text }, secrets: () => ({ token: text }) });
  const [line] = lines;
  if (line === undefined) throw new Error('nothing was logged');
  return line;
}

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe.each(HARMFUL)('a log line with $description', ({ text, shown }) => {
  test('is one harmless line as text', () => {
    const line = textLine(lineOf(text));
    expect(line.split(' error ')[1]).toBe(
      `${shown} ${printable(JSON.stringify({ token: text }))}\n`,
    );
    expect(line.slice(0, -1)).not.toMatch(UNPRINTABLE);
  });

  test('is one harmless line as JSON, with the original text', () => {
    const line = jsonLines()(lineOf(text));
    expect(line.slice(0, -1)).not.toMatch(UNPRINTABLE);
    expect(line.endsWith('\n')).toBe(true);
    expect(JSON.parse(line)).toMatchObject({ level: 'error', msg: text, appId: text, token: text });
  });
});

const REALMS = [
  { realm: 'this realm', newError: () => Object.assign(new Error('gone'), { code: 'ENOENT' }) },
  {
    realm: 'another realm',
    newError: () => runInNewContext("Object.assign(new Error('gone'), { code: 'ENOENT' })"),
  },
];

describe.each(REALMS)('an error of $realm', ({ newError }) => {
  test('has its message', () => {
    expect(messageOf(newError())).toBe('gone');
  });

  test('has its code and no other code', () => {
    expect(hasCode(newError(), 'ENOENT')).toBe(true);
    expect(hasCode(newError(), 'EEXIST')).toBe(false);
  });
});

test.each([{ thrown: 'a text' }, { thrown: undefined }, { thrown: null }])(
  '$thrown is no error',
  ({ thrown }) => {
    expect(messageOf(thrown)).toBe(String(thrown));
    expect(hasCode(thrown, 'ENOENT')).toBe(false);
  },
);

test.each([
  {
    text: '{"apps": }',
    en: 'is not JSON (line 1, column 10: expected a value, found “}”): correct it',
    zh: '不是合法的 JSON（第 1 行第 10 列应为一个值，实际为“}”），请改正',
  },
  {
    text: '{\n',
    en: 'is not JSON (line 2, column 1: expected a double quote or }, found the end): correct it',
    zh: '不是合法的 JSON（第 2 行第 1 列应为双引号或 }，实际已到结尾），请改正',
  },
  {
    text: '[1] 2',
    en: 'is not JSON (line 1, column 5: expected the end of the text, found “2”): correct it',
    zh: '不是合法的 JSON（第 1 行第 5 列应为结尾，实际为“2”），请改正',
  },
  {
    text: '[\u001b]',
    en: 'is not JSON (line 1, column 2: expected a value or ], found “\\u001b”): correct it',
    zh: '不是合法的 JSON（第 1 行第 2 列应为一个值或 ]，实际为“\\u001b”），请改正',
  },
])('the mistake in the JSON $text has its place, in both languages', ({ text, en, zh }) => {
  expect(wordsThrownBy(() => readJson(text))).toEqual({ en, zh });
});

test('a folder instead of a file is named in both languages', () => {
  const error = wordsThrownBy(() => {
    throw fileError(
      { en: 'configuration .', zh: '配置文件 .' },
      Object.assign(new Error('x'), { code: 'EISDIR' }),
    );
  });
  expect(error).toEqual({
    en: 'configuration .: is a folder, not a file: use a file',
    zh: '配置文件 .：这是目录，请指定文件',
  });
});

test.each([
  { reason: 'ECONNREFUSED', zh: '连接被拒绝，ECONNREFUSED' },
  { reason: 'connect ECONNREFUSED 127.0.0.1:6379', zh: '连接被拒绝，ECONNREFUSED' },
  { reason: 'bad port', zh: 'fetch 不允许访问这个端口，bad port' },
  { reason: 'HTTP 404', zh: 'HTTP 404' },
])('in Chinese, $reason is $zh', ({ reason, zh }) => {
  expect(connectionWords(reason)).toEqual({ en: reason, zh });
});

function wordsThrownBy(act: () => unknown): Bilingual | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof UsageError) return error.words;
    throw error;
  }
  return undefined;
}
test('the number that a DOMException has is no code', () => {
  expect(codeOf(new DOMException('late', 'TimeoutError'))).toBeUndefined();
});
