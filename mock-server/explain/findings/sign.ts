/** Mistakes in sign: which known one reproduces the sign that was received. The document, 1.2 sign and 2.3 sign. */
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { NO, YES } from '../evidence-words.js';
import type { Evidence, FindingRow } from '../finding.js';
import { explainedOperation } from '../operations/operations.js';
import { formDue } from '../sign/form-due.js';
import type { SignMistakeId } from '../sign/mistakes.js';
import { searchSign } from '../sign/search.js';
import { signView } from '../sign/sign-view.js';
import type { Subject } from '../subject.js';

interface SignRow extends Pick<FindingRow, 'inLog' | 'title' | 'detail' | 'instead'> {
  readonly id: SignMistakeId;
}

/** Then it says nothing which secret or fields the text lacks: it lacks all. */
const EMPTY_TEXT: NonNullable<FindingRow['instead']> = {
  where: 'empty',
  detail: {
    en: 'The empty text was hashed: nothing reached the digest.',
    zh: '参与签名的是空文本：原文没有传给摘要函数。',
  },
};

/** Of two mistakes in one sign the one that stands first is shown first. */
const MISTAKES: readonly SignRow[] = [
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
    instead: EMPTY_TEXT,
    detail: {
      en: 'The text was hashed without any secret. {due} is due: at the end of the MD5 text of loginTokenValidate, as the HMAC key of tokenValidate. An empty configuration value does this as well.',
      zh: '计算签名时没有用到任何密钥，此处应该用 {due}：loginTokenValidate 拼在 MD5 原文的末尾，tokenValidate 作为 HMAC 的密钥。请一并检查配置项是否读成了空值。',
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
      en: 'The sign was made with {used}; {due} is due. What is due is chosen by encryptionalgorithm at loginTokenValidate (exactly "RSA", or else MD5) and by keyType at tokenValidate ("1", or else HMACSHA256): see that the field is there and spelt right.',
      zh: '签名用的算法是 {used}，此处应该用 {due}。loginTokenValidate 由 encryptionalgorithm 决定（值为“RSA”时用 SHA256withRSA，否则用 MD5），tokenValidate 由 keyType 决定（值为 1 时用 MD5withRSA，否则用 HMACSHA256）；请检查该字段有没有传、字段名和值有没有写错。',
    },
  },
  {
    id: 'sign.field-missing',
    title: { en: 'A field was left out of the text to sign', zh: '签名原文少了字段' },
    instead: EMPTY_TEXT,
    detail: {
      en: 'The text that was signed lacks: {fields}. It was: {text}',
      zh: '签名原文里少了：{fields}。实际参与签名的原文是：{text}',
    },
  },
  {
    id: 'sign.field-extra',
    title: { en: 'The text to sign holds something that is not signed', zh: '签名原文多了内容' },
    detail: {
      en: 'The text that was signed also holds {fields}, which the document leaves out of it. It was: {text}',
      zh: '签名原文里多了不参与签名的内容：{fields}。实际参与签名的原文是：{text}',
    },
  },
  {
    id: 'sign.phone-num-variant',
    title: { en: 'Another phoneNum was signed than was sent', zh: '参与签名的 phoneNum 与发送的不一致' },
    detail: {
      en: 'phoneNum went into the text in another form than it was sent in ({used}): {signed}. It is signed exactly as transmitted, hashed or encrypted, letter case included.',
      zh: '参与签名的 phoneNum 与请求里发送的不是同一个值（{used}）：{signed}。phoneNum 要先加密，再把发送的那个密文原样拼进签名原文，大小写也要一致。',
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
    id: 'sign.url-encoding',
    title: { en: 'A field was signed URL-encoded or decoded', zh: '参与签名的字段做了 URL 编码或解码' },
    detail: {
      en: 'The text that was signed has {fields} in another form than the request ({used}). Values are signed exactly as they stand in the JSON.',
      zh: '参与签名的 {fields} 与请求里的形式不同（{used}）。参与签名的值必须与 JSON 里发送的值逐字相同，签名前后不要再做 URL 编码或解码。',
    },
  },
  {
    id: 'sign.encoding',
    inLog: true,
    title: { en: 'The sign is written in another encoding', zh: '签名的编码方式不对' },
    detail: {
      en: 'The sign was sent as {used}; {due} is due.',
      zh: '签名是以 {used} 编码发送的，此处应该用 {due} 编码。',
    },
  },
  {
    id: 'sign.leading-zero',
    inLog: true,
    title: { en: 'The sign has lost zeros', zh: '签名丢了前导零' },
    detail: {
      en: 'The hex of the sign has {length} characters, not {digits}: a leading zero was dropped. {by} does that; write {instead}.',
      zh: '签名少了开头的 0，只有 {length} 位，应为 {digits} 位：{by} 会丢掉前导零，请用 {instead} 补齐。',
    },
  },
  {
    id: 'sign.case',
    inLog: true,
    title: { en: 'The hex letters of the sign are not all upper case', zh: '签名的字母没有全部大写' },
    detail: {
      en: 'The sign was sent in {used} case; the document asks for {due} case. Whether another case is taken depends on the app’s readings here, and is not promised by the carrier.',
      zh: '签名里含有小写字母，而文档要求输出大写字母。模拟平台是否接受小写取决于该应用的 readings 配置，现网不保证接受。',
    },
  },
];

export const SIGN_FINDINGS: readonly FindingRow[] = [
  ...MISTAKES.map(
    (row): FindingRow => ({ ...row, explains: ['signValid'], detect: (subject) => mistakesOf(subject, row.id) }),
  ),
  {
    id: 'sign.no-match',
    inLog: true,
    explains: ['signValid'],
    title: { en: 'No known mistake reproduces the sign', zh: '没有已知的错误能得出这个签名' },
    detail: {
      en: 'None of {candidates} ways of making it reproduces this sign. Compare stringToSign with the text that your code signed, character by character: often a value differs between what was signed and what was sent (systemtime or timestamp, msgid, token), or the secret or key is an older one or that of another app.',
      zh: '按已知的错误方式尝试了 {candidates} 种算法，都得不出这个签名。请把 stringToSign 与代码里实际参与签名的原文逐字比对：常见的原因是签名之后某个值又变了（systemtime 或 timestamp、msgid、token），或者用的是旧的、其他应用的密钥。',
    },
    instead: {
      where: 'length',
      detail: { en: 'The sign has {length} characters; {due} are due.', zh: '签名长度为 {length}，应为 {due}。' },
    },
    besides: {
      where: 'encoding',
      detail: { en: ' It was cut short, or it is no {encoding}.', zh: '可能被截断，或根本不是{encoding}。' },
    },
    // Another mistake says already why the sign cannot be right.
    generalTo: [
      'body.document-sample',
      'encryption.letter-case',
      'encryption.unsupported',
      'encryption.key-not-registered',
    ],
    detect: unexplained,
  },
];

function mistakesOf(subject: Subject, id: SignMistakeId): readonly Evidence[] {
  const { mistakes, text } = searchSign(subject);
  return mistakes
    .filter((mistake) => mistake.id === id)
    .map(({ evidence }) => ({ ...aboutSign(subject), ...ofText(text), ...evidence, ...acceptance(id, subject) }));
}

function acceptance(id: SignMistakeId, { request, state }: Subject): Evidence {
  const { caseReading } = explainedOperation(request.operation);
  return id === 'sign.case' && readingsOf(state)[caseReading] === 'any' ? { acceptedBy: caseReading } : {};
}

function ofText(text: string | undefined): Evidence {
  if (text === undefined) return {};
  return text === '' ? { text, empty: YES } : { text };
}

function unexplained(subject: Subject): readonly Evidence[] {
  const { searched, reproduced, mistakes, candidates, complete, wellFormed } = searchSign(subject);
  if (!searched || reproduced || mistakes.length > 0) return [];
  const form = wellFormed && candidates > 0 && !isOfOtherLength(subject) ? {} : wrongForm(subject, wellFormed);
  return [{ ...aboutSign(subject), candidates, complete: complete ? YES : NO, ...form }];
}

/** All that can be said where the secret is not known: else another algorithm would have been found. */
function isOfOtherLength(subject: Subject): boolean {
  return subject.signSecretUnknown === true && lengthOfSign(subject) !== formDue(subject).length;
}

function wrongForm(subject: Subject, wellFormed: boolean): Evidence {
  const { due, encoding } = formDue(subject);
  return { length: lengthOfSign(subject), due, ...(!wellFormed && { encoding }) };
}

function lengthOfSign({ request: { sign = '' } }: Subject): number {
  return sign.trim().length;
}

function aboutSign(subject: Subject): Evidence {
  const { expectedSign, receivedSign } = signView(subject);
  return {
    field: 'sign',
    received: receivedSign ?? '',
    ...(expectedSign !== null && subject.signSecretUnknown !== true && { expected: expectedSign }),
  };
}
