/** The help of the command, in both languages, and how the language is chosen. */
import { expect, test } from 'vitest';
import { helpText, readCommand } from '../../mock-server/cli/command.js';
import { OPTION_ROWS } from '../../mock-server/options/option-rows.js';

test.each([
  { description: 'English by default', argv: [], env: {}, language: 'en' },
  { description: 'that of LANG', argv: [], env: { LANG: 'zh_CN.UTF-8' }, language: 'zh' },
  { description: 'that of LC_ALL before LANG', argv: [], env: { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, language: 'en' },
  {
    description: 'that of the variable before the locale',
    argv: [],
    env: { CMPASSPORT_LANG: 'zh', LC_ALL: 'C' },
    language: 'zh',
  },
  {
    description: 'that of --lang before the variable',
    argv: ['--lang', 'en'],
    env: { CMPASSPORT_LANG: 'zh' },
    language: 'en',
  },
])('the language of the help is $description', ({ argv, env, language }) => {
  expect(readCommand(['--help', ...argv], env)).toEqual({ kind: 'help', language });
});

test('an unknown language is refused', () => {
  expect(() => readCommand(['--help', '--lang', 'fr'], {})).toThrow('--lang must be one of en, zh, found "fr"');
});

test('both languages have the same flags, examples and numbers', () => {
  const [english, chinese] = (['en', 'zh'] as const).map((language) => {
    const lines = helpText(language).split('\n');
    return lines.flatMap(
      (line) =>
        /^ {2}(--[a-z-]+(?:, -h)?(?: <\w+>)?|CMPASSPORT_\w+|cmpassport-mock .*?)(?: {2}|$)/.exec(line)?.[1] ?? [],
    );
  });
  expect(english?.length).toBeGreaterThan(Object.keys(OPTION_ROWS).length);
  expect(chinese).toEqual(english);
});

test('the last value of a repeated flag counts', () => {
  expect(readCommand(['--port', '1', '--port', '2'], {})).toMatchObject({ options: { port: 2 } });
});

test('no control token is quoted', () => {
  expect(() => readCommand(['--control-token', 'not a token'], {})).toThrow(/^--control-token must consist of [^"]*$/);
});

test('serve --json is --log-format json', () => {
  expect(readCommand(['--json'], {})).toMatchObject({ options: { logFormat: 'json' } });
  expect(readCommand(['serve'], {})).toMatchObject({ options: { logFormat: 'text' } });
});

test('exec has a free port and a quiet log, its own flags, and the command with its flags', () => {
  const command = readCommand(['exec', '--proxy', '--json', 'x.json', '--', 'mvn', '--port', '1', '--', '-q'], {
    CMPASSPORT_LANG: 'zh',
  });
  expect(command).toMatchObject({
    kind: 'exec',
    options: {
      command: ['mvn', '--port', '1', '--', '-q'],
      server: { port: 0, proxyPort: 0, httpsPort: 0, log: 'error', lang: 'zh' },
      json: 'x.json',
      allowNoRequest: false,
    },
  });
});
