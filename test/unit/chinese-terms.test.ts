/** The check of Chinese words: what it reports, in which texts. */
import { expect, test } from 'vitest';
import { secondNames } from '../../scripts/lib/chinese.js';

const PAGE = 'docs/page.zh-CN.md';
const SOURCE = 'mock-server/messages.ts';
const WORDS = 'contracts/words.zh.json';

test.each([
  { file: PAGE, text: '请告诉您的用户', words: ['您'] },
  { file: PAGE, text: '返回码由服务端决定', words: ['服务端'] },
  { file: PAGE, text: '由你的服务端发送；请填写服务端出口IP地址', words: [] },
  { file: PAGE, text: '真实平台的公钥', words: ['真实平台的'] },
  { file: PAGE, text: '模拟服务接受，真实平台的公钥不同', words: [] },
  { file: PAGE, text: 'token 随即失效', words: ['失效'] },
  { file: PAGE, text: '返回“token失效或不存在”', words: [] },
  { file: PAGE, text: '先获取 token', words: ['获取 token'] },
  { file: PAGE, text: '让 SDK 重新取 token', words: [] },
  { file: PAGE, text: '变量 `a`, `b`', words: ['`, `'] },
  { file: PAGE, text: '变量 `["a", "b"]`、`b`', words: [] },
  { file: PAGE, text: '```json\n{"名": "甲, 乙"}\n```', words: [] },
  { file: PAGE, text: '```\n应为17 位数字\n```', words: ['应为'] },
  { file: PAGE, text: '最多 1 000 个，占 2 %', words: ['1 000', '2 %'] },
  {
    file: SOURCE,
    text: 'const row = { en: \'a\', zh: \'取值应为 "any", "upper" 之一\' };',
    words: [', '],
  },
  { file: SOURCE, text: `const row = { zh: \`可用 \${a}, \${b}\` };`, words: ['}, ${'] },
  { file: SOURCE, text: "const row = { en: 'encrypted with 平台公钥, or 应用公钥1' };", words: [] },
  { file: SOURCE, text: '// 您', words: [] },
  { file: WORDS, text: '{ "id": "应用 已存在" }', words: [' '] },
  { file: 'test/unit/words.ts', text: "'您'", words: [] },
])('$file: $text', ({ file, text, words }) => {
  const found = secondNames(text, file).map((line) => /term: “(.*)”, use/.exec(line)?.[1]);
  expect(found).toEqual(words);
});

test('a word has its line and column', () => {
  expect(secondNames('# 标题\n\n请您确认\n', PAGE)).toEqual([
    `${PAGE}:3:2: Incorrect term: “您”, use “你” instead`,
  ]);
});
