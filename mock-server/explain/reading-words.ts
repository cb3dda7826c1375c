/** Each reading: the sentence of the document that leaves it open, the meaning of its options, and the reason for the default. */

import type { Bilingual } from '../../src/text/bilingual.js';
import type { ReadingId } from '../carrier/engine/readings.js';

export interface ReadingWords {
  readonly title: Bilingual;
  /** The sections of the document. */
  readonly section: string;
  /** Quoted from the document; a slash separates two places. */
  readonly sentence: string;
  /** In the order of the options, then what a pattern allows. An array, because integer-like keys re-order. */
  readonly meanings: readonly { readonly option: string; readonly meaning: Bilingual }[];
  readonly why: Bilingual;
}

export const READING_WORDS: Readonly<Record<ReadingId, ReadingWords>> = {
  'login-md5-case': {
    title: { en: 'Letter case of the MD5 signature', zh: 'MD5 签名的大小写' },
    section: '1.2 sign',
    sentence: '输出32位大写字母',
    meanings: [
      { option: 'any', meaning: { en: 'upper or lower case', zh: '大小写均可' } },
      { option: 'upper', meaning: { en: 'upper case only', zh: '只接受大写' } },
    ],
    why: {
      en: "The carrier's own demo code and half of the public clients send lower case, so it is accepted too.",
      zh: '官方 demo 和半数公开客户端发的是小写，所以小写也接受。',
    },
  },
  'verify-hex-case': {
    title: { en: 'Letter case of phoneNum and sign', zh: 'phoneNum 和 sign 的大小写' },
    section: '2.3 phoneNum, sign',
    sentence: '的64位sha256值，字母大写 / 输出64位大写字母',
    meanings: [
      {
        option: 'upper',
        meaning: { en: 'phoneNum and sign in upper case only', zh: 'phoneNum 和 sign 只接受大写' },
      },
      { option: 'any', meaning: { en: 'either case', zh: '大小写均可' } },
      {
        option: 'sign',
        meaning: {
          en: 'sign in either case; a phoneNum in lower case is another number (001)',
          zh: 'sign 大小写均可；小写的 phoneNum 算另一个号码（001）',
        },
      },
    ],
    why: {
      en: 'The document requires upper case, and no public client sends lower case.',
      zh: '文档要求大写，也没有见过发小写的公开客户端。',
    },
  },
  'content-type': {
    title: { en: 'Content-Type of a request', zh: '请求的 Content-Type' },
    section: '1.2, 2.3',
    sentence: '发送时请设置content type为 application/json',
    meanings: [
      { option: 'any', meaning: { en: 'any Content-Type', zh: '不看 Content-Type' } },
      {
        option: 'json',
        meaning: {
          en: 'the first Content-Type must be application/json; otherwise 103211 or 303',
          zh: '第一个 Content-Type 必须是 application/json，否则获取手机号码返回 103211，本机号码校验返回 303',
        },
      },
      { option: 'refused:<code>', meaning: { en: 'like json, with this code', zh: '与 json 相同，返回这个返回码' } },
    ],
    why: {
      en: 'Working clients send JSON with another Content-Type, with two of them, or without one.',
      zh: '能调通的客户端里，有的写成别的类型，有的带两个 Content-Type，有的不带。',
    },
  },
  'json-numbers': {
    title: { en: 'Numbers instead of strings in the JSON', zh: 'JSON 里用数字代替字符串' },
    section: '1.2, 2.3',
    sentence: '参数类型都是String',
    meanings: [
      { option: 'keyType', meaning: { en: 'a number is allowed only for keyType', zh: '只有 keyType 可以是数字' } },
      { option: 'refused', meaning: { en: 'no number is allowed', zh: '都不能是数字' } },
      {
        option: 'any',
        meaning: {
          en: 'a number is allowed for every documented field; its decimal text is the value',
          zh: '文档列出的字段都可以是数字，值就是它的十进制文本',
        },
      },
    ],
    why: {
      en: 'A public client sends keyType as the number 1. No other field was seen as a number.',
      zh: '有公开客户端把 keyType 写成数字 1，其他字段没有见过写成数字的。',
    },
  },
  'json-null': {
    title: { en: 'null as the value of a field', zh: '字段值为 null' },
    section: '1.2, 2.3',
    sentence: '参数类型都是String / 当该值不设置为“RSA”时，执行MD5签名校验 / keyType不填或非1、0时按keyType=0处理',
    meanings: [
      { option: 'refused', meaning: { en: 'null is not a String, and is refused', zh: 'null 不是 String，会被拒绝' } },
      {
        option: 'absent',
        meaning: { en: 'an optional field with null counts as omitted', zh: '选填字段为 null 等于没传' },
      },
      { option: 'refused:<code>', meaning: { en: 'refused with this code', zh: '拒绝，返回这个返回码' } },
    ],
    why: {
      en: 'All parameters are Strings, but the document gives a meaning to every other value of keyType and encryptionalgorithm. Jackson and Newtonsoft write null for unset fields by default. No public client that sends null was found.',
      zh: '参数类型都是 String，但 keyType、encryptionalgorithm 填其他值时怎么处理，文档又有规定。Jackson、Newtonsoft 默认把没有赋值的字段写成 null。没有找到发送 null 的公开客户端。',
    },
  },
  'system-time': {
    title: { en: 'Check of systemtime and timestamp', zh: 'systemtime、timestamp 的校验' },
    section: '1.2 systemtime, 2.3 timestamp',
    sentence: '请求消息发送的系统时间，精确到毫秒，共17位',
    meanings: [
      { option: 'digits', meaning: { en: 'any 17 digits', zh: '17 位数字即可' } },
      { option: 'calendar', meaning: { en: '17 digits that are a real date', zh: '17 位数字，并且是真实存在的时间' } },
      {
        option: 'window:<duration>',
        meaning: {
          en: "a date within this time of the app's clock; -<past>..<future> sets both bounds",
          zh: '与应用的时钟相差不超过这么多；-<过去>..<将来> 分别限定两边',
        },
      },
    ],
    why: {
      en: 'Clients send 17 digits that are not a date, never change, or are in another time zone. No public source states which time difference is refused. That the time is Beijing time is observed, not documented.',
      zh: '客户端发的 17 位数字，有的不是日期，有的固定不变，有的是别的时区的时间。相差多少会被拒，没有公开资料。要用北京时间是公开资料可见的，文档没有写。',
    },
  },
  'msgid-replay': {
    title: { en: 'A msgid that is sent again', zh: '重复的 msgid' },
    section: '1.2 msgid, 2.3 msgId',
    sentence: '标识请求的随机数即可 / 使用UUID标识请求的唯一性',
    meanings: [
      { option: 'allowed', meaning: { en: 'a repeated msgid is accepted', zh: '重复的 msgid 照常接受' } },
      {
        option: 'refused',
        meaning: { en: 'a repeated msgid is an invalid parameter', zh: '重复的 msgid 算参数错误' },
      },
      { option: 'refused:<code>', meaning: { en: 'refused with this code', zh: '拒绝，返回这个返回码' } },
    ],
    why: { en: 'Clients with a constant msgid work.', zh: 'msgid 写死的客户端也能调通。' },
  },
  'refused-call-uses-token': {
    title: { en: 'Whether a refused call uses up the token', zh: '被拒绝的调用是否用掉 token' },
    section: '2',
    sentence: 'token还未使用过。',
    meanings: [
      {
        option: 'no',
        meaning: { en: 'only 103000, 000 and 001 consume the token', zh: '只有 103000、000、001 会用掉 token' },
      },
      {
        option: 'yes',
        meaning: {
          en: 'a refused call also consumes the token, if it is still valid',
          zh: '被拒绝的调用也会用掉 token，只要 token 仍有效',
        },
      },
      {
        option: 'reached',
        meaning: {
          en: 'a call that is refused when its token is checked, or after that, also consumes the token',
          zh: '检查到 token 或之后才拒绝的调用也会用掉 token',
        },
      },
    ],
    why: {
      en: 'No public source states whether a refused call consumes the token.',
      zh: '被拒绝的调用会不会用掉 token，没有公开资料。',
    },
  },
  'verify-quota-code': {
    title: { en: 'Code of verify without calls left', zh: '本机号码校验次数用完时的返回码' },
    section: '2, 1.4, 2.5',
    sentence: '每天总调用次数有限 / 套餐已用完 / 本机号码校验能力使用权限不足',
    meanings: [
      { option: '103420', meaning: { en: "the closest code in verify's list", zh: '本机号码校验返回码里最接近的' } },
      { option: '102315', meaning: { en: 'the code until 2019', zh: '2019 年以前的返回码' } },
      {
        option: '105312',
        meaning: { en: "login's code for a used-up package", zh: '获取手机号码的“套餐已用完”' },
      },
    ],
    why: {
      en: 'The document limits the calls of verify (2), but lists a code for a used-up package only for login: 105312 (1.4). Of the codes of verify, 103420 is the closest. Until 2019 it was 102315.',
      zh: '文档说本机号码校验每天次数有限（第 2 节），但“套餐已用完”105312 只列在获取手机号码里（1.4）。本机号码校验的返回码中，103420 最接近。2019 年以前返回 102315。',
    },
  },
  'daily-quota-counts': {
    title: { en: 'Calls that count for the daily quota', zh: '哪些调用计入每日次数' },
    section: '2',
    sentence: '开发者未签订服务合同前，每天总调用次数有限',
    meanings: [
      { option: 'charged', meaning: { en: 'only charged calls', zh: '只算计费的调用' } },
      { option: 'every-call', meaning: { en: 'all calls, including refused ones', zh: '所有调用，被拒绝的也算' } },
    ],
    why: {
      en: 'The “total calls” of the document can be all calls or only the charged ones.',
      zh: '“总调用次数”可以指全部调用，也可以只指计费的调用。',
    },
  },
  'daily-quota-covers': {
    title: { en: 'Operations of the daily quota', zh: '每日次数限制哪些接口' },
    section: '2',
    sentence: '对于本机号码校验，需要注意： 1. 本产品属于收费业务，开发者未签订服务合同前，每天总调用次数有限',
    meanings: [
      { option: 'both', meaning: { en: 'all operations together', zh: '各接口合计' } },
      { option: 'tokenValidate', meaning: { en: 'only verify', zh: '只限制本机号码校验' } },
    ],
    why: {
      en: 'The sentence is in the section about verify, but the developer portal states the trial quota for each app.',
      zh: '这句话写在本机号码校验一节，但开发者社区的试用次数是按应用给的。',
    },
  },
  'login-ip-check': {
    title: { en: 'Check of the IP whitelist at login', zh: '获取手机号码何时校验 IP 白名单' },
    section: '1.1, 1.2 strictcheck',
    sentence:
      '开发者需到开发者社区填写服务端出口IP地址后才能正常使用 / 暂时填写"0"，填写“1”时，将对服务器IP白名单进行强校验（后续将强制要求IP强校验）',
    meanings: [
      {
        option: 'strict-only',
        meaning: { en: 'checked only if strictcheck is 1', zh: '只在 strictcheck 为 1 时校验' },
      },
      { option: 'always', meaning: { en: 'always checked', zh: '总是校验' } },
      {
        option: 'registered',
        meaning: {
          en: 'with strictcheck 0, refused only if no address is entered; with 1, checked against the whitelist',
          zh: 'strictcheck 为 0 时，一个 IP 都没填才拒绝；为 1 时校验白名单',
        },
      },
    ],
    why: {
      en: 'The two sentences contradict each other. One says that an app works only after an address is entered; the other says that 0 may be sent for now. That 0 allows every address is observed, not documented.',
      zh: '两句话互相矛盾：一句说填了出口 IP 才能正常使用，一句说暂时可以填 0。填 0 时任何 IP 都放行，是公开资料可见的，文档没有写。',
    },
  },
  'login-error-desc': {
    title: { en: 'Description in a refusal of login', zh: '获取手机号码被拒绝时的描述' },
    section: '1.2',
    sentence: '返回码',
    meanings: [
      { option: 'sent', meaning: { en: 'refusals have desc', zh: '被拒时带 desc' } },
      { option: 'absent', meaning: { en: 'refusals do not have desc', zh: '被拒时不带 desc' } },
    ],
    why: {
      en: 'Not documented. Four public clients read an English desc.',
      zh: '文档没有写。有四个公开客户端读英文的 desc。',
    },
  },
  'unknown-app-at-verify': {
    title: { en: 'Code of verify for an unknown app', zh: '本机号码校验遇到未知应用时的返回码' },
    section: '2.5',
    sentence: '参数无效',
    meanings: [
      { option: '102', meaning: { en: 'an invalid parameter', zh: '算参数无效' } },
      { option: '302', meaning: { en: 'a signature that cannot be verified', zh: '算无法验签' } },
      { option: 'refused:<code>', meaning: { en: 'this code', zh: '这个返回码' } },
    ],
    why: {
      en: 'No code means that the app is unknown. Either its appId is an invalid parameter, or its signature cannot be verified.',
      zh: '没有表示应用不存在的返回码：要么算参数无效，要么算无法验签。',
    },
  },
  'other-apps-dead-token': {
    title: { en: 'Code of an expired token of another app', zh: '其他应用的过期 token 的返回码' },
    section: '1.4',
    sentence: 'sourceid不合法（服务端需要使用调用SDK时使用的appid去换取号码）',
    meanings: [
      { option: '103133', meaning: { en: 'the wrong app is reported first', zh: '先报 token 属于别的应用' } },
      { option: '104201', meaning: { en: 'the invalid token is reported first', zh: '先报 token 已失效' } },
    ],
    why: {
      en: 'Both codes fit a token that belongs to another app and is expired or used.',
      zh: 'token 属于别的应用，又已过期或用过，两个返回码都说得通。',
    },
  },
  'verify-rsa-encoding': {
    title: { en: 'Encoding of the RSA values of verify', zh: '本机号码校验的 RSA 编码' },
    section: '2.3 phoneNum, sign',
    sentence: '加密手机号码后的密文串',
    meanings: [
      { option: 'base64', meaning: { en: 'phoneNum and sign in Base64', zh: 'phoneNum 和 sign 用 Base64 编码' } },
      { option: 'hex', meaning: { en: 'in hex', zh: '用十六进制（hex）编码' } },
    ],
    why: {
      en: 'The document names no encoding. Two working clients send Base64.',
      zh: '文档没有写用哪种编码。两个能调通的客户端发的是 Base64。',
    },
  },
  'verify-sign-key': {
    title: { en: 'Key that checks the RSA signature of verify', zh: '本机号码校验的 RSA 验签公钥' },
    section: '2.3 sign',
    sentence: '使用在开发者社区中填入的RSA公钥对应的私钥进行加密',
    meanings: [
      { option: 'appVerifyKey', meaning: { en: 'only 应用公钥1 verifies the signature', zh: '只用应用公钥1 验签' } },
      {
        option: 'either',
        meaning: { en: '应用公钥1 or 应用公钥2 verifies the signature', zh: '应用公钥1、应用公钥2 都可以验签' },
      },
    ],
    why: {
      en: 'The document speaks of one registered RSA public key at verify. At login it names two: 应用公钥1 verifies signatures, 应用公钥2 encrypts. So 应用公钥1 is inferred.',
      zh: '本机号码校验一节只说“在开发者社区中填入的RSA公钥”。获取手机号码一节有两把：应用公钥1 验签，应用公钥2 加密。所以推断是应用公钥1。',
    },
  },
  'verify-key-size': {
    title: { en: 'Size of the RSA key of verify', zh: '本机号码校验的 RSA 密钥长度' },
    section: '2.3',
    sentence: '生成RSA公私钥对请使用PKCS#8算法，位数1024',
    meanings: [
      { option: 'any', meaning: { en: 'any size', zh: '不限长度' } },
      { option: '1024', meaning: { en: 'only 1024 bits; otherwise 302', zh: '只接受 1024 位，否则返回 302' } },
    ],
    why: { en: 'The document does not say whether another size is refused.', zh: '其他长度会不会被拒，文档没有写。' },
  },
  'verify-params-encoding': {
    title: { en: 'Encoding of expandParams', zh: 'expandParams 的编码' },
    section: '2.3 message, expandParams',
    sentence:
      '此参数需urlencode编码 / 扩展参数格式：param1=value1|param2=value2 方式传递，参数以竖线 | 间隔方式传递，此参数需urlencode编码。',
    meanings: [
      { option: 'any', meaning: { en: 'any text', zh: '任意文本' } },
      { option: 'encoded', meaning: { en: 'URL-encoded; otherwise 102', zh: '必须做 urlencode，否则返回 102' } },
    ],
    why: {
      en: 'The document does not say whether a text without URL encoding is refused, or whether = and | are encoded too. Both ways count as encoded: the whole text, or only each name and each value.',
      zh: '没做 urlencode 会不会被拒，= 和 | 要不要一起编码，文档都没有写。整体编码，或者只编码各个参数名和值，都算做了 urlencode。',
    },
  },
  'verify-echo': {
    title: { en: 'Values that verify returns', zh: '本机号码校验回传的字段' },
    section: '2.3 message, expandParams, 2.4',
    sentence: '接入方预留参数，该参数会透传给通知接口 / "message":""',
    meanings: [
      {
        option: 'echoed',
        meaning: { en: 'message and expandParams are returned unchanged', zh: 'message、expandParams 原样返回' },
      },
      {
        option: 'empty',
        meaning: {
          en: 'message is empty, and expandParams is not returned',
          zh: 'message 为空，不返回 expandParams',
        },
      },
      {
        option: 'decoded',
        meaning: {
          en: 'message and expandParams are returned after URL decoding',
          zh: 'message、expandParams 做 urldecode 后返回',
        },
      },
      {
        option: 'absent',
        meaning: { en: 'neither message nor expandParams is returned', zh: 'message、expandParams 都不返回' },
      },
    ],
    why: {
      en: 'The document says that message is passed on to a notification interface, but does not describe that interface. It lists both fields in the response, with the same description as in the request. The response in the sample has an empty message; the request in the sample has none.',
      zh: '文档说 message 会透传给通知接口，却没有介绍这个接口。响应参数表里也列了这两个字段，说明与请求里的相同。示例响应的 message 为空，示例请求没有传 message。',
    },
  },
  'refusal-task-id': {
    title: { en: 'taskId in a refusal', zh: '被拒绝时的 taskId' },
    section: '1.2, 2.3',
    sentence: 'taskId 话单流水号 / taskId 2 话单流水号话单流水号',
    meanings: [
      { option: 'sent', meaning: { en: 'refusals have a taskId', zh: '被拒时也返回 taskId' } },
      {
        option: 'absent',
        meaning: { en: 'only 103000, 000 and 001 have a taskId', zh: '只有 103000、000、001 返回 taskId' },
      },
    ],
    why: {
      en: 'The document lists taskId without saying which responses have it. Both samples are successes. 话单 is a billing record, so taskId may be only for charged calls.',
      zh: '文档列了 taskId，没有写哪些响应有。两个示例都是成功的。话单是计费记录，所以 taskId 可能只在计费的调用里才有。',
    },
  },
  'verify-result-desc': {
    title: { en: 'Description in the response of verify', zh: '本机号码校验的结果描述' },
    section: '2.3 answer resultDesc, 2.4',
    sentence: 'resultDesc 2 平台返回码 / "resultDesc":"是本机号码"',
    meanings: [
      { option: 'words', meaning: { en: 'the description in the list of codes', zh: '返回码列表里的描述' } },
      { option: 'code', meaning: { en: 'the result code', zh: '返回码本身' } },
    ],
    why: {
      en: 'The table describes resultDesc in the same words as resultCode: 平台返回码. The sample has a description in it.',
      zh: '表格里 resultDesc 的说明与 resultCode 相同，都是“平台返回码”；示例里却是文字描述。',
    },
  },
  'h5-sign-case': {
    title: { en: 'Letter case of the signature at H5 login', zh: 'H5 获取手机号码的签名大小写' },
    section: 'observed',
    sentence: 'sign',
    meanings: [
      { option: 'any', meaning: { en: 'hex in either case', zh: '十六进制大小写均可' } },
      { option: 'upper', meaning: { en: 'upper case only', zh: '只接受大写' } },
    ],
    why: {
      en: "The sample and public clients have upper case. The carrier's tool decodes either case when it verifies.",
      zh: '公开的示例和客户端都是大写；移动的签名工具验签时大小写都能解码。',
    },
  },
  'h5-refusal-data': {
    title: { en: 'data in a refusal of H5 login', zh: 'H5 获取手机号码被拒绝时的 data' },
    section: 'observed',
    sentence: 'data',
    meanings: [
      { option: 'absent', meaning: { en: 'refusals have no data', zh: '被拒时没有 data' } },
      { option: 'null', meaning: { en: 'refusals have data: null', zh: '被拒时 data 为 null' } },
    ],
    why: {
      en: 'data is published as returned on success. No source shows a complete refusal.',
      zh: '公开的说明是成功时返回 data，没有见过完整的被拒响应。',
    },
  },
};
