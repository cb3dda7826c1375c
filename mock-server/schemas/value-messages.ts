/** What is wrong with a value, after the name of its field. */
import { catalogue } from '../../src/text/catalogue.js';

export const VALUE_MESSAGES = catalogue({
  'value.invalid': { en: 'is not valid', zh: '不正确' },
  'value.missing': { en: 'is missing', zh: '缺失' },
  // What was found is empty for a secret.
  'value.wrong': { en: '{must}{found}', zh: '{must}{found}' },
  'value.not-listed': {
    en: 'must be one of {values}{where}, found {"found"}',
    zh: '{where}取值应为 {values} 之一，实际为 {"found"}',
  },
  'value.excluded': {
    en: 'cannot be combined with {other}: omit one of the two',
    zh: '不能与 {other} 同时使用：请去掉其中一个',
  },
  'value.unknown-field': {
    en: 'unknown field {"name"}; {hint}',
    zh: '未知字段 {"name"}；{hint}',
  },
  'value.duplicate': { en: 'has the duplicate value {"found"}', zh: '重复出现，实际为 {"found"}' },
  // The token is a secret.
  'value.shared-token': {
    en: 'is the token of {other}: each team needs its own',
    zh: '与 {other} 的令牌相同：每个团队要有自己的令牌',
  },
  'value.key': { en: '{mistake}', zh: '{mistake}' },
  'value.script': { en: '{mistake}', zh: '{mistake}' },
});

export type ValueMessageId = keyof typeof VALUE_MESSAGES;
