/** The text for each mistake that the signature search finds. The document, 1.2 sign and 2.3 sign. */
import type { ConditionalText, FindingWords } from '../finding.js';

/** An empty text lacks every field and the secret, so listing them helps no one. */
const EMPTY_TEXT: ConditionalText = {
  ifPresent: 'empty',
  detail: {
    en: 'The empty string was hashed: nothing reached the digest function.',
    zh: '参与签名的是空文本：签名原文没有传给摘要函数。',
  },
};

/** In display order: of two mistakes in one signature, the first in this list comes first. */
export const SIGN_MISTAKES = [
  {
    id: 'sign.secret-swapped',
    inLog: true,
    title: { en: 'Signed with the wrong secret', zh: '签名用错了密钥' },
    detail: {
      en: 'The signature was made with {used}. Use {due}. loginTokenValidate uses the secret of the app’s 验签方式 (APPSecret, or appKey for an app from before 2018-12-26 that never switched); tokenValidate always uses the appKey.',
      zh: '签名用的是 {used}，应该用 {due}。loginTokenValidate 用哪个密钥由应用的验签方式决定（一般是 APPSecret；2018年12月26日前申请且未升级的应用是 appKey），tokenValidate 一律用 appKey。',
    },
  },
  {
    id: 'sign.secret-missing',
    inLog: true,
    title: { en: 'Signed without a secret', zh: '签名时没有带上密钥' },
    instead: [
      EMPTY_TEXT,
      {
        ifPresent: 'used',
        detail: {
          en: 'Instead of the secret, the text {used} was used: a variable or a configuration key has no value. Set it, and use {due}.',
          zh: '该用密钥的地方用了文本“{used}”：变量或配置项没有取到值。请配好，再用 {due}。',
        },
      },
    ],
    detail: {
      en: 'The string was hashed without a secret. Use {due}: loginTokenValidate appends it to the MD5 input, and tokenValidate uses it as the HMAC key. Check that the configured value is not empty.',
      zh: '算签名时没有用密钥，应该用 {due}：loginTokenValidate 把它拼在 MD5 原文的末尾，tokenValidate 把它作为 HMAC 的密钥。请检查配置里的密钥是不是空的。',
    },
  },
  {
    id: 'sign.secret-extra',
    inLog: true,
    title: { en: 'The secret has extra characters around it', zh: '密钥前后带了多余的字符' },
    detail: {
      en: 'The signature was made with the right {fields}, but with {used}. Remove characters that come from a file, an environment variable or a web page.',
      zh: '签名用的 {fields} 没错，但{used}。请去掉从文件、环境变量或网页里带进来的字符。',
    },
    addition: {
      ifPresent: 'endsText',
      detail: {
        en: ' Or the whole string was signed with a line break at its end: echo adds one, printf does not.',
        zh: '也可能是整段签名原文末尾带了换行：echo 会加换行，printf 不会。',
      },
    },
  },
  {
    id: 'sign.secret-changed',
    inLog: true,
    title: { en: 'The secret was changed before signing', zh: '密钥改动过才用来签名' },
    detail: {
      en: 'The signature was made with {fields}, but {used}. Use the secret exactly as it is registered, all {length} characters.',
      zh: '签名用的是 {fields}，但{used}。密钥要与开发者社区里的完全一样，一共 {length} 个字符。',
    },
  },
  {
    id: 'sign.secret-decoded',
    inLog: true,
    title: { en: 'The secret was decoded before signing', zh: '密钥先解码再用来签名' },
    detail: {
      en: 'The key of the HMAC was the bytes that {fields} stands for in {used}. Use the text itself as the key: the bytes of its characters, without decoding.',
      zh: 'HMAC 的密钥用的是把 {fields} 按{used}解码得到的字节。密钥就是这串文本本身，直接取它的 UTF-8 字节，不要解码。',
    },
  },
  {
    id: 'sign.key-pair',
    inLog: true,
    title: { en: 'Signed with the wrong private key', zh: '签名用错了密钥对' },
    detail: {
      en: 'The signature matches {used} of app {app}. The carrier verifies it with {due} (应用公钥1) of the calling app. Sign with the private key of 应用公钥1; 应用公钥2 only encrypts the msisdn.',
      zh: '这个签名对应的是应用 {app} 的 {used}，而移动认证平台用发起调用的应用的 {due}（应用公钥1）验签。请用应用公钥1 对应的私钥签名；应用公钥2 只用来加密 msisdn。',
    },
  },
  {
    id: 'sign.algorithm',
    inLog: true,
    title: { en: 'Signed with the wrong algorithm', zh: '签名算法不对' },
    detail: {
      en: 'The signature was made with {used}. Use {due}. No field of the request selects {used}.',
      zh: '签名用的算法是 {used}，应该用 {due}。请求里没有字段可以选用 {used}。',
    },
    instead: [
      {
        ifPresent: 'digested',
        detail: {
          en: 'What was signed is the {digested} of the string, in hex. Use {due} once, over the string itself.',
          zh: '参与签名的是原文的 {digested}（十六进制），不是原文。请直接对原文用一次 {due}。',
        },
      },
      {
        ifPresent: 'dueKey',
        detail: {
          en: 'The signature was made with {used}, which has no key. Use {due} with the {dueKey} as its key. The {dueKey} is not part of the string.',
          zh: '签名用的是 {used}，而 {used} 不用密钥。应该用 {due}，密钥是 {dueKey}；{dueKey} 不拼进签名原文。',
        },
      },
      {
        ifPresent: 'selectedBy',
        detail: {
          en: 'The signature was made with {used}. Use {due}. {selectedBy} selects the algorithm: at loginTokenValidate, encryptionalgorithm "RSA" means SHA256withRSA, and anything else MD5; at tokenValidate, keyType "1" means MD5withRSA, and anything else HMACSHA256. Check that the field was sent, and the spelling of its name and value.',
          zh: '签名用的算法是 {used}，应该用 {due}。算法由 {selectedBy} 决定：loginTokenValidate 看 encryptionalgorithm（值为“RSA”时用 SHA256withRSA，否则用 MD5），tokenValidate 看 keyType（值为 1 时用 MD5withRSA，否则用 HMACSHA256）；请检查这个字段传了没有，字段名和值有没有写错。',
        },
      },
    ],
  },
  {
    id: 'sign.charset',
    inLog: true,
    title: {
      en: 'The string was signed in the wrong character encoding',
      zh: '签名原文的字符编码不对',
    },
    detail: {
      en: 'The string was converted to bytes as {used}. Use {due}: name the encoding explicitly where the code converts the string.',
      zh: '签名原文是按 {used} 转成字节的，应该用 {due}。请在代码里转成字节的地方写明编码。',
    },
  },
  {
    id: 'sign.field-missing',
    title: { en: 'A field is missing from the string to sign', zh: '签名原文少了字段' },
    instead: [EMPTY_TEXT],
    detail: {
      en: 'The signed string lacks: {fields}. It was: {text}',
      zh: '签名原文里少了：{fields}。实际签名的文本是：{text}',
    },
  },
  {
    id: 'sign.field-extra',
    title: { en: 'The signed string has extra content', zh: '签名原文多了内容' },
    detail: {
      en: 'The signed string has extra content, which the document does not sign: {fields}. It was: {text}',
      zh: '签名原文里多了不参与签名的内容：{fields}。实际签名的文本是：{text}',
    },
  },
  {
    id: 'sign.phone-num-variant',
    inLog: ['used'],
    title: {
      en: 'The signed phoneNum differs from the sent one',
      zh: '参与签名的 phoneNum 与发送的不一致',
    },
    detail: {
      en: 'phoneNum was signed in a different form than it was sent in ({used}): {signed}. Sign it exactly as you send it: hashed or encrypted, in the same letter case.',
      zh: '参与签名的 phoneNum 与发送的不是同一个值（{used}）：{signed}。要先算出 phoneNum（哈希或加密），再把要发送的值原样拼进签名原文，大小写也要一致。',
    },
  },
  {
    id: 'sign.time-differs',
    inLog: ['used'],
    title: { en: 'The signed time differs from the sent one', zh: '参与签名的时间与发送的不一致' },
    detail: {
      en: 'The signed string has {signed} as {fields} ({used}), but the JSON has {sent}. Generate the time once, and use it for both.',
      zh: '参与签名的 {fields} 是 {signed}（{used}），JSON 里发送的是 {sent}。时间只生成一次，签名和发送共用。',
    },
    instead: [
      {
        ifPresent: 'rounded',
        detail: {
          en: 'The time was converted to a floating-point number, which holds only 16 digits: {signed} was signed as {fields}, but {sent} was sent. Keep the 17 digits in a String from beginning to end.',
          zh: '时间转成过浮点数，而浮点数只能保留 16 位：参与签名的 {fields} 是 {signed}，发送的是 {sent}。这 17 位数字要始终用字符串保存。',
        },
      },
    ],
    addition: {
      ifPresent: 'mayBeRounded',
      detail: {
        en: ' Or the 17 digits were converted to a floating-point number, which rounds them: keep them in a String.',
        zh: '也可能是这 17 位数字转成过浮点数，末位被舍入：请始终用字符串保存。',
      },
    },
  },
  {
    id: 'sign.msgid-differs',
    inLog: ['used'],
    title: {
      en: 'The signed msgid differs from the sent one',
      zh: '参与签名的 msgid 与发送的不一致',
    },
    detail: {
      en: 'The signed string has {signed} as {fields} ({used}), but the JSON has {sent}. Generate the msgid once, and use it for both.',
      zh: '参与签名的 {fields} 是 {signed}（{used}），JSON 里发送的是 {sent}。msgid 只生成一次，签名和发送共用。',
    },
  },
  {
    id: 'sign.value-differs',
    inLog: ['used'],
    title: {
      en: 'A field was signed with another value than it was sent with',
      zh: '字段参与签名的值与发送的不一致',
    },
    detail: {
      en: 'The signed string has {signed} as {fields} ({used}), but the request has {sent}. Set the value once, and use it for both.',
      zh: '参与签名的 {fields} 是 {signed}（{used}），请求里发送的是 {sent}。同一个值要先定下来，签名和发送共用。',
    },
  },
  {
    id: 'sign.field-order',
    title: { en: 'The fields were signed in the wrong order', zh: '签名原文的字段顺序不对' },
    detail: {
      en: 'The fields were joined as {order}. The correct order is {due}.',
      zh: '实际的拼接顺序是 {order}，正确的顺序是 {due}。',
    },
  },
  {
    id: 'sign.separator',
    inLog: true,
    title: {
      en: 'The signed string has separators or field names',
      zh: '签名原文里多了分隔符或参数名',
    },
    detail: {
      en: 'The values were joined with “{used}”. The “+” in the document means concatenation: join the values directly, without separators and field names.',
      zh: '各字段是用“{used}”拼起来的。文档里的“+”表示合并，不是字符：值与值直接相连，不加分隔符，也不带参数名。',
    },
  },
  {
    id: 'sign.line-feed',
    inLog: true,
    title: { en: 'The signed string ends with a line break', zh: '签名原文末尾多了换行' },
    detail: {
      en: 'The string was signed with a line break ({used}) at its end. Remove it: on a command line, echo adds a line break, printf does not.',
      zh: '签名原文末尾多了一个换行（{used}），请去掉。命令行里 echo 会加换行，printf 不会。',
    },
  },
  {
    id: 'sign.url-encoding',
    inLog: ['used'],
    title: {
      en: 'A field was URL-encoded or decoded before signing',
      zh: '参与签名的字段做了 URL 编码或解码',
    },
    detail: {
      en: 'The signed string has {fields} in a different form than the request ({used}). Sign each value exactly as it is in the JSON.',
      zh: '参与签名的 {fields} 与请求里的写法不同（{used}）。每个值都要用 JSON 里的原值参与签名，不要再做 URL 编码或解码。',
    },
  },
  {
    id: 'sign.encoding',
    inLog: true,
    title: { en: 'The signature has the wrong encoding', zh: '签名的编码方式不对' },
    detail: {
      en: 'The signature was sent as {used}. Send it as {due}.',
      zh: '签名是按 {used} 编码发送的，应该用 {due}。',
    },
  },
  {
    id: 'sign.leading-zero',
    inLog: true,
    title: { en: 'The signature has lost leading zeros', zh: '签名丢了前导零' },
    detail: {
      en: 'The signature has {length} hex digits instead of {digits}, because {by} drops leading zeros. Use {instead}.',
      zh: '签名少了开头的 0，只有 {length} 位，应为 {digits} 位：{by} 会丢掉前导零，请用 {instead} 补齐。',
    },
  },
  {
    id: 'sign.case',
    inLog: true,
    title: {
      en: 'The hex letters of the signature are not all upper case',
      zh: '签名的字母没有全部大写',
    },
    detail: {
      en: 'The signature was sent in {used} case. The document requires {due} case. Whether the mock accepts {used} case depends on the app’s readings; the carrier does not promise it.',
      zh: '签名里有小写字母，文档要求大写。模拟服务接不接受小写，由应用的解释口径（readings）决定；真实平台不保证接受。',
    },
  },
] as const satisfies readonly FindingWords[];

export type SignMistakeId = (typeof SIGN_MISTAKES)[number]['id'];
