/** What is said of each mistake that the search for a sign finds. The document, 1.2 sign and 2.3 sign. */
import type { Addition, FindingRow } from '../finding.js';
import type { SignMistakeId } from '../sign/mistakes.js';

interface SignRow extends Pick<FindingRow, 'inLog' | 'title' | 'detail' | 'instead' | 'besides'> {
  readonly id: SignMistakeId;
}

/** Then it says nothing which secret or fields the text lacks: it lacks all. */
const EMPTY_TEXT: Addition = {
  where: 'empty',
  detail: {
    en: 'The empty text was hashed: nothing reached the digest.',
    zh: '参与签名的是空文本：原文没有传给摘要函数。',
  },
};

/** Of two mistakes in one sign the one that stands first is shown first. */
export const SIGN_MISTAKES: readonly SignRow[] = [
  {
    id: 'sign.secret-swapped',
    inLog: true,
    title: { en: 'Signed with the other secret', zh: '签名用错了密钥' },
    detail: {
      en: 'The sign was made with {used}; here {due} is due. loginTokenValidate takes the secret of the app’s 验签方式 (APPSecret, or appKey for an app that never switched), tokenValidate always takes the appKey.',
      zh: '签名用的是 {used}，此处应该用 {due}。loginTokenValidate 用哪一个由该应用的验签方式决定（APPSecret；2018年12月26日前申请且未升级的应用为 appKey），tokenValidate 一律以 appKey 为密钥。',
    },
  },
  {
    id: 'sign.secret-missing',
    inLog: true,
    title: { en: 'Signed without a secret', zh: '签名时没有带上密钥' },
    instead: [EMPTY_TEXT],
    detail: {
      en: 'The text was hashed without any secret. {due} is due: at the end of the MD5 text of loginTokenValidate, as the HMAC key of tokenValidate. An empty configuration value does this as well.',
      zh: '计算签名时没有用到任何密钥，此处应该用 {due}：loginTokenValidate 拼在 MD5 原文的末尾，tokenValidate 作为 HMAC 的密钥。请一并检查配置项是否读成了空值。',
    },
  },
  {
    id: 'sign.secret-extra',
    inLog: true,
    title: { en: 'The secret was used with characters around it', zh: '密钥前后带了多余的字符' },
    detail: {
      en: 'The sign was made with the right {fields}, but with {used}. Take off what a file, a variable or a web page adds to it.',
      zh: '签名用的 {fields} 本身没错，但{used}。请去掉复制、读文件或读环境变量时带进来的字符。',
    },
    besides: {
      where: 'endsText',
      detail: {
        en: ' Or the whole text was signed with a line break at its end: echo writes one, printf does not.',
        zh: '也可能是整段原文末尾带了换行：echo 会加换行，printf 不会。',
      },
    },
  },
  {
    id: 'sign.key-pair',
    inLog: true,
    title: { en: 'Signed with the key of another pair', zh: '签名用错了密钥对' },
    detail: {
      en: 'The signature fits {used} of app {app}. The carrier checks it with {due} (应用公钥1) of the calling app: sign with the private half of that one.',
      zh: '这个签名对应的是应用 {app} 的 {used}，而平台用调用方应用的 {due}（应用公钥1）验签。请改用应用公钥1对应的私钥签名；应用公钥2只用于加密 msisdn。',
    },
  },
  {
    id: 'sign.algorithm',
    inLog: true,
    title: { en: 'Signed with another algorithm', zh: '签名算法不对' },
    detail: {
      en: 'The sign was made with {used}; {due} is due. No field of the request selects {used}.',
      zh: '签名用的算法是 {used}，此处应该用 {due}。请求里没有哪个字段能选用 {used}。',
    },
    instead: [
      {
        where: 'dueKey',
        detail: {
          en: 'The sign was made with {used}, which takes no key: use {due}, with the {dueKey} as its key. The {dueKey} does not go into the text.',
          zh: '签名用的是 {used}，没有密钥：应该用 {due}，以 {dueKey} 为密钥。{dueKey} 不拼进签名原文。',
        },
      },
      {
        where: 'selectedBy',
        detail: {
          en: 'The sign was made with {used}; {due} is due. {selectedBy} selects it: at loginTokenValidate encryptionalgorithm (exactly "RSA", or else MD5), at tokenValidate keyType ("1", or else HMACSHA256). Check that the field was sent, and that its name and value are spelt right.',
          zh: '签名用的算法是 {used}，此处应该用 {due}。算法由 {selectedBy} 决定：loginTokenValidate 看 encryptionalgorithm（值为“RSA”时用 SHA256withRSA，否则用 MD5），tokenValidate 看 keyType（值为 1 时用 MD5withRSA，否则用 HMACSHA256）；请检查该字段有没有传、字段名和值有没有写错。',
        },
      },
    ],
  },
  {
    id: 'sign.charset',
    inLog: true,
    title: { en: 'The text was signed in another character encoding', zh: '签名原文的字符编码不对' },
    detail: {
      en: 'The text became bytes as {used}; {due} is due. Name the encoding where the code turns the text into bytes.',
      zh: '签名原文是按 {used} 转成字节的，应该用 {due}。请在代码里转字节的地方显式指定编码。',
    },
  },
  {
    id: 'sign.field-missing',
    title: { en: 'A field is missing from the string to sign', zh: '签名原文少了字段' },
    instead: [EMPTY_TEXT],
    detail: {
      en: 'The text that was signed lacks: {fields}. It was: {text}',
      zh: '签名原文里少了：{fields}。实际参与签名的原文是：{text}',
    },
  },
  {
    id: 'sign.field-extra',
    title: { en: 'The signed string has extra content', zh: '签名原文多了内容' },
    detail: {
      en: 'The text that was signed also holds {fields}, which the document leaves out of it. It was: {text}',
      zh: '签名原文里多了不参与签名的内容：{fields}。实际参与签名的原文是：{text}',
    },
  },
  {
    id: 'sign.phone-num-variant',
    inLog: ['used'],
    title: { en: 'Another phoneNum was signed than was sent', zh: '参与签名的 phoneNum 与发送的不一致' },
    detail: {
      en: 'phoneNum went into the text in another form than it was sent in ({used}): {signed}. It is signed exactly as transmitted, hashed or encrypted, letter case included.',
      zh: '参与签名的 phoneNum 与请求里发送的不是同一个值（{used}）：{signed}。phoneNum 要先加密，再把发送的那个密文原样拼进签名原文，大小写也要一致。',
    },
  },
  {
    id: 'sign.time-differs',
    inLog: ['used'],
    title: { en: 'Another time was signed than was sent', zh: '参与签名的时间与发送的不一致' },
    detail: {
      en: 'The text that was signed has {signed} as {fields} ({used}); the JSON has {sent}. Make the time once, and use it for both.',
      zh: '参与签名的 {fields} 是 {signed}（{used}），JSON 里发送的是 {sent}。时间只生成一次，签名和发送共用。',
    },
    instead: [
      {
        where: 'rounded',
        detail: {
          en: 'The time went through a floating-point number, which has room for 16 digits: {signed} was signed as {fields}, {sent} was sent. Keep the 17 digits in a String from beginning to end.',
          zh: '时间经过了浮点数，而浮点数放不下 17 位数字：参与签名的 {fields} 是 {signed}，发送的是 {sent}。这 17 位数字要自始至终用字符串保存。',
        },
      },
    ],
    besides: {
      where: 'mayBeRounded',
      detail: {
        en: ' Or the 17 digits went through a floating-point number, which rounds them: keep them in a String.',
        zh: '也可能是这 17 位数字经过了浮点数而被舍入：请一直用字符串保存。',
      },
    },
  },
  {
    id: 'sign.msgid-differs',
    inLog: ['used'],
    title: { en: 'Another msgid was signed than was sent', zh: '参与签名的 msgid 与发送的不一致' },
    detail: {
      en: 'The text that was signed has {signed} as {fields} ({used}); the JSON has {sent}. Make the msgid once, and use it for both.',
      zh: '参与签名的 {fields} 是 {signed}（{used}），JSON 里发送的是 {sent}。msgid 只生成一次，签名和发送共用。',
    },
  },
  {
    id: 'sign.field-order',
    title: { en: 'The fields were signed in another order', zh: '签名原文的字段顺序不对' },
    detail: {
      en: 'They were joined as {order}; the order is {due}.',
      zh: '实际的拼接顺序是 {order}，正确的顺序是 {due}。',
    },
  },
  {
    id: 'sign.separator',
    inLog: true,
    title: { en: 'Something was put between the values', zh: '签名原文里多了分隔符或参数名' },
    detail: {
      en: 'The values were joined by “{used}”. The document’s “+” stands for joining: nothing goes between the values, and no names.',
      zh: '各字段的值之间用了“{used}”。文档里的“+”表示合并，不包含在签名原文中：直接把值首尾相接，不加分隔符，也不带参数名。',
    },
  },
  {
    id: 'sign.line-feed',
    inLog: true,
    title: { en: 'A line break ends the text that was signed', zh: '签名原文末尾多了换行' },
    detail: {
      en: 'The text was signed with a line break ({used}) at its end. On a command line echo writes one, printf does not.',
      zh: '签名原文末尾多了一个换行（{used}）。在命令行里 echo 会加换行，printf 不会。',
    },
  },
  {
    id: 'sign.url-encoding',
    inLog: ['used'],
    title: { en: 'A field was signed URL-encoded or decoded', zh: '参与签名的字段做了 URL 编码或解码' },
    detail: {
      en: 'The text that was signed has {fields} in another form than the request ({used}). Values are signed exactly as they stand in the JSON.',
      zh: '参与签名的 {fields} 与请求里的形式不同（{used}）。参与签名的值必须与 JSON 里发送的值逐字相同，签名前后不要再做 URL 编码或解码。',
    },
  },
  {
    id: 'sign.encoding',
    inLog: true,
    title: { en: 'The signature is in another encoding', zh: '签名的编码方式不对' },
    detail: {
      en: 'The sign was sent as {used}; {due} is due.',
      zh: '签名是以 {used} 编码发送的，此处应该用 {due} 编码。',
    },
  },
  {
    id: 'sign.leading-zero',
    inLog: true,
    title: { en: 'The signature has lost zeros', zh: '签名丢了前导零' },
    detail: {
      en: 'The hex of the sign has {length} characters, not {digits}: a leading zero was dropped. {by} does that; write {instead}.',
      zh: '签名少了开头的 0，只有 {length} 位，应为 {digits} 位：{by} 会丢掉前导零，请用 {instead} 补齐。',
    },
  },
  {
    id: 'sign.case',
    inLog: true,
    title: { en: 'The hex letters of the signature are not all upper case', zh: '签名的字母没有全部大写' },
    detail: {
      en: 'The sign was sent in {used} case; the document asks for {due} case. Whether another case is taken depends on the app’s readings here, and is not promised by the carrier.',
      zh: '签名里含有小写字母，而文档要求输出大写字母。模拟平台是否接受小写取决于该应用的 readings 配置，现网不保证接受。',
    },
  },
];
