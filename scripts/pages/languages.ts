/** The languages of `init`: their commands and what their tests call; and the line of a framework that reads the address. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TEMPLATES, type Template } from '../../mock-server/cli/init/templates.js';
import { type Bilingual, type Language, LIST_COMMA } from '../../src/text/bilingual.js';
import { code, table } from './markdown.js';

interface LanguageWords {
  readonly name: string;
  /** For a test of its own package. */
  readonly flags?: string;
  /** What a test writes to get an app. The files of the template have it. */
  readonly app: string;
  /** The same with RSA keys, and the name of one. */
  readonly withKeys: string;
  readonly key: string;
}

/** By the name of the template. */
const LANGUAGES: Readonly<Record<string, LanguageWords>> = {
  java: {
    name: 'Java 8, JUnit 5',
    flags: '--package com.shop.login',
    app: 'CarrierMock.App app',
    withKeys: '@Settings("{\\"generateKeys\\":true}") CarrierMock.App app',
    key: 'app.appSignPrivateKey',
  },
  go: {
    name: 'Go 1.21',
    app: 'NewApp(t, nil)',
    withKeys: 'carriermock.NewApp(t, carriermock.Settings{"generateKeys": true})',
    key: 'app.AppSignPrivateKey',
  },
  php: {
    name: 'PHP 8.1, PHPUnit 9',
    app: '$this->mockApp()',
    withKeys: "$this->mockApp(['generateKeys' => true])",
    key: '$app->appSignPrivateKey',
  },
  pytest: {
    name: 'Python 3.8, pytest',
    app: 'mock_app',
    withKeys: 'new_mock_app(generateKeys=True)',
    key: 'app.app_sign_private_key',
  },
  node: {
    name: 'Node 20, node:test',
    app: 'newApp(t)',
    withKeys: 'newApp(t, { generateKeys: true })',
    key: 'app.appSignPrivateKey',
  },
};

const HEADS = {
  commands: {
    en: ['Tests in', 'First', 'Then', 'In the test'],
    zh: ['测试', '先运行', '再运行', '测试里'],
  },
  keys: {
    en: ['Tests in', 'Create the app', 'A key'],
    zh: ['测试', '新建应用', '密钥'],
  },
};

/** The argument: `commands` or `keys`. */
export function languages(language: Language, kind: string): string {
  const name = kind === 'keys' ? 'keys' : 'commands';
  return table(
    HEADS[name][language],
    TEMPLATES.map((template) => {
      const words = wordsOf(template);
      const title = words.name.replace(', ', LIST_COMMA[language]);
      return [title, ...cellsOf(name, { template, words }).map(code)];
    }),
  );
}

function cellsOf(
  kind: keyof typeof HEADS,
  {
    template: { name, test },
    words: { flags, app, withKeys, key },
  }: {
    readonly template: Template;
    readonly words: LanguageWords;
  },
): readonly string[] {
  if (kind === 'keys') return [withKeys, key];
  return [['init', name, flags].filter(Boolean).join(' '), `exec -- ${test}`, app];
}

/** Fails if the files of the template do not have what a test writes. */
function wordsOf({ name, from, files }: Template): LanguageWords {
  const words = LANGUAGES[name];
  if (words === undefined) throw new Error(`scripts/pages/languages.ts has no words for ${name}`);
  const texts = files.map((file) => readFileSync(join(from, file), 'utf8'));
  if (!texts.some((text) => text.includes(words.app)))
    throw new Error(`the files of init ${name} have no ${words.app}`);
  return words;
}

interface FrameworkRow {
  readonly name: Bilingual;
  readonly line: string;
}

const REAL = 'https://www.cmpassport.com';

const FRAMEWORKS: readonly FrameworkRow[] = [
  {
    name: {
      en: 'Spring Boot, `application.properties`',
      zh: 'Spring Boot，`application.properties`',
    },
    line: `cmpassport.base-url=\${CMPASSPORT_BASE:${REAL}}`,
  },
  {
    name: { en: 'Go', zh: 'Go' },
    line: `base := cmp.Or(os.Getenv("CMPASSPORT_BASE"), "${REAL}")`,
  },
  {
    name: { en: 'Go, resty', zh: 'Go，resty' },
    line: 'client := resty.New().SetBaseURL(base)',
  },
  {
    name: { en: 'Laravel, `config/services.php`', zh: 'Laravel，`config/services.php`' },
    line: `'cmpassport' => ['base' => env('CMPASSPORT_BASE', '${REAL}')],`,
  },
  {
    name: { en: 'PHP, Guzzle', zh: 'PHP，Guzzle' },
    line: `new Client(['base_uri' => getenv('CMPASSPORT_BASE') ?: '${REAL}'])`,
  },
  {
    name: { en: 'Django, `settings.py`', zh: 'Django，`settings.py`' },
    line: `CMPASSPORT_BASE = os.environ.get("CMPASSPORT_BASE", "${REAL}")`,
  },
  {
    name: {
      en: 'FastAPI, in `class Settings(BaseSettings)`',
      zh: 'FastAPI，写在 `class Settings(BaseSettings)` 里',
    },
    line: `cmpassport_base: str = "${REAL}"`,
  },
  {
    name: { en: 'Python, httpx', zh: 'Python，httpx' },
    line: `httpx.Client(base_url=os.environ.get("CMPASSPORT_BASE", "${REAL}"))`,
  },
  { name: { en: 'Nest', zh: 'Nest' }, line: `configService.get('CMPASSPORT_BASE', '${REAL}')` },
  {
    name: { en: 'Node, fetch', zh: 'Node，fetch' },
    line: `process.env.CMPASSPORT_BASE ?? '${REAL}'`,
  },
];

const FRAMEWORK_HEAD = {
  en: ['Framework or library', 'Line that reads `CMPASSPORT_BASE`'],
  zh: ['框架或库', '读取 `CMPASSPORT_BASE` 的一行'],
};

export function frameworks(language: Language): string {
  return table(
    FRAMEWORK_HEAD[language],
    FRAMEWORKS.map(({ name, line }) => [name[language], code(line)]),
  );
}
