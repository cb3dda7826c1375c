/** How close a mock with the calibration of a carrier comes to that carrier, as a test measured it. */
import type { Bilingual, Language } from '../../src/text/bilingual.js';
import measured from '../../test/full/mini-carriers/small-limit.json' with { type: 'json' };
import { table } from './markdown.js';

const HEAD = {
  en: ['Carrier', 'Other code'],
  zh: ['平台', '返回码不同'],
};

const CARRIERS: Readonly<Record<keyof typeof measured.differences, Bilingual>> = {
  go: { en: 'Go, checks the token first', zh: 'Go，先检查 token' },
  php: { en: 'PHP, converts the types of values', zh: 'PHP，自动转换类型' },
  python3: { en: 'Python, checks the types first', zh: 'Python，先检查类型' },
};

export function smallLimit(language: Language): string {
  const { spendLimit, requests, differences } = measured;
  const percent = (count: number) => `${((count * 100) / requests.count).toFixed(1)}%`;
  const rows = Object.entries(differences).map(([name, count]) => [
    Object.entries(CARRIERS).find(([carrier]) => carrier === name)?.[1][language] ?? name,
    percent(count),
  ]);
  const intro: Bilingual = {
    en: `\`test/full/mini-carriers\` measures it with a limit of ${spendLimit} and ${requests.count} random requests with up to ${requests.mistakes} mistakes each:`,
    zh: `\`test/full/mini-carriers\` 的实测：上限 ${spendLimit} 次，${requests.count} 个最多有 ${requests.mistakes} 处错误的随机请求：`,
  };
  return `${intro[language]}\n\n${table(HEAD[language], rows)}`;
}
