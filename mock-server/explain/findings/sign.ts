/** Mistakes in sign: each known mistake that reproduces the received signature. The document, 1.2 sign and 2.3 sign. */
import { modulusBits } from '../../../src/protocol/rsa-keys.js';
import { upperHex } from '../../../src/protocol/sign.js';
import { signSecretOf } from '../../../src/protocol/signature.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import {
  base64Of,
  type Evidence,
  type FindingRow,
  HEX,
  hexOf,
  NO,
  upperHexOf,
  YES,
} from '../finding.js';
import { isMasked } from '../masked-values.js';
import { signSchemesOf } from '../operations.js';
import { calculated } from '../repair/change.js';
import { missing } from '../repair/missing.js';
import { SIGN_MISTAKES, type SignMistakeId } from '../sign/mistake-rows.js';
import { textOf } from '../sign/recipe.js';
import { isSignedByUnknownKey } from '../sign/rsa.js';
import { CANDIDATES_MAX, type SignSearch, searchSign } from '../sign/search.js';
import { signView } from '../sign/sign-view.js';
import type { Subject } from '../subject.js';
import { nameOf } from './app.js';

/** Repaired by a new signature. */
export const CALCULATED = {
  explains: ['signValid'],
  together: 'sign',
  repair: (subject: Subject) => calculated(subject, { sign: true }),
} as const;

export const SIGN_FINDINGS: readonly FindingRow[] = [
  {
    id: 'sign.masked',
    title: { en: 'The signature is masked', zh: 'sign 是打码后的' },
    detail: {
      en: '{received} is a masked signature, as a log or a page shows it: the signature cannot be judged. Send the complete signature, or capture the request where nothing is masked.',
      zh: '{received} 是打码后的签名，像是从日志或页面里复制的，没法判断签名对不对。请传完整的 sign，或者在没有打码的地方重新抓取请求。',
    },
    covers: ['sign.no-match'],
    ...CALCULATED,
    repair: () => missing('signature'),
    detect: ({ request: { sign = '' } }) =>
      isMasked(sign) ? [{ field: 'sign', received: sign }] : [],
  },
  ...SIGN_MISTAKES.map(
    (row): FindingRow => ({
      ...row,
      ...CALCULATED,
      detect: (subject) => mistakesOf(subject, row.id),
    }),
  ),
  {
    id: 'sign.other-app',
    inLog: true,
    title: { en: 'Signed with the secret of another app', zh: '签名用了另一个应用的密钥' },
    detail: {
      en: 'The signature was made with the {used} of app {app}. Use the {used} of the app that the request names.',
      zh: '签名用的是应用 {app} 的 {used}，应该用请求里的应用自己的 {used}。',
    },
    detect: withSecretOfOtherApp,
    ...CALCULATED,
  },
  {
    id: 'sign.key-unknown',
    inLog: true,
    title: {
      en: 'Signed with a private key whose public key is not registered',
      zh: '签名所用的私钥，对应的公钥没有报备',
    },
    detail: {
      en: 'The signature was made neither with the private key of 应用公钥1 ({due}) nor with that of any other key here. Register the public key of the pair that you sign with. If it is registered, the signature was changed after signing.',
      zh: '这个签名不是用应用公钥1（{due}）的私钥生成的，也对不上这里的其他公钥。请报备这对密钥的公钥；如果已经报备，就是签名生成之后改动过。',
    },
    detect: withUnknownKey,
    ...CALCULATED,
  },
  {
    id: 'sign.no-match',
    inLog: true,
    title: { en: 'No known mistake reproduces the signature', zh: '按已知错误都算不出这个签名' },
    detail: {
      en: 'None of the {candidates} strings that were tried reproduces this signature. Compare stringToSign with the string that your code signed, character by character: a value may have changed between signing and sending (systemtime or timestamp, msgid, token).',
      zh: '按已知错误试了 {candidates} 种文本，都算不出这个签名。请把签名原文（stringToSign）与代码实际签名的文本逐字比对：可能是签名之后某个值又变了（systemtime 或 timestamp、msgid、token）。',
    },
    instead: [
      {
        ifPresent: 'length',
        detail: {
          en: 'The signature has {length} characters. Expected: {due}.',
          zh: '签名有 {length} 个字符，应该是 {due}。',
        },
      },
      {
        ifPresent: 'limit',
        detail: {
          en: 'None of the {candidates} strings that were tried reproduces this signature. The search stopped at its limit of {limit}, because the body has undocumented fields or very long values: send the request without them, and explain it again. Or compare stringToSign with the string that your code signed, character by character.',
          zh: '按已知错误试了 {candidates} 种文本，都算不出这个签名。请求体里有文档以外的字段或很长的值，试到上限 {limit} 就停了：去掉之后重新发送，再看分析结果；也可以把签名原文（stringToSign）与代码实际签名的文本逐字比对。',
        },
      },
      {
        ifPresent: 'secret',
        detail: {
          en: 'None of the {candidates} strings that were tried reproduces this signature. Most likely, the {secret} in your code is outdated or belongs to another app: compare it with the registered one. If they are equal, a value changed between signing and sending (systemtime or timestamp, msgid, token): compare stringToSign with the string that your code signed.',
          zh: '按已知错误试了 {candidates} 种文本，都算不出这个签名。最可能的原因：代码里的 {secret} 是旧的，或者是别的应用的，请与开发者社区里的比对。如果一致，就是签名之后某个值又变了（systemtime 或 timestamp、msgid、token），请把签名原文（stringToSign）与代码实际签名的文本比对。',
        },
      },
    ],
    addition: {
      ifPresent: 'encoding',
      detail: {
        en: ' It was truncated, or is not {encoding}.',
        zh: '可能截断了，或者不是{encoding}。',
      },
    },
    // These already explain why the signature is wrong.
    generalTo: [
      'sign.other-app',
      'sign.key-unknown',
      'body.document-sample',
      'encryption.letter-case',
      'encryption.unsupported',
      'encryption.key-not-registered',
      'value.placeholder',
      // The signature of the complete token may be right.
      'token.masked',
    ],
    detect: unexplained,
    ...CALCULATED,
  },
];

function mistakesOf(subject: Subject, id: SignMistakeId): readonly Evidence[] {
  const { request, state } = subject;
  const { mistakes, recipe } = searchSign(subject);
  const text = recipe && textOf(recipe);
  const { hash, rsa } = signSchemesOf(request.operation);
  const caseReading = request.signing === 'rsa' ? rsa?.caseReading : hash?.key.caseReading;
  const isAccepted =
    id === 'sign.case' && caseReading !== undefined && readingsOf(state)[caseReading] === 'any';
  return mistakes
    .filter((mistake) => mistake.id === id)
    .map(({ evidence }) => ({
      ...aboutSign(subject),
      ...(text !== undefined && { text }),
      ...(text === '' && { empty: YES }),
      ...evidence,
      ...(isAccepted && { acceptedBy: caseReading }),
    }));
}

/** Whether no known mistake of the app's own explains the signature. */
function isUnexplained({ searched, recipe, mistakes }: SignSearch): boolean {
  return searched && recipe === undefined && mistakes.length === 0;
}

function withSecretOfOtherApp(subject: Subject): readonly Evidence[] {
  const { request, state, otherApps } = subject;
  if (!isUnexplained(searchSign(subject)) || request.signing === 'rsa') return [];
  const sign = upperHex(request.sign ?? '');
  const app = otherApps.find(
    (one) => signView({ ...subject, state: { ...state, app: one } }).expectedSign === sign,
  );
  if (app === undefined) return [];
  return [
    {
      ...aboutSign(subject),
      used: signSecretOf(request.operation, app.settings),
      app: nameOf(app),
    },
  ];
}

/** Only with a registered key: without one, another finding asks for it. */
function withUnknownKey(subject: Subject): readonly Evidence[] {
  const { request, state } = subject;
  const search = searchSign(subject);
  const isWhole = isUnexplained(search) && search.wellFormed && request.signing === 'rsa';
  if (!isWhole || state.app?.verifyKey === undefined || !isSignedByUnknownKey(subject)) return [];
  return [{ ...aboutSign(subject), due: 'appVerifyKey' }];
}

function unexplained(subject: Subject): readonly Evidence[] {
  const search = searchSign(subject);
  if (!isUnexplained(search)) return [];
  const { candidates, complete } = search;
  return [
    {
      ...aboutSign(subject),
      candidates,
      complete: complete ? YES : NO,
      ...(wrongFormat(subject, search) ?? secretOf(subject)),
      ...(!complete && { limit: CANDIDATES_MAX }),
    },
  ];
}

/** undefined if the signature could be one of the expected kind. */
function wrongFormat(subject: Subject, { wellFormed }: SignSearch): Evidence | undefined {
  const { description: due, length: expected, encoding } = expectedFormat(subject);
  const length = (subject.request.sign ?? '').trim().length;
  if (!wellFormed) return { length, due, encoding };
  // Without the secret, the length is the only evidence: with it, the search would have found another algorithm.
  const isOtherLength = subject.signSecretUnknown === true && length !== expected;
  const isOtherKind = subject.request.signing !== 'rsa' && isSignedByUnknownKey(subject);
  return isOtherLength || isOtherKind ? { length, due } : undefined;
}

/** The secret that signs the request; undefined for RSA, and if it is unknown. */
function secretOf({ request, state: { app }, signSecretUnknown }: Subject): Evidence | undefined {
  const isKnown = request.signing !== 'rsa' && signSecretUnknown !== true;
  return app && isKnown ? { secret: signSecretOf(request.operation, app.settings) } : undefined;
}

function aboutSign(subject: Subject): Evidence {
  const { expectedSign, receivedSign } = signView(subject);
  return {
    field: 'sign',
    received: receivedSign ?? '',
    ...(expectedSign !== null && subject.signSecretUnknown !== true && { expected: expectedSign }),
  };
}

/** The document's key length, used if no key is registered. */
const MODULUS_BITS = 1024;

/** The expected format does not depend on the signed string. The length is in characters. The document, 1.2 sign and 2.3 sign. */
function expectedFormat(subject: Subject) {
  const { expectedSign } = signView(subject);
  if (expectedSign !== null) {
    const { length } = expectedSign;
    return { description: upperHexOf(length), length, encoding: HEX };
  }
  const { request, state } = subject;
  const { verifyKey } = state.app ?? {};
  const bytes = (verifyKey === undefined ? MODULUS_BITS : modulusBits(verifyKey)) / 8;
  if (signSchemesOf(request.operation).rsa?.encoding(readingsOf(state)) === 'hex')
    return { description: hexOf(bytes * 2), length: bytes * 2, encoding: HEX };
  const length = Math.ceil(bytes / 3) * 4;
  return { description: base64Of(length), length, encoding: 'Base64' };
}
