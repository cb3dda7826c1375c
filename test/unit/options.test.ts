/**
 * The help of the command, in both languages, and how the language is chosen. The store's password and the control token:
 * from a variable or a file, and from only one place.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FLAGS, NAMES, readCommand } from '../../mock-server/cli/command.js';
import { commandHelp } from '../../mock-server/cli/help.js';
import { languageOf, withSystemLocale } from '../../mock-server/options/language.js';
import { OPTION_ROWS } from '../../mock-server/options/option-rows.js';
import type { Options } from '../../mock-server/options/options.js';
import type { FlagRow } from '../../src/text/flags.js';
import { columns } from '../../src/text/printable.js';
import { UsageError } from '../../src/text/usage-error.js';
import { temporaryFile, temporaryFolder } from '../support/files.js';

test.each([
  { description: 'English by default', argv: [], env: {}, language: 'en' },
  { description: 'that of LANG', argv: [], env: { LANG: 'zh_CN.UTF-8' }, language: 'zh' },
  {
    description: 'that of LC_MESSAGES',
    argv: [],
    env: { LC_MESSAGES: 'zh_CN.UTF-8' },
    language: 'zh',
  },
  {
    description: 'that of LC_ALL before LANG',
    argv: [],
    env: { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' },
    language: 'en',
  },
  {
    description: 'that of LC_ALL before LC_MESSAGES',
    argv: [],
    env: { LC_ALL: 'C', LC_MESSAGES: 'zh_CN.UTF-8' },
    language: 'en',
  },
  {
    description: 'that of LC_MESSAGES before LANG',
    argv: [],
    env: { LC_ALL: '', LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'C.UTF-8' },
    language: 'zh',
  },
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

test.each([
  { description: 'variables without a locale', env: { LC_ALL: '', LANG: '' }, language: 'zh' },
  { description: 'no variable', env: {}, language: 'zh' },
  { description: 'a variable', env: { LANG: 'C.UTF-8' }, language: 'en' },
  { description: 'the mock’s own variable', env: { CMPASSPORT_LANG: 'en' }, language: 'en' },
])('on a Chinese system, $description selects $language', ({ env, language }) => {
  expect(
    languageOf(
      undefined,
      withSystemLocale(env, () => 'zh-CN'),
    ),
  ).toBe(language);
});

test('the locale of the system is that of Intl', () => {
  expect(withSystemLocale({})).toEqual({ LANG: Intl.DateTimeFormat().resolvedOptions().locale });
});

const chineseRefusal = (args: readonly string[]) => {
  try {
    readCommand(args, {});
  } catch (error) {
    if (error instanceof UsageError) return error.words.zh;
  }
  throw new Error(`${args.join(' ')} is accepted`);
};

test.each([
  { args: ['exec'], found: '实际没有写：' },
  { args: ['exec', 'mvn', '--', 'mvn'], found: '实际为 "mvn"：' },
  { args: ['init'], found: 'init 需要 java、go、php、pytest、node 之一，实际没有写' },
  { args: ['wait'], found: '实际没有写' },
  { args: ['wait', 'localhost'], found: '实际为 "localhost"' },
  {
    args: ['--tls-cert', 'x', '--tls-key', 'x'],
    found: '--tls-cert 要与 --https-port 或 --proxy-port 一起用：请加上其中一个，或去掉 --tls-cert',
  },
  {
    args: ['--control-host', '::'],
    found: '--control-host 要与 --control-port 一起用：请加上它，或去掉 --control-host',
  },
])('in Chinese, $args names what is missing or found', ({ args, found }) => {
  expect(chineseRefusal(args)).toContain(found);
});

test('an unknown language is refused', () => {
  expect(() => readCommand(['--help', '--lang', 'fr'], {})).toThrow(
    '--lang must be one of en, zh, found "fr"',
  );
});

test('both languages have the same flags, examples and numbers', () => {
  const [english, chinese] = (['en', 'zh'] as const).map((language) => {
    const lines = [undefined, ...NAMES].flatMap((name) => commandHelp(language, name).split('\n'));
    return lines.flatMap(
      (line) =>
        /^ {2}(--[a-z-]+(?:, -h)?(?: <\w+>)?|CMPASSPORT_\w+|cmpassport-mock .*?)(?: {2}|$)/.exec(
          line,
        )?.[1] ?? [],
    );
  });
  expect(english?.length).toBeGreaterThan(Object.keys(OPTION_ROWS).length);
  expect(chinese).toEqual(english);
});

const helpOf = (argv: readonly string[]) => {
  const command = readCommand(argv, { CMPASSPORT_LANG: 'en' });
  if (command.kind !== 'help') throw new Error('not the help');
  return commandHelp(command.language, command.command);
};

test.each([
  { command: 'serve', usage: '[serve] [flags]', words: 'serve starts the simulated carrier:' },
  { command: 'exec', usage: 'exec [flags] -- <command>', words: 'exec starts the carrier on a' },
  { command: 'wait', usage: 'wait [flags] <url>', words: 'wait returns when the carrier at an' },
  {
    command: 'init',
    usage: 'init java|go|php|pytest|node [flags]',
    words: 'init writes a first test and what it needs into your project',
  },
  {
    command: 'explain',
    usage: 'explain --app <file> [flags] [request]',
    words: 'explain reports why a captured request is refused',
  },
] as const)('the help of $command has its own words and the flags that it accepts', (row) => {
  const { command, usage, words } = row;
  const text = helpOf([command, '--help']);
  expect(text).toMatch(
    new RegExp(`^Usage: cmpassport-mock ${escaped(usage)}\n\n${escaped(words)}`),
  );
  const flags = [...text.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, flag]) => flag);
  const accepted = Object.values<FlagRow>(FLAGS[command]).flatMap((flag) =>
    'variableOnly' in flag ? [] : flag.flag,
  );
  expect(flags.toSorted()).toEqual([...new Set(accepted), 'help', 'version'].toSorted());
});

test.each(['en', 'zh'] as const)(
  'the help in %s fits a terminal and names each command',
  (lang) => {
    const lines = commandHelp(lang).split('\n');
    expect(lines.length).toBeLessThanOrEqual(24);
    for (const line of lines) expect(columns(line), line).toBeLessThanOrEqual(80);
    for (const name of NAMES) expect(lines).toContainEqual(expect.stringMatching(`^  ${name} {2}`));
    expect(commandHelp(lang)).toContain('help serve');
  },
);

function escaped(text: string): string {
  return text.replaceAll(/[[\]|]/g, '\\$&');
}

test.each([
  { found: 'exe', proposal: 'did you mean exec?' },
  { found: 'explian', proposal: 'did you mean explain?' },
  { found: 'start', proposal: 'did you mean serve?' },
  { found: 'run', proposal: 'did you mean serve or exec?' },
])('the command $found gets a proposal', ({ found, proposal }) => {
  expect(() => readCommand([found], {})).toThrow(
    `unknown command "${found}", ${proposal} (see --help)`,
  );
});

test('a command that is like none gets the list', () => {
  expect(chineseRefusal(['stop'])).toBe(
    '未知命令 "stop"：可用的有 serve、exec、wait、explain、init、contract、help（见 --help）',
  );
});

test('the last value of a repeated flag counts', () => {
  expect(readCommand(['--port', '1', '--port', '2'], {})).toMatchObject({ options: { port: 2 } });
});

test('no control token is quoted', () => {
  expect(() => readCommand(['--control-token', 'not a token'], {})).toThrow(
    /^--control-token must consist of [^"]*$/,
  );
});

test('serve --json is --log-format json', () => {
  expect(readCommand(['--json'], {})).toMatchObject({ options: { logFormat: 'json' } });
  expect(readCommand(['serve'], {})).toMatchObject({ options: { logFormat: 'text' } });
});

test('exec has a free port and a quiet log, its own flags, and the command with its flags', () => {
  const command = readCommand(
    ['exec', '--proxy', '--json', 'x.json', '--', 'mvn', '--port', '1', '--', '-q'],
    {
      CMPASSPORT_LANG: 'zh',
    },
  );
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

test('exec --hosts serves HTTPS on port 443', () => {
  const read = (...flags: readonly string[]) =>
    readCommand(['exec', ...flags, '--hosts', '--', 'mvn'], {});
  expect(read()).toMatchObject({ options: { server: { httpsPort: 443, host: '127.0.0.1' } } });
  expect(() => read('--https-port', '10443')).toThrow(
    '--hosts requires --https-port 443, found 10443: omit --https-port',
  );
});

const STORE = 'redis://redis:6379';
const VARIABLE = 'CMPASSPORT_STORE_PASSWORD';

function optionsOf(args: readonly string[], env: Readonly<Record<string, string>> = {}): Options {
  const command = readCommand(args, env);
  if (command.kind !== 'serve') throw new Error('not the command serve');
  return command.options;
}

function problemOf(args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  try {
    optionsOf(args, env);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('the options were accepted');
}

function fileWith(content: string): string {
  const file = join(temporaryFolder(), 'password');
  writeFileSync(file, content);
  return file;
}

describe('the password', () => {
  test('is undefined by default', () => {
    expect(optionsOf(['--store', STORE]).storePassword).toBe(undefined);
    expect(optionsOf(['--store', STORE], { [VARIABLE]: '' }).storePassword).toBe(undefined);
    expect(optionsOf([]).storePassword).toBe(undefined);
  });

  test('comes from its variable unchanged', () => {
    expect(optionsOf(['--store', STORE], { [VARIABLE]: ' a#/%@b ' }).storePassword).toBe(
      ' a#/%@b ',
    );
    expect(
      optionsOf([], { CMPASSPORT_STORE: STORE, [VARIABLE]: 'open sesame' }).storePassword,
    ).toBe('open sesame');
  });

  test('can be combined with a user in the address', () => {
    expect(optionsOf(['--store', 'redis://me@redis'], { [VARIABLE]: 'sesame' }).storePassword).toBe(
      'sesame',
    );
  });

  test.each([
    { description: 'unchanged', content: 'open sesame', password: 'open sesame' },
    { description: 'without a line break at its end', content: 'sesame\n', password: 'sesame' },
    {
      description: 'without a Windows line break at its end',
      content: 'sesame\r\n',
      password: 'sesame',
    },
    { description: 'with all other line breaks', content: '\nsesame\n\n', password: '\nsesame\n' },
    { description: 'in UTF-8', content: '芝麻开门\n', password: '芝麻开门' },
  ])('comes from its file, $description', ({ content, password }) => {
    const file = fileWith(content);
    expect(optionsOf(['--store', STORE, '--store-password-file', file]).storePassword).toBe(
      password,
    );
    const env = { CMPASSPORT_STORE: STORE, CMPASSPORT_STORE_PASSWORD_FILE: file };
    expect(optionsOf([], env).storePassword).toBe(password);
  });
});

describe('a file without a password', () => {
  test.each([
    { description: 'no content', content: '', message: 'is empty: write the password into it' },
    { description: 'only a line break', content: '\n', message: 'is empty' },
  ])('has $description', ({ content, message }) => {
    const file = fileWith(content);
    const problem = problemOf(['--store', STORE, '--store-password-file', file]);
    expect(problem).toContain(`--store-password-file ${file}: ${message}`);
  });

  test('is missing or a folder', () => {
    const folder = join(temporaryFolder(), 'folder');
    mkdirSync(folder);
    const problem = (file: string) => problemOf(['--store', STORE, '--store-password-file', file]);
    expect(problem(join(folder, 'none'))).toMatch(
      /none: the file does not exist: correct the path$/,
    );
    expect(problem(folder)).toMatch(/folder: is a folder, not a file: use a file$/);
  });
});

describe('a mistake', () => {
  const file = () => temporaryFile('password', 'sesame');

  test('is a password in two places, and the error names both', () => {
    const both = problemOf(['--store', STORE, '--store-password-file', file()], {
      [VARIABLE]: 'sesame',
    });
    expect(both).toMatch(/^CMPASSPORT_STORE_PASSWORD and --store-password-file are both set/);
    const inAddress = ['--store', 'redis://:sesame@redis'];
    const variable = problemOf(inAddress, { [VARIABLE]: 'other' });
    expect(variable).toMatch(
      /^CMPASSPORT_STORE_PASSWORD is set, and the address in --store contains a password too/,
    );
    const named = problemOf([...inAddress, '--store-password-file', file()]);
    expect(named).toMatch(
      /^--store-password-file is set, and the address in --store contains a password too/,
    );
    for (const problem of [both, variable, named]) expect(problem).not.toMatch(/sesame|other/);
  });

  test.each([{ args: [] }, { args: ['--store', 'memory'] }])(
    'is a password without a Redis: $args',
    ({ args }) => {
      expect(problemOf(args, { [VARIABLE]: 'sesame' })).toMatch(
        /^CMPASSPORT_STORE_PASSWORD is set, but --store is not the address of a Redis: set --store/,
      );
      expect(problemOf([...args, '--store-password-file', file()])).toMatch(
        /^--store-password-file is set, but --store is not the address of a Redis/,
      );
    },
  );

  test.each(['--store-password=sesame', '--store-password'])('is %s as an argument', (argument) => {
    const problem = problemOf(['--store', STORE, argument, 'sesame']);
    expect(problem).toContain(
      '--store-password is not a flag, because other users of the machine can see arguments',
    );
    expect(problem).toContain(VARIABLE);
    expect(problem).not.toContain('sesame');
  });

  test('is an empty file name', () => {
    expect(problemOf(['--store', STORE, '--store-password-file='])).toContain(
      '--store-password-file needs a value',
    );
  });
});

describe('the control token', () => {
  test('comes from its file', () => {
    expect(optionsOf(['--control-token-file', fileWith('s3cret\n')]).controlToken).toBe('s3cret');
  });

  test.each([
    { description: 'an empty file', content: '\n', problem: 'is empty: write the token into it' },
    {
      description: 'a space',
      content: 'two words',
      problem: 'must consist of letters, digits and . _ ~ + / = -',
    },
  ])('with $description is refused', ({ content, problem }) => {
    const file = fileWith(content);
    expect(problemOf(['--control-token-file', file])).toBe(
      `--control-token-file ${file}: ${problem}`,
    );
  });
});
