/** The assumptions of an explanation without the carrier: a sentence for each, and the requirements that it concerns. */

import type { Requirement } from '../../../src/protocol/requirements.js';
import { signSecretOf } from '../../../src/protocol/signature.js';
import { parseTimestamp } from '../../../src/protocol/timestamp.js';
import { type Bilingual, listed } from '../../../src/text/bilingual.js';
import { isOfToken, TOKEN_REQUIREMENTS } from './answered.js';
import type { Capture, Selection } from './capture/capture.js';
import { type CaptureData, isSignedValueMasked, signSecretUnknown } from './capture-data.js';

export interface Note {
  /** Requirements that are assumed to be met. */
  readonly assumedMet: readonly Requirement[];
  /** Requirements that are skipped: they would seem unmet, only because data is missing. */
  readonly undecidable: readonly Requirement[];
  readonly text: Bilingual;
  /** Two notes of one row say the same. */
  readonly of: NoteRow;
}

interface NoteRow {
  /** The note says how the capture was read. */
  readonly isOfReading?: true;
  readonly applies: (data: CaptureData) => boolean;
  readonly text: Bilingual | ((data: CaptureData) => Bilingual);
  readonly assumedMet?: readonly Requirement[];
  readonly undecidable?: readonly Requirement[];
}

const TOKEN_ASSUMED: Bilingual = {
  en: 'Only the carrier can check the token. It is assumed to be valid, unused, and issued for this app and this capability.',
  zh: '只有移动认证平台才能检查 token。这里当作在有效期内、没有用掉，并且属于这个应用、用于这个接口。',
};
const TOKEN_REFUSED: Bilingual = {
  en: 'Only the carrier can check the token. Its response shows one requirement of the token that was not met; the others are assumed to be met.',
  zh: '只有移动认证平台才能检查 token。从实际返回看，token 有一项要求不满足；其余的当作满足。',
};

const NOTES: readonly NoteRow[] = [
  {
    isOfReading: true,
    applies: ({ capture }) => capture.among !== undefined,
    text: ({ capture: { among } }) =>
      selectionWords(among ?? { count: 1, as: 'first', isRefused: false }),
  },
  {
    isOfReading: true,
    applies: ({ capture }) => capture.undone !== undefined,
    text: ({ capture: { undone = [] } }) => ({
      en: `This was undone: ${undone.map(({ en }) => en).join(', then ')}. If the client sent it like this, the carrier cannot read the body.`,
      zh: `依次还原了：${undone.map(({ zh }) => zh).join('、')}。如果调用方发出的就是这样，移动认证平台解析不了请求体。`,
    }),
  },
  {
    isOfReading: true,
    applies: ({ capture }) => capture.isRebuilt === true,
    text: {
      en: 'The capture shows names and values, not the body itself. It is explained as the JSON with these values. If the client sent this text itself, its body is not JSON.',
      zh: '抓到的是字段名和值，不是请求体原文，这里按同样内容的 JSON 来分析。如果调用方发出的就是这段文本，那么请求体不是 JSON。',
    },
  },
  {
    applies: isSignedValueMasked,
    assumedMet: ['signValid'],
    text: {
      en: 'A signed value is masked, so the signature cannot be judged, and none was searched. It is assumed to be correct. Capture the request where nothing is masked.',
      zh: '参与签名的值打了码，没法判断签名对不对，也没有去试各种错误的签法。这里当作正确。请在没有打码的地方重新抓取请求。',
    },
  },
  {
    isOfReading: true,
    applies: ({ capture }) => capture.tokenUsedBy !== undefined,
    text: ({ capture: { tokenUsedBy = '' } }) => ({
      en: `An earlier request of the capture (${tokenUsedBy}) was accepted with the same token.`,
      zh: `同一份内容里，更早的请求（${tokenUsedBy}）已经用同一个 token 成功过。`,
    }),
  },
  {
    applies: keysKnownByAnswer,
    assumedMet: ['encryptionPossible'],
    undecidable: ['encryptionPossible'],
    text: ({ answered }) => ({
      en: `The carrier returned ${answered?.code}, so it has the public keys of the app. The file of the app does not have them.`,
      zh: `移动认证平台返回了 ${answered?.code}，说明应用的公钥已经报备，只是应用文件里没有写。`,
    }),
  },
  {
    applies: () => true,
    assumedMet: TOKEN_REQUIREMENTS,
    text: ({ answered }) => (isOfToken(answered?.unmet ?? []) ? TOKEN_REFUSED : TOKEN_ASSUMED),
  },
  {
    applies: () => true,
    assumedMet: ['callsLeft', 'serviceUp', 'tokenServiceUp', 'numberObtained'],
    text: {
      en: "The carrier's services are assumed to be available, and the quota or package to be unused.",
      zh: '当作移动认证平台服务正常，每日次数和套餐一次也没用。',
    },
  },
  {
    applies: ({ request, draft, phoneNumber, unknownSecrets }) =>
      'phoneNum' in request &&
      draft.json !== undefined &&
      phoneNumber === undefined &&
      !unknownSecrets.includes('appKey'),
    undecidable: ['numberMatches'],
    text: {
      en: 'phoneNum was not compared with the phone number of the token, so the result can be 000 or 001. Set that number with --phone.',
      zh: '没有核对 phoneNum 里的号码是不是 token 对应的号码，所以 000 和 001 都有可能。要核对，请用 --phone 给出 token 对应的手机号码。',
    },
  },
  {
    applies: ({ phoneNumSealed }) => phoneNumSealed,
    undecidable: ['phoneNumReadable', 'numberMatches'],
    text: {
      en: "phoneNum was not encrypted with the mock's own 平台公钥. If it was encrypted with the carrier's, only the carrier can decrypt it, so it is assumed to be correct. Set another private key with --platform-key.",
      zh: 'phoneNum 不是用模拟服务自带的平台公钥加密的。如果用的是真实平台的平台公钥，只有真实平台能解密，这里当作正确。要用别的私钥，请用 --platform-key 指定。',
    },
  },
  {
    applies: (data) => signSecretUnknown(data) === 'appSecret',
    undecidable: ['signValid'],
    text: {
      en: 'The file of the app has no appSecret, so the signature cannot be checked.',
      zh: '应用文件里没有 appSecret（APPSecret），无法验签。',
    },
  },
  {
    applies: (data) => signSecretUnknown(data) === 'appKey',
    undecidable: ['signValid'],
    text: {
      en: 'The file of the app has no appKey, so the signature cannot be checked.',
      zh: '应用文件里没有 appKey，无法验签。',
    },
  },
  {
    applies: ({ maskedSecrets }) => maskedSecrets.length > 0,
    text: ({ maskedSecrets }) => ({
      en: `The file of the app has ${maskedSecrets.join(' and ')} masked, so it cannot be used. Write the complete value.`,
      zh: `应用文件里的 ${maskedSecrets.join('、')} 是打码后的，没法使用。请写完整的值。`,
    }),
  },
  {
    applies: (data) => otherSecretUnknown(data) !== undefined,
    text: (data) => {
      const unknown = otherSecretUnknown(data);
      return {
        en: `The file of the app does not have the ${unknown}. If the signature was made with it by mistake, this cannot be recognised. Add it to the file.`,
        zh: `应用文件里没有 ${unknown}。如果签名误用了它，这里认不出来。请在文件里补上。`,
      };
    },
  },
  {
    applies: ({ app, request, unknownSecrets }) =>
      app !== undefined && 'phoneNum' in request && unknownSecrets.includes('appKey'),
    undecidable: ['numberMatches'],
    text: {
      en: 'phoneNum depends on appKey, which is not in the file of the app, so phoneNum cannot be checked.',
      zh: '算 phoneNum 要用 appKey，应用文件里没有，无法核对。',
    },
  },
  {
    applies: ({ app, request, unknownSecrets }) =>
      app !== undefined &&
      'phoneNum' in request &&
      request.signing === 'rsa' &&
      unknownSecrets.includes('appKey'),
    undecidable: ['phoneNumReadable'],
    text: {
      en: 'The decrypted phoneNum cannot be checked either.',
      zh: 'phoneNum 解密后的内容也无法核对。',
    },
  },
  {
    applies: ({ file, draft }) => file.idLeftOut && draft.appId !== undefined,
    assumedMet: ['appKnown'],
    text: {
      en: 'The file of the app has no appId, so the appid of the request is assumed to be correct.',
      zh: '应用文件里没有 appId，请求里的 appid 当作正确。',
    },
  },
  {
    applies: ({ app, draft }) => app === undefined && draft.appId !== undefined,
    text: ({ draft, file }) => {
      const sent = JSON.stringify(draft.appId);
      const ids = file.configuration.settings.apps.map(({ appId }) => JSON.stringify(appId));
      const known = listed(ids.length === 0 ? ['-'] : ids);
      return {
        en: `The request has the appid ${sent}, and the file has ${known.en}. If the appid is correct, use the file of that app.`,
        zh: `请求里的 appid 是 ${sent}，应用文件里只有 ${known.zh}。如果 appid 没有写错，请换成该应用的文件。`,
      };
    },
  },
  {
    applies: ({ app, addressChecked, listsLeftOut, request }) =>
      app !== undefined && addressChecked && listsLeftOut.includes(request.operation),
    assumedMet: ['ipAllowed'],
    text: {
      en: 'The file of the app has no ipWhitelist, so the client address is assumed to be on the whitelist.',
      zh: '应用文件里没有 ipWhitelist（服务器IP白名单），来源 IP 当作在白名单内。',
    },
  },
  {
    applies: ({ app, addressChecked, listsLeftOut, request, clientIp, capture }) =>
      app !== undefined &&
      addressChecked &&
      !listsLeftOut.includes(request.operation) &&
      (clientIp ?? capture.clientIp) === undefined,
    assumedMet: ['ipAllowed'],
    text: {
      en: 'The capture does not contain the client address, so it is assumed to be on the whitelist. Set it with --client-ip.',
      zh: '抓到的内容里没有来源 IP，当作在服务器IP白名单内。要核对，请用 --client-ip 给出出口 IP。',
    },
  },
  {
    applies: ({ capture }) => missingOf(capture).length > 0,
    text: ({ capture }) => {
      const missing = missingOf(capture);
      return {
        en: `Not in the capture, and assumed to be correct: ${missing.map(({ en }) => en).join(', ')}.`,
        zh: `抓到的内容里没有${missing.map(({ zh }) => zh).join('、')}，当作正确。`,
      };
    },
  },
  {
    applies: ({ isTimeOfToken }) => isTimeOfToken,
    text: {
      en: 'The capture does not contain the arrival time, and the token was issued after the time in the request. So the time of the issue is used.',
      zh: '抓到的内容里没有到达时间，而 token 的签发时间比请求里的时间晚，所以以 token 的签发时间为准。',
    },
  },
  {
    applies: ({ capture, request, isTimeOfToken }) =>
      capture.atMs === undefined &&
      !isTimeOfToken &&
      parseTimestamp(request.sentAt ?? '') !== undefined,
    text: {
      en: 'The capture does not contain the arrival time, so the time in the request is used. A clock that is wrong, frozen or in another time zone cannot be detected.',
      zh: '抓到的内容里没有到达时间，以请求里的时间为准，所以看不出时钟不准、时间固定不变、时区不对。',
    },
  },
];

/** The carrier compares a signature only after it has found the keys for it. */
function keysKnownByAnswer({ app, request, answered }: CaptureData): boolean {
  if (app === undefined || request.signing !== 'rsa' || answered === undefined) return false;
  const { appVerifyKey, appEncryptKey } = app.settings;
  const areKnown = appVerifyKey !== null && appEncryptKey !== null;
  return !areKnown && (answered.isSuccess || answered.unmet.includes('signValid'));
}

/** The secret that the signature does not need, if the file has only the other one. */
function otherSecretUnknown({ app, request, unknownSecrets }: CaptureData) {
  const [unknown, both] = unknownSecrets;
  if (app === undefined || request.signing === 'rsa' || both !== undefined) return undefined;
  const secret = signSecretOf(request.operation, app.settings);
  return secret === undefined || secret === unknown ? undefined : unknown;
}

/** In the order of the table. */
export function notesOn(data: CaptureData): readonly Note[] {
  return NOTES.filter(({ applies }) => applies(data)).map((row) => {
    const { assumedMet = [], undecidable = [], text } = row;
    return {
      assumedMet,
      undecidable,
      text: typeof text === 'function' ? text(data) : text,
      of: row,
    };
  });
}

function selectionWords({ count, as, isRefused }: Selection): Bilingual {
  const refused = { en: isRefused ? ' that was refused' : '', zh: isRefused ? '被拒的' : '' };
  const order = { newest: '最新', first: '最前面' }[as];
  return {
    en: `The capture contains ${count} requests, and this is the ${as} one${refused.en}. To explain another one, pass only that request.`,
    zh: `抓到的内容里有 ${count} 条请求，这里分析的是${order}的一条${refused.zh}。要分析别的，请只传那一条。`,
  };
}

const PARTS = [
  { name: 'path', en: 'address', zh: '请求地址' },
  { name: 'method', en: 'method', zh: '请求方法' },
  { name: 'rawHeaders', en: 'headers', zh: '请求头' },
] as const;

function missingOf(capture: Capture): readonly Bilingual[] {
  return PARTS.filter(({ name }) => capture[name] === undefined);
}
