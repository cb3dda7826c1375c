/** `cmpassport-mock help <code or id>`: the entry of its page, in both languages, without marks of Markdown. */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CODE_ENTRIES } from '../../mock-server/lookup/codes.js';
import { MISTAKE_ENTRIES } from '../../mock-server/lookup/mistakes.js';
import { PROBLEM_KINDS, problemEntries } from '../../mock-server/lookup/problems.js';
import { SYMPTOM_ENTRIES } from '../../mock-server/lookup/symptoms.js';
import { LANGUAGES } from '../../src/text/bilingual.js';
import { callCommand } from '../support/called-command.js';

test.each([
  {
    word: '105312',
    lang: 'en',
    begins: '105312  套餐已用完 (package is used up) · CALLS_USED_UP\n',
  },
  { word: '105312', lang: 'zh', begins: '105312  套餐已用完 · CALLS_USED_UP\n' },
  { word: 'sign.secret-swapped', lang: 'zh', begins: 'sign.secret-swapped  签名用错了密钥\n' },
  { word: 'problems#app.exists', lang: 'en', begins: 'app.exists  app {app} already exists' },
  { word: '[token.used]', lang: 'en', begins: 'token.used  The token was already used\n' },
  { word: 'contract.only-flags', lang: 'en', begins: 'contract.only-flags  ' },
])('help $word in $lang', async ({ word, lang, begins }) => {
  const { status, stdout } = await callCommand(['help', word, '--lang', lang]);
  expect(stdout.slice(0, begins.length)).toBe(begins);
  expect(status).toBe(0);
});

test('a code of two operations has an entry for each', async () => {
  const { stdout } = await callCommand(['help', '103000', '--lang', 'en']);
  expect(stdout.match(/^103000.*$/gm)).toEqual([
    '103000  返回成功 (success) · SUCCESS',
    '103000 h5TokenValidate  成功 (success) · SUCCESS',
  ]);
});

test.each([
  { word: 'no-request', lang: 'en', link: 'one line <docs/start/first-test.md#call-your-client>.' },
  {
    word: 'no-request',
    lang: 'zh',
    link: '一行配置 <docs/start/first-test.zh-CN.md#换成自己的代码>',
  },
  { word: '103511', lang: 'en', link: 'ipAllowed <docs/reference/rules.md#logintokenvalidate>' },
  { word: '105312', lang: 'en', link: 'Mistakes: calls.daily-quota, calls.package\n' },
])('help $word in $lang says what opens a link: $link', async ({ word, lang, link }) => {
  const { stdout } = await callCommand(['help', word, '--lang', lang]);
  expect(stdout).toContain(link);
});

test.each([
  { description: 'a symptom', words: SYMPTOM_ENTRIES.map(({ id }) => id) },
  { description: 'a code', words: CODE_ENTRIES.map(({ id }) => id.split(' ')[0] ?? '') },
])('each link of $description leads somewhere that exists', async ({ words }) => {
  for (const lang of LANGUAGES) {
    const { stdout } = await callCommand(['help', ...words, '--lang', lang]);
    const targets = Array.from(stdout.matchAll(/<(docs[^#>]*)[^>]*>/g), ([, page = '']) => page);
    expect(targets).not.toEqual([]);
    for (const page of targets) expect(existsSync(page), page).toBe(true);
  }
});

test('help of a command is its --help', async () => {
  const { stdout } = await callCommand(['help', 'exec', '--lang', 'en']);
  expect(stdout).toBe((await callCommand(['exec', '--help', '--lang', 'en'])).stdout);
});

test.each([
  { word: 'sign.secret-swaped', words: 'did you mean sign.secret-swapped?' },
  { word: '999999', words: 'nothing is known as "999999"' },
])('the mistake of help $word names what is near', async ({ word, words }) => {
  const { status, stderr } = await callCommand(['help', word, '--lang', 'en']);
  expect(stderr).toContain(words);
  expect(status).toBe(2);
});

test('no entry has marks of Markdown in the terminal', async () => {
  const entries = [...CODE_ENTRIES, ...MISTAKE_ENTRIES, ...PROBLEM_KINDS.flatMap(problemEntries)];
  const words = [...new Set(entries.map(({ id }) => id.split(' ')[0] ?? ''))];
  for (const lang of LANGUAGES) {
    const { stdout } = await callCommand(['help', ...words, '--lang', lang]);
    expect(stdout).not.toMatch(
      /\]\([a-z]+(?:\.zh-CN)?\.md|(?<!\*)\*\*(?!\*)[^*\n]+\*\*(?!\*)|\\\*/,
    );
  }
});
