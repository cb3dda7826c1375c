/** The few English words that an evidence has as values, as a Chinese sentence says them. */

interface Phrase {
  readonly en: RegExp;
  readonly zh: string;
}

const PHRASES: readonly Phrase[] = [
  { en: /^not empty$/, zh: '不能为空' },
  { en: /^an object$/, zh: '一个 JSON 对象' },
  { en: /^(.+) or (\S+)$/, zh: '$1 或 $2' },
  { en: /^(\d+) to (\d+) characters$/, zh: '$1–$2 位' },
  { en: /^not sent before$/, zh: '没有用过的值' },
  { en: /^(\d+) digits$/, zh: '$1 位数字' },
  { en: /^a date that exists$/, zh: '真实存在的时间' },
  { en: /^within (\S+) of the app's clock$/, zh: '与应用时钟相差不超过 $1' },
  { en: /^(\d+) upper-case hex$/, zh: '$1 位大写十六进制' },
  { en: /^(\d+) hex$/, zh: '$1 位十六进制' },
  { en: /^(\d+) Base64 characters$/, zh: '$1 位 Base64' },
  { en: /^RSA ciphertext in (\w+)$/, zh: '$1 编码的 RSA 密文' },
  { en: /^STsid000000, 13 digits, 32 letters and digits$/, zh: 'STsid000000 + 13 位数字 + 32 位字母数字' },
  { en: /^hex$/, zh: '十六进制' },
  { en: /^hex with separators$/, zh: '带分隔符的十六进制' },
  { en: /^Base64 of the hex text$/, zh: '对十六进制文本再做 Base64' },
  { en: /^Base64 without padding$/, zh: '不带“=”补位的 Base64' },
  { en: /^URL-encoded Base64$/, zh: '经过 URL 编码的 Base64' },
  { en: /^Base64 with spaces for \+$/, zh: '“+”变成空格的 Base64' },
  { en: /^16-character (\w+)$/, zh: '16 位 $1' },
  { en: /^URL-encoded$/, zh: 'URL 编码' },
  { en: /^URL-encoded, \+ for a space$/, zh: 'URL 编码，空格变成“+”' },
  { en: /^URL-encoded, in lower case$/, zh: 'URL 编码，十六进制小写' },
  { en: /^URL-decoded$/, zh: 'URL 解码' },
  { en: /^URL-decoded, a space for \+$/, zh: 'URL 解码，“+”变成空格' },
  { en: /^lower case$/, zh: '小写' },
  { en: /^upper case$/, zh: '大写' },
  { en: /^without line breaks$/, zh: '去掉换行' },
  { en: /^with line breaks$/, zh: '带换行' },
  { en: /^the bare number$/, zh: '手机号码明文' },
  { en: /^space$/, zh: '空格' },
  { en: /^request$/, zh: '请求' },
  { en: /^response$/, zh: '响应' },
];

/** The same text where it is none of them. */
export function inChinese(text: string): string {
  const phrase = PHRASES.find(({ en }) => en.test(text));
  return phrase === undefined ? text : text.replace(phrase.en, phrase.zh);
}
