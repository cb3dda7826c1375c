/** What the report calls the parts of an evidence in Chinese; in English they keep their names. */
import type { Language } from '../../../src/protocol/bilingual.js';
import type { Evidence } from '../../explain/finding.js';
import { inChinese } from '../../explain/phrases.js';

const CHINESE_NAMES: ReadonlyMap<string, string> = new Map([
  ['field', '字段'],
  ['fields', '涉及字段'],
  ['received', '收到'],
  ['expected', '应为'],
  ['text', '原文'],
  ['empty', '原文为空'],
  ['used', '实际使用'],
  ['due', '应使用'],
  ['rule', '要求'],
  ['pointer', '应在位置'],
  ['foundIn', '实际位置'],
  ['missing', '缺少'],
  ['kind', '类型'],
  ['length', '长度'],
  ['digits', '应有位数'],
  ['limit', '上限'],
  ['bytes', '字节数'],
  ['line', '行'],
  ['column', '列'],
  ['names', '字段名'],
  ['values', '各次的值'],
  ['characters', '未编码的字符'],
  ['part', '有误的部分'],
  ['section', '文档章节'],
  ['path', '对应的地址'],
  ['order', '实际顺序'],
  ['signed', '参与签名的值'],
  ['app', '所属应用'],
  ['keyInText', '密钥拼进了原文'],
  ['encoding', '编码'],
  ['expectedEncoding', '应有编码'],
  ['by', '造成原因'],
  ['instead', '应改用'],
  ['candidates', '已尝试的算法数'],
  ['complete', '是否全部试完'],
  ['acceptedBy', '按读法接受'],
  ['appId', '取 token 的应用'],
  ['capability', '所属能力'],
  ['otherCapability', '另一项能力'],
  ['name', '能力名称'],
  ['inner', '里面的 token'],
  ['requestId', '相关请求'],
  ['resultCode', '当时的返回码'],
  ['issuedAt', '签发时间'],
  ['issuedAtMs', '签发时间（毫秒）'],
  ['expiresAt', '失效时间'],
  ['expiresAtMs', '失效时间（毫秒）'],
  ['nowAt', '应用时间'],
  ['byMs', '相差毫秒数'],
  ['seconds', '相差秒数'],
  ['hours', '相差小时数'],
  ['list', '白名单'],
  ['otherList', '另一项能力的白名单'],
  ['entries', '不合规则的条目'],
  ['renewsAt', '恢复时间'],
  ['renewsAtMs', '恢复时间（毫秒）'],
  ['operator', '运营商代号'],
  ['network', '运营商'],
]);

/** Their values are words of ours, and nothing that was sent. */
const IN_WORDS: readonly string[] = [
  ...['used', 'due', 'rule', 'kind', 'encoding', 'expectedEncoding', 'complete', 'keyInText', 'empty'],
];

const CHINESE_VALUES: ReadonlyMap<string, string> = new Map([
  ['yes', '是'],
  ['no', '否'],
  ['lower', '小写'],
  ['upper', '大写'],
  ['mixed', '大小写混用'],
  ['number', '数字'],
  ['boolean', '布尔值'],
  ['object', '对象'],
  ['array', '数组'],
]);

export function evidenceName(name: string, language: Language): string {
  return language === 'zh' ? (CHINESE_NAMES.get(name) ?? name) : name;
}

export function evidenceValue(name: string, value: NonNullable<Evidence[string]>, language: Language): string {
  const values = Array.isArray(value) ? value : [String(value)];
  const says = language === 'zh' && IN_WORDS.includes(name);
  return (says ? values.map((one) => CHINESE_VALUES.get(one) ?? inChinese(one)) : values).join(', ');
}
