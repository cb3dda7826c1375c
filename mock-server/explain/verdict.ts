/** The first line of a report: what is wrong, and what to do. */
import type { NextStep } from '../../src/protocol/next-steps.js';
import type { Requirement } from '../../src/protocol/requirements.js';
import { resultRow } from '../../src/protocol/result-codes.js';
import type { Bilingual, Language } from '../../src/text/bilingual.js';
import { catalogue, textsOf } from '../../src/text/catalogue.js';
import { REQUIREMENTS, requirementOf } from '../carrier/engine/requirements.js';
import type { Explanation } from './explain.js';
import type { ShownFinding } from './finding.js';

/** The carrier's response to a captured request. */
export interface Answered {
  readonly code: string;
  readonly isSuccess: boolean;
  /** The requirements that the code is about; none for a code that no requirement has. */
  readonly unmet: readonly Requirement[];
}

/** What is known of a captured request, besides its explanation. */
export interface CaptureFacts {
  readonly answered?: Answered | undefined;
  /** The secret of the signature is unknown. */
  readonly signSecretUnknown: boolean;
  /** A value that is signed is masked. */
  readonly isSignedValueMasked: boolean;
  /** The id of a remark that would explain the carrier's response. */
  readonly suspect: string | undefined;
}

export interface VerdictInputs {
  readonly explanation: Explanation;
  /** undefined for a request that this server answered. */
  readonly captured: CaptureFacts | undefined;
}

export interface Verdict {
  readonly isRefused: boolean;
  readonly code: string;
  readonly text: string;
}

const verdict = textsOf(
  catalogue({
    cause: { en: '{title}. {detail}', zh: '{title}。{detail}' },
    'cause-of-several': {
      en: '{title}. {detail} ({count} mistakes, this is the first.)',
      zh: '{title}。{detail}（共 {count} 处错误，这是第一处。）',
    },
    masked: {
      en: 'Masked: the signature cannot be judged, and none was searched. {detail} If only the log masks it, capture the request where it is complete.',
      zh: '打了码，没法判断签名，也没有去试各种错误的签法。{detail}如果只是日志打了码，请在没有打码的地方重新抓取请求。',
    },
    unmet: { en: 'Refused: {unmet}.', zh: '被拒：{unmet}。' },
    forced: { en: 'A test forced this outcome.', zh: '这是测试强制返回的。' },
    'nothing-wrong': {
      en: 'Nothing in the request is wrong: {reason}',
      zh: '请求没有问题：{reason}',
    },
    'unknown-code': {
      en: 'Nothing in the request is wrong as far as it can be checked here, and no list has this code. Ask the carrier what it means.',
      zh: '这里能检查的都没有问题，而哪个列表里都没有这个返回码。请向移动认证平台询问它的含义。',
    },
    'no-secret': {
      en: 'Nothing wrong was found, but the signature was not checked: the file of the app does not have its secret. Add it.',
      zh: '没有发现问题，但没有验签：应用文件里没有签名用的密钥。请补上。',
    },
    accepted: { en: 'Nothing wrong was found.', zh: '没有发现问题。' },
    remark: {
      en: 'Accepted here, with a remark: {title}. {detail}',
      zh: '这里会接受，但要注意：{title}。{detail}',
    },
    suspect: { en: 'Probably: {title}. {detail}', zh: '可能的原因：{title}。{detail}' },
  }),
);

export function verdictOf(inputs: VerdictInputs, language: Language): Verdict {
  const { explanation, captured } = inputs;
  const { decidedBy, findings } = explanation;
  const isRefusedHere = decidedBy !== 'allMet' && decidedBy !== 'forced';
  const causes = findings.filter(({ role }) => role === 'cause');
  const words = isRefusedHere ? ofRefusal(causes, inputs) : ofAcceptance(inputs, language);
  return {
    isRefused: isRefusedHere || captured?.answered?.isSuccess === false,
    code: codeOf(inputs, isRefusedHere),
    text: words[language],
  };
}

/** The carrier's own code, unless a mistake in the request explains another one. */
function codeOf(
  { explanation: { resultCode }, captured }: VerdictInputs,
  isRefusedHere: boolean,
): string {
  const isOfMistake = isRefusedHere && captured?.isSignedValueMasked !== true;
  return (isOfMistake ? undefined : captured?.answered?.code) ?? resultCode ?? '-';
}

function ofRefusal(
  causes: readonly ShownFinding[],
  { explanation: { decidedBy }, captured }: VerdictInputs,
): Bilingual {
  const [first] = causes;
  const requires = requirementOf(decidedBy);
  if (first === undefined)
    return verdict('unmet', { unmet: requires === undefined ? '' : REQUIREMENTS[requires].unmet });
  const { title, detail } = first;
  if (captured?.isSignedValueMasked === true) return verdict('masked', { detail });
  return causes.length === 1
    ? verdict('cause', { title, detail })
    : verdict('cause-of-several', { title, detail, count: causes.length });
}

function ofAcceptance({ explanation, captured }: VerdictInputs, language: Language): Bilingual {
  const { decidedBy, findings, operation } = explanation;
  const { answered, signSecretUnknown = false, suspect } = captured ?? {};
  if (decidedBy === 'forced') return verdict('forced');
  if (answered?.isSuccess === false) {
    const suspected = findings.find(({ id }) => id === suspect);
    return suspected === undefined
      ? ofAnswer(answered, { operation, signSecretUnknown }, language)
      : verdict('suspect', suspected);
  }
  if (signSecretUnknown) return verdict('no-secret');
  const [remark] = findings;
  return remark === undefined ? verdict('accepted') : verdict('remark', remark);
}

/** What to do about a refusal that is not about the request. */
export const TO_DO: Readonly<Record<NextStep, Bilingual>> = {
  getNewToken: {
    en: 'Get a new token from the SDK for each attempt, and send it at once.',
    zh: '每次都要由 SDK 重新取 token，取到后马上用。',
  },
  fallBackToSms: { en: 'Let this user in by an SMS code.', zh: '请让该用户改用短信验证码。' },
  fixConfiguration: {
    en: 'Compare the settings of the app in the developer portal.',
    zh: '请核对开发者社区里该应用的配置。',
  },
  contactCarrier: {
    en: "Ask the carrier's business department.",
    zh: '请联系中国移动商务。',
  },
  retryLater: { en: 'Try again later with a new token.', zh: '请稍后用新 token 再试。' },
};

/** A requirement of which more is known than that it is not met. */
const REASONS: Partial<Readonly<Record<Requirement, Bilingual>>> = {
  signValid: {
    en: 'the signature is right for the secret in the file of the app, so the carrier has another one for this appid. Compare appKey and APPSecret with the developer portal.',
    zh: '签名与应用文件里的密钥一致，说明移动认证平台上这个 appid 的密钥不同。请与开发者社区里的 appKey、APPSecret 核对。',
  },
  ipAllowed: {
    en: 'the address of the server is not on the whitelist. Add its exit address to the 服务器IP白名单 of this capability in the developer portal.',
    zh: '服务器的出口 IP 不在服务器IP白名单内。请在开发者社区把出口 IP 加进这个能力的白名单。',
  },
  callsLeft: {
    en: "the package or the daily quota is used up. Ask the carrier's business department for more calls.",
    zh: '套餐或每日次数已用完。请联系中国移动商务购买。',
  },
  capabilityGranted: {
    en: 'the capability is not enabled for the app. Enable it in the developer portal.',
    zh: '应用没有勾选这个能力。请在开发者社区勾选。',
  },
};

function ofAnswer(
  { code, unmet }: Answered,
  {
    operation,
    signSecretUnknown,
  }: Pick<CaptureFacts, 'signSecretUnknown'> & Pick<Explanation, 'operation'>,
  language: Language,
): Bilingual {
  const [only, more] = unmet;
  if (only === undefined) return verdict('unknown-code');
  if (only === 'signValid' && signSecretUnknown) return verdict('no-secret');
  const known = more === undefined ? REASONS[only] : undefined;
  const step = resultRow(operation, code)?.next;
  const reasons = unmet.map((requires) => REQUIREMENTS[requires].unmet[language]);
  const { or, end } = { en: { or: ', or ', end: '. ' }, zh: { or: '，或', end: '。' } }[language];
  const toDo = step === undefined ? '' : TO_DO[step][language];
  return verdict('nothing-wrong', { reason: known ?? `${reasons.join(or)}${end}${toDo}` });
}
