/** The description of a case or scenario in either language: its file has the English, descriptions.zh.json the Chinese by id. */
import type { Language } from '../../src/text/bilingual.js';
import chinese from '../descriptions.zh.json' with { type: 'json' };

const CHINESE: Readonly<Record<string, string>> = chinese;

export interface Described {
  readonly id: string;
  readonly description: string;
}

/** English if there is no Chinese description. */
export function descriptionIn({ id, description }: Described, lang: Language): string {
  return lang === 'zh' && Object.hasOwn(CHINESE, id) ? (CHINESE[id] ?? description) : description;
}

// The observations that cases and scenarios follow, in Chinese. Their files have the English.

export const OBSERVATIONS_ZH: Readonly<Record<string, string>> = {
  'a token is STsid, 000000, 13 digits and 32 letters and digits, 56 characters in all':
    'token 由 STsid、000000、13 位数字、32 位字母数字组成，共 56 个字符',
  'tokenValidate returns 606 for any invalid token': 'token 无效时，不管什么原因，tokenValidate 都返回 606',
  'a token is valid for two minutes and one use; 104201 is for expired, used or unknown tokens':
    'token 两分钟内有效，只能用一次；过期、用过、不存在都返回 104201',
  'the whitelist accepts single IPv4 and IPv6 addresses and ranges over the last octet; no CIDR, no wildcard':
    '白名单支持单个 IPv4、单个 IPv6、最后一段的区间，不支持 CIDR 和通配符',
  'the whitelist accepts single IPv4 addresses separated by commas, ranges a.b.c.d-a.b.c.e (last octet only) and single IPv6 addresses; no CIDR, no wildcard':
    '白名单支持用逗号分隔的单个 IPv4、最后一段的区间（a.b.c.d-a.b.c.e）、单个 IPv6，不支持 CIDR 和通配符',
  'no public source states a response time; a response may be late or never arrive':
    '没有公开资料说明响应时间；响应可能很晚才到，也可能一直不到',
  'every business response has HTTP 200, refusals too': '业务响应的 HTTP 状态码都是 200，被拒时也是',
  'clients send JSON with application/x-www-form-urlencoded, text/plain, no Content-Type or two':
    '有客户端发送 JSON 时，Content-Type 是 application/x-www-form-urlencoded 或 text/plain，或者没有，或者有两个',
  '105313 was first published as: check the URL of the call': '105313 最初公布的说明是：请检查调用的 URL',
  'the whitelist accepts single IPv4 addresses separated by commas, ranges a.b.c.d-a.b.c.e (last octet only) and single IPv6 addresses; the examples also have full-width commas':
    '白名单支持用逗号分隔的单个 IPv4、最后一段的区间（a.b.c.d-a.b.c.e）、单个 IPv6；示例里也有全角逗号',
  'clients send 17 digits that are not a date, are frozen at start-up, are in another time zone, or have the week year':
    '有客户端发送的 17 位数字不是日期，或启动时取一次就不变，或是其他时区的时间，或年份用了 week-year',
  'no public source limits the size of a body': '没有公开资料限制请求体的大小',
  'each capability has its own whitelist': '每个能力有自己的白名单',
  'clients send application/json with ;charset=utf-8, with and without a space':
    '有客户端发送带 ;charset=utf-8 的 application/json，前面有空格或没有空格',
  'RSA works only after both public keys are registered': '两把公钥都报备后才能用 RSA',
  'clients send a UTF-8 BOM, HTTP/1.0, unknown fields, pretty-printed JSON, any field order, \\/ and \\uXXXX escapes':
    '有客户端发送 UTF-8 BOM、HTTP/1.0、未知字段、带缩进的 JSON、任意的字段顺序、\\/ 和 \\uXXXX 转义',
  'responses have the time in Beijing': '响应里的时间是北京时间',
  'the whitelist accepts single IPv4 and IPv6 addresses, ranges over the last octet, and commas of both widths':
    '白名单支持单个 IPv4、单个 IPv6、最后一段的区间，半角逗号和全角逗号都可以',
  'expandParams is echoed if it was sent': '发送了 expandParams 就原样返回',
  'clients register one RSA key pair for both roles': '有客户端只用一对 RSA 密钥，两把应用公钥都报备成同一把',
  'a client sends Content-Encoding: UTF-8 on a plain body': '有客户端的请求体没有压缩，却发送 Content-Encoding: UTF-8',
  'a client sends Connection: Upgrade, HTTP2-Settings with Upgrade: h2c':
    '有客户端发送 Connection: Upgrade, HTTP2-Settings 和 Upgrade: h2c',
  'clients send chunked bodies': '有客户端用分块传输发送请求体',
  'no public source states how a malformed entry or white space is handled':
    '没有公开资料说明写法错误的项和空白怎么处理',
  'a contract ends the free quota at once': '签合同后，免费次数立即失效',
  'responses have undocumented fields: an English desc at login, and new versions can add more':
    '响应里有文档外的字段：获取手机号码有英文的 desc，新版本还可能增加',
  'HTTP/1.1: a body can arrive in chunks that split it anywhere, also within a character':
    'HTTP/1.1：响应体可以分块到达，分界可以在任何位置，包括一个字符的中间',
  'no public source states the Content-Type of responses': '没有公开资料说明响应的 Content-Type',
  'aggregators publish 103911: tokens are requested too often': '聚合平台公布的 103911：token请求过于频繁',
  "no public source limits the size of a response; the carrier's are under 2 KiB":
    '没有公开资料限制响应的大小；移动认证平台的响应不到 2 KiB',
  'no public source limits the size of a response; parsers do': '没有公开资料限制响应的大小；解析器有限制',
  'responses are compact JSON: one client scans the text and fails on "key" : value':
    '响应是没有空白的 JSON：有一个客户端直接查找文本，遇到 "key" : value 就出错',
  'clients send a constant msgid, 5 to 36 characters, with or without dashes; it is echoed unchanged':
    '有客户端的 msgid 固定不变，5–36 个字符，带横线或不带；响应原样返回',
  'a token has letters of both cases and digits': 'token 里有大写字母、小写字母和数字',
  'responses are compact JSON; four clients read an English desc': '响应是没有空白的 JSON；有四个客户端读取英文的 desc',
  'responses are compact JSON: one client scans the text and fails if there is a space next to a colon':
    '响应是没有空白的 JSON：有一个客户端直接查找文本，冒号旁边有空格就出错',
  'no public source states which addresses an app without a whitelist accepts':
    '没有公开资料说明没有设白名单的应用放行哪些 IP',
  'clients send a msgid of 5 to 36 characters, with or without dashes': '有客户端的 msgid 是 5–36 个字符，带横线或不带',
  'RSA signatures in hex are seen in either letter case': '十六进制的 RSA 签名，大写、小写都见过',
  'a published ciphertext is upper-case hex, PKCS#1 v1.5, of the 11 digits':
    '公开的一段密文是大写十六进制，填充为 PKCS#1 v1.5，内容是 11 位号码',
  'a client sends a UTF-8 byte order mark': '有客户端发送 UTF-8 的 BOM',
  'clients send unknown fields': '有客户端发送未知字段',
  'a client sends Expect: 100-continue': '有客户端发送 Expect: 100-continue',
  'no public source states that a query is refused': '没有公开资料说明带查询参数会被拒绝',
  'public sources list 103412 for a wrong encryption mode, a body that is not JSON, and an empty request':
    '公开资料里，103412 用于加密方式错误、请求体不是 JSON、请求为空',
  'aggregators publish 105021: the daily limit of numbers is reached': '聚合平台公布的 105021：当天已达取号限额',
  'until 2019 the code of a used-up quota was 102315': '2019 年以前，次数用完返回 102315',
};

/** English if there is no Chinese sentence. */
export function observationIn(sentence: string, lang: Language): string {
  return lang === 'zh' && Object.hasOwn(OBSERVATIONS_ZH, sentence) ? (OBSERVATIONS_ZH[sentence] ?? sentence) : sentence;
}
