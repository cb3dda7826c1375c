/** What is wrong with a flag of a command line. */
import { catalogue } from './catalogue.js';

export const FLAG_MESSAGES = catalogue({
  'flag.unknown': { en: 'unknown flag {flag}{hint}', zh: '未知参数 {flag}{hint}' },
  'flag.only-a-variable': {
    en: '{flag} is not a flag, because other users of the machine can see arguments: set {variable}',
    zh: '{flag} 不能写在命令行，因为本机其他用户看得到命令行参数：请设置 {variable}',
  },
  'flag.no-value': {
    en: '{flag} has no value, found {"found"}: write only {flag}',
    zh: '{flag} 不带值，实际为 {"found"}：只写 {flag} 即可',
  },
  'flag.value-missing': {
    en: '{flag} needs a value, found nothing: write {flag} <{value}>',
    zh: '{flag} 缺少值：请写成 {flag} <{value}>',
  },
  'flag.value-empty': {
    en: '{flag} needs a value, found "": write {flag} <{value}>, or omit it',
    zh: '{flag} 的值为空（""）：请写成 {flag} <{value}>，或去掉它',
  },
  'flag.value-like-a-flag': {
    en: '{flag} needs a value, found {"found"}: write {flag} <{value}>, or {flag}={found} if this is the value',
    zh: '{flag} 缺少值，后面是 {"found"}：请写成 {flag} <{value}>；如果它就是值，请写成 {flag}={found}',
  },
});
