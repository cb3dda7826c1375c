/** What is wrong with a header that forces an outcome, besides the mistakes in its step. */
import { catalogue, textsOf } from '../../../src/text/catalogue.js';

export const headerText = textsOf(
  catalogue({
    'header.two': {
      en: '{second} cannot be combined with {first}: send only one of them, once',
      zh: '{second} 不能与 {first} 同时使用：请只发其中一个，且只发一次',
    },
    'header.not-utf8': {
      en: '{name} is not UTF-8, plain or percent-encoded: write "%" itself as %25, found {found}',
      zh: '{name} 不是正确的 UTF-8，也不是 UTF-8 的百分号编码："%" 本身请写成 %25，实际为 {found}',
    },
    'header.not-a-code': {
      en: '{name} must be a result code of {operation}, found {found}',
      zh: '{name} 应为 {operation} 的返回码，实际为 {found}',
    },
    'header.step': { en: '{name}: {mistake}', zh: '{name}：{mistake}' },
    'header.repeated': {
      en: '{name} forces one response, so it cannot repeat: remove the "*", found {found}',
      zh: '{name} 只指定一次响应，不能重复：请去掉 "*"，实际为 {found}',
    },
    'header.rated': {
      en: '{name} forces one response: remove frequency(…) or every(…), which count the calls of a script, found {found}',
      zh: '{name} 只指定一次响应：请去掉 frequency(…) 或 every(…)，它们统计的是脚本的调用次数，实际为 {found}',
    },
  }),
);
