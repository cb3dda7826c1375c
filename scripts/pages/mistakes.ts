/** The known mistakes, in groups by the first word of their ids. */
import { anchorOf } from '../../mock-server/lookup/entry.js';
import { codesOfMistake } from '../../mock-server/lookup/mistake-samples.js';
import { MISTAKE_ENTRIES } from '../../mock-server/lookup/mistakes.js';
import { OPERATIONS } from '../../src/protocol/operations.js';
import { type Bilingual, type Language, LIST_COMMA } from '../../src/text/bilingual.js';
import { entries } from './codes.js';
import { code, table } from './markdown.js';

/** The groups, in the order of the findings. */
const GROUPS: Readonly<Record<string, Bilingual>> = {
  interface: { en: 'Interface', zh: '接口' },
  url: { en: 'Address', zh: '请求地址' },
  body: { en: 'Body', zh: '请求体' },
  header: { en: 'HTTP headers', zh: 'HTTP 请求头' },
  field: { en: 'Fields', zh: '字段' },
  value: { en: 'Values', zh: '字段值' },
  version: { en: 'Version', zh: '版本号' },
  app: { en: 'App', zh: '应用' },
  msgid: { en: 'msgid', zh: 'msgid' },
  time: { en: 'Time', zh: '时间' },
  encryption: { en: 'Encryption', zh: '加密' },
  sign: { en: 'Signature', zh: '签名' },
  ip: { en: 'IP whitelist', zh: '服务器IP白名单' },
  capability: { en: 'Capability', zh: '能力' },
  token: { en: 'Token', zh: 'token' },
  'user-information': { en: 'userInformation', zh: 'userInformation' },
  phone: { en: 'Phone number', zh: '手机号码' },
  calls: { en: 'Calls', zh: '次数和套餐' },
  params: { en: 'Free texts', zh: '扩展参数' },
  client: { en: 'Client', zh: '调用方' },
};

export function mistakes(language: Language): string {
  const groups = [...new Set(MISTAKE_ENTRIES.map(groupOf))];
  return groups
    .map((group) => {
      const words = GROUPS[group];
      if (words === undefined)
        throw new Error(`scripts/pages/mistakes.ts has no words for ${group}`);
      const own = MISTAKE_ENTRIES.filter((entry) => groupOf(entry) === group);
      return `## ${words[language]}\n\n${entries(own, language)}`;
    })
    .join('\n');
}

function groupOf({ id }: { readonly id: string }): string {
  return id.split('.')[0] ?? '';
}

const TABLE_HEAD = {
  en: ['You get', 'Mistake', 'The fix'],
  zh: ['返回码', '错误', '改法'],
};

/** Some of them, by their ids. */
export function mistakeTable(language: Language, ids: string): string {
  return table(
    TABLE_HEAD[language],
    ids.split(' ').map((id) => {
      const entry = MISTAKE_ENTRIES.find((each) => each.id === id);
      if (entry === undefined) throw new Error(`no mistake ${id}`);
      const page = `../reference/mistakes${language === 'en' ? '' : '.zh-CN'}.md`;
      const codes = OPERATIONS.flatMap(({ operation }) => codesOfMistake(id, operation));
      return [
        [...new Set(codes.map((each) => code(each.code)))].join(LIST_COMMA[language]),
        entry.title[language],
        `[${code(id)}](${page}#${anchorOf(id)})`,
      ];
    }),
  );
}
