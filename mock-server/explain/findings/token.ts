/** Mistakes in the token: not the carrier's, no longer valid, not valid here, or sent again. The document, 1.4 and 2. */

import { OPERATIONS, operationRow } from '../../../src/protocol/operations.js';
import { resultRow } from '../../../src/protocol/result-codes.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import { sentObjects } from '../fields.js';
import type { CauseRow, Evidence, FindingRow } from '../finding.js';
import { withNewToken, withText } from '../repair/change.js';
import type { EarlierRequest, Subject } from '../subject.js';
import {
  innerToken,
  isDamaged,
  issuerOf,
  type KnownToken,
  knownToken,
  lifeOf,
  presentedToken,
  productOf,
  repairToken,
  type TokenKind,
  tokenKind,
  tokensOf,
} from '../token.js';
import { misspelt, namesWithWhiteSpace } from './field.js';

const FIELD = 'token';

/** The tokens that the document prints, with their sections. */
const SAMPLES = [
  { token: 'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ', section: '1.3' },
  { token: 'STsid0000001515028196605yc1oYNTuPlTlLT10AR3ywr2WApEq14JH', section: '2.4' },
] as const;

/** How JavaScript, Java, Go and Python write a value that is not there, or an object. */
const NO_VALUES = ['null', 'undefined', '[object Object]', 'None', '<nil>', 'NaN'];

/** By default, the repair is a new token. */
const ROWS: readonly (Omit<CauseRow, 'repair'> & Partial<Pick<CauseRow, 'repair'>>)[] = [
  {
    id: 'token.empty',
    explains: ['tokenPresent', 'parametersValid'],
    inLog: true,
    title: { en: 'The token is missing or empty', zh: '没有传 token' },
    detail: {
      en: 'token is missing, empty or null. It comes from the SDK in the phone. Check that the app got one, and that it sent the token to your server under the name that your server reads.',
      zh: 'token 没有传、为空或为 null。token 由手机里的 SDK 去取：请检查 App 有没有取到，以及 App 传的字段名与后端读的是不是同一个。',
    },
    detect: (subject) => (isTokenEmpty(subject) ? [{ field: FIELD, received: '' }] : []),
  },
  {
    id: 'token.no-value',
    explains: ['tokenWellFormed'],
    inLog: true,
    title: { en: 'A missing value was turned into text', zh: '空值被转成了文本' },
    detail: {
      en: 'token is the text "{received}": your program had no token and wrote that as text. Refuse a call without a token before you call the carrier, and check under which name the app sends it.',
      zh: 'token 是文本“{received}”：后端没有收到 token，却把空值拼成了文本。没有 token 时不要调用移动认证平台，并检查 App 传的字段名。',
    },
    detect: detectInText((text) => (NO_VALUES.includes(text) ? {} : undefined)),
  },
  {
    id: 'token.masked',
    explains: ['tokenWellFormed', 'signValid'],
    title: { en: 'The token is masked', zh: 'token 是打码后的' },
    detail: {
      en: '{received} is a masked token, as a log or a page shows it. Send the complete token that the SDK returned.',
      zh: '{received} 是打码后的 token，像是从日志或页面里复制的。请传 SDK 取到的完整 token。',
    },
    detect: detectKind('masked'),
  },
  {
    id: 'token.wrapped',
    explains: ['tokenWellFormed'],
    title: {
      en: 'The token is still inside an aggregator’s wrapper',
      zh: 'token 外面还套着聚合平台的包装',
    },
    detail: {
      en: 'The request has an aggregator’s access code, which ends with the carrier’s token. The carrier does not unwrap it. Exchange the access code at the aggregator, or send only {inner}.',
      zh: '传来的是聚合平台的 accesscode，移动的 token 是它的最后一段，移动认证平台不会去拆。请用聚合平台的接口换取手机号码，或只传 {inner}。',
    },
    detect: detectKind('wrapped', (text) => ({
      expected: innerToken(text),
      inner: innerToken(text),
    })),
    repair: withRepairedToken,
  },
  {
    id: 'token.other-product',
    explains: ['tokenWellFormed'],
    title: { en: 'The token belongs to another product', zh: 'token 属于别的产品' },
    detail: {
      en: '{received} is a token of {product}, for {paths}. This endpoint takes a token of {due}.',
      zh: '{received} 是 {product} 的 token，用于 {paths}。这个接口只接受 {due} 的 token。',
    },
    detect: detectInText((text, subject) => {
      const own = tokensOf(subject);
      if (own.isWellFormed(text) || tokenKind(text) !== undefined) return undefined;
      const { path, product } = issuerOf(text) ?? {};
      if (path !== undefined) return { product, due: own.product, paths: [path] };
      const found = productOf(repairToken(text));
      if (found === undefined || found === own) return undefined;
      const rows = OPERATIONS.filter(({ operation }) => moduleOf(operation).tokens === found);
      return { product: found.product, due: own.product, paths: rows.map(({ path }) => path) };
    }),
  },
  {
    id: 'token.other-provider',
    explains: ['tokenWellFormed'],
    title: { en: 'The token is not one of China Mobile', zh: 'token 不是中国移动的' },
    detail: {
      en: '{received} looks like a token of {product}. Only the provider that issued a token can exchange it. This endpoint takes a token of {due}.',
      zh: '{received} 看起来是 {product} 的 token，只能到签发它的平台去换。这个接口只接受 {due} 的 token。',
    },
    detect: detectInText((text, subject) => {
      const { path, product } = issuerOf(text) ?? {};
      const own = tokensOf(subject);
      if (product === undefined || path !== undefined || own.isWellFormed(text)) return undefined;
      return tokenKind(text) === undefined ? { product, due: own.product } : undefined;
    }),
  },
  {
    id: 'token.legacy',
    explains: ['tokenWellFormed'],
    title: { en: 'The token is for the v1.0 API', zh: 'token 是 1.0 版接口的' },
    detail: {
      en: '{received} is a long hex string that begins with 84840100: the token of an old SDK for the v1.0 API. Update the SDK in the app. The tokens of the new SDK begin with STsid.',
      zh: '{received} 是以 84840100 开头的长十六进制串，由对接 1.0 版接口的旧 SDK 取得。请升级 App 里的 SDK，新 SDK 取到的 token 以 STsid 开头。',
    },
    detect: detectKind('legacy'),
  },
  {
    id: 'token.url-encoded',
    explains: ['tokenWellFormed'],
    title: { en: 'The token was changed in transit', zh: 'token 在传递过程中变了' },
    detail: {
      en: 'The token is percent-encoded or contains white space: {received}. Send it exactly as the SDK returned it: {expected}.',
      zh: 'token 做过 URL 编码，或者混进了空白字符：{received}。要原样传 SDK 取到的值：{expected}。',
    },
    detect: detectInText((text) => (isDamaged(text) ? { expected: repairToken(text) } : undefined)),
    repair: withRepairedToken,
  },
  {
    id: 'token.sample',
    explains: ['tokenKnown'],
    inLog: ['section'],
    title: { en: 'The token is a sample from the document', zh: 'token 是文档示例里的' },
    detail: {
      en: 'The token is the sample in section {section} of the carrier’s document. Send a token that the SDK has just returned. In this mock, issue a token for the app with the control API or the console.',
      zh: '这个 token 是接口文档 {section} 节示例里的。请用 SDK 刚取到的 token；在模拟服务里，请用控制接口或控制台为应用签发一个。',
    },
    detect: detectIfUnknown((text) => {
      const sample = SAMPLES.find(({ token }) => token === text);
      return sample && { section: sample.section };
    }),
  },
  {
    id: 'token.unknown',
    explains: ['tokenKnown'],
    title: { en: 'The token was not issued here', zh: '模拟服务没有签发过这个 token' },
    detail: {
      en: '{received} has the format of a token, but was not issued here. It comes from a real phone or another server, or it was deleted by a reset, by a restart, or because there were too many tokens.',
      zh: '{received} 的格式没有问题，但不是这个模拟服务签发的：可能来自真实手机或另一个模拟服务，也可能在重置、重启或 token 太多时清除了。',
    },
    generalTo: ['token.sample'],
    detect: detectIfUnknown(() => ({})),
  },
  {
    id: 'token.other-app',
    explains: ['tokenKnown', 'tokenOfThisApp'],
    inLog: true,
    title: { en: 'The token was issued for another app', zh: 'token 是用另一个 appid 取的' },
    detail: {
      en: 'The SDK got the token with another appid than {appId}. Send the appid that the SDK was called with. The Android app and the iOS app have different ones.',
      zh: 'SDK 取这个 token 时用的不是 {appId}，而是另一个 appid。要用调用 SDK 时的 appid；Android 和 iOS 的 appid 不同。',
    },
    instead: [
      {
        ifPresent: 'expected',
        detail: {
          en: 'The SDK got the token with the appid {expected}, but the request has {appId}. Send the appid that the SDK was called with. The Android app and the iOS app have different ones.',
          zh: 'SDK 取这个 token 时用的 appid 是 {expected}，请求里写的是 {appId}。要用调用 SDK 时的 appid；Android 和 iOS 的 appid 不同。',
        },
      },
    ],
    detect: detectInKnownToken((known, { request: { appId }, isIssuerHidden }) => {
      if (known.ownApp) return undefined;
      return { appId, ...(isIssuerHidden !== true && { expected: known.appId }) };
    }),
  },
  {
    id: 'token.other-capability',
    explains: ['tokenOfThisCapability'],
    inLog: true,
    title: { en: 'The token was issued for another capability', zh: 'token 是为另一项能力取的' },
    detail: {
      en: 'The token was issued for {capability}, but sent to {expected}. One-tap login and number verification are two different calls of the SDK. Each token is valid only for its own interface.',
      zh: '这个 token 是为 {capability} 取的，却用来调用 {expected}。一键登录和本机号码校验在 SDK 里是两个不同的调用，取到的 token 只能用于对应的接口。',
    },
    detect: detectInKnownToken(({ record: { capability } }, { request: { operation } }) =>
      capability === operationRow(operation).capability
        ? undefined
        : { capability, expected: operation },
    ),
  },
  {
    id: 'token.used',
    explains: ['tokenUnused'],
    inLog: true,
    title: { en: 'The token was already used', zh: 'token 已用掉' },
    detail: {
      en: 'A token works once, and request {requestId} has already used this one. Get a new token from the SDK for each attempt.',
      zh: 'token 只能用一次，请求 {requestId} 已经用掉了这一个。每次调用都要由 SDK 重新取 token。',
    },
    detect: detectInKnownToken(({ record: { usedBy } }) =>
      usedBy === undefined ? undefined : { requestId: usedBy },
    ),
  },
  {
    id: 'token.expired',
    explains: ['tokenLive'],
    inLog: true,
    title: { en: 'The token is outside its validity period', zh: 'token 不在有效期内' },
    detail: {
      en: 'The token expired {late} before the request (valid {period}, Beijing time). Get a new token for each attempt, and send it at once.',
      zh: 'token 在请求到达前 {late}就过期了（有效期：北京时间 {period}）。每次都要重新取 token，取到后马上用。',
    },
    instead: [
      {
        ifPresent: 'early',
        detail: {
          en: 'The token is valid only {late} after the request (valid {period}, Beijing time): the app’s clock was set back to before its issue. Get a new token.',
          zh: 'token 在请求到达 {late}之后才开始有效（有效期：北京时间 {period}）：应用的时钟拨回到了签发之前。请重新取 token。',
        },
      },
    ],
    detect: detectInKnownToken((known) => (known.live ? undefined : lifeOf(known))),
  },
];

export const TOKEN_FINDINGS: readonly FindingRow[] = ROWS.map((row) => ({
  repair: withNewToken,
  ...row,
}));

/** The carrier's token, if the repair finds a well-formed one. */
function withRepairedToken(subject: Subject, { expected }: Evidence): Subject {
  const text = String(expected);
  return tokensOf(subject).isWellFormed(text)
    ? withText(subject, FIELD, text)
    : withNewToken(subject);
}

function detectInText(
  detect: (text: string, subject: Subject) => Evidence | undefined,
): FindingRow['detect'] {
  return (subject) => {
    const received = presentedToken(subject);
    const evidence = received === undefined ? undefined : detect(received, subject);
    return received === undefined || evidence === undefined
      ? []
      : [{ field: FIELD, received, ...evidence }];
  };
}

function detectKind(
  kind: TokenKind,
  evidence: (text: string) => Evidence = () => ({}),
): FindingRow['detect'] {
  return detectInText((text, subject) =>
    tokenKind(text) === kind && !tokensOf(subject).isWellFormed(text) ? evidence(text) : undefined,
  );
}

/** For a well-formed token that neither this app nor another app has. */
function detectIfUnknown(detect: (text: string) => Evidence | undefined): FindingRow['detect'] {
  return detectInText((text, subject) => {
    const { app, token, foreignToken } = subject.state;
    const unknown = app !== undefined && token === undefined && foreignToken === undefined;
    return unknown && tokensOf(subject).isWellFormed(text) ? detect(text) : undefined;
  });
}

function detectInKnownToken(
  detect: (known: KnownToken, subject: Subject) => Evidence | undefined,
): FindingRow['detect'] {
  return detectInText((_, subject) => {
    const known = knownToken(subject);
    return known && detect(known, subject);
  });
}

/**
 * Whether the object that should hold the token holds none. False if that object is missing, if the body is for the other
 * operation, or if the field's name is misspelt: those mistakes have their own findings.
 */
function isTokenEmpty(subject: Subject): boolean {
  const sentObject = sentObjects(subject).find(({ known }) => known.includes(FIELD));
  if (sentObject === undefined) return false;
  const token = sentObject.sent[FIELD];
  if (token !== undefined) return token === '' || token === null;
  return [...misspelt(sentObject), ...namesWithWhiteSpace(sentObject)].every(
    ({ field }) => field !== FIELD,
  );
}

export const CLIENT_FINDINGS: readonly FindingRow[] = [
  {
    id: 'client.retry',
    explains: [],
    inLog: true,
    title: { en: 'The same token was sent again', zh: '同一个 token 发了两次' },
    detail: {
      en: 'Request {requestId} was already answered with this token. A token is valid for one call. Sending it again, for example in a retry after a timeout, cannot succeed; if it did, you could be charged twice. Get a new token instead of retrying.',
      zh: '请求 {requestId} 已经用这个 token 得到过响应。一个 token 只能用一次，再发一次（例如超时后重试）不会成功；即使成功，也可能重复计费。不要重试，请重新取 token。',
    },
    detect: retried,
  },
];

/**
 * A retry is unsafe after a result that was charged or that used up the token. After a plain refusal, such as a wrong
 * signature, the client may fix the mistake and send the token again. A request to another operation is not a retry.
 */
function retried(subject: Subject): readonly Evidence[] {
  if (presentedToken(subject) === undefined) return [];
  const before = spentBy(subject);
  if (before !== undefined) return [{ requestId: before.id, resultCode: before.resultCode }];
  const usedBy = unlistedUser(subject);
  return usedBy === undefined ? [] : [{ requestId: usedBy }];
}

/** The earlier request that was charged for the token, or used it up. */
function spentBy(subject: Subject): EarlierRequest | undefined {
  const { request, state, earlier } = subject;
  const token = presentedToken(subject);
  return earlier.find((one) => {
    if (one.token !== token) return false;
    const result = resultRow(request.operation, one.resultCode ?? '');
    return result !== undefined && (result.charged || one.id === state.token?.usedBy);
  });
}

/** The request that used the token at its own operation, if the journal no longer has it. */
function unlistedUser({ request, state: { token }, earlier }: Subject): string | undefined {
  if (token?.capability !== operationRow(request.operation).capability) return undefined;
  const isListed = earlier.some(({ id }) => id === token.usedBy);
  return isListed ? undefined : token.usedBy;
}
