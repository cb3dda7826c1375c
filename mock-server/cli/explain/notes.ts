/** What cannot be told without the carrier, or was not given: one sentence each, and the requirements that are taken as met for it. */

import type { Bilingual } from '../../../src/protocol/bilingual.js';
import { parseTimestamp } from '../../../src/protocol/timestamp.js';
import type { Requirement } from '../../carrier/engine/decision.js';
import { explainedOperation } from '../../explain/operations/operations.js';
import type { Capture } from './capture/capture.js';
import type { Known } from './known.js';

export interface Note {
  /** Met, because nothing that is known says otherwise. */
  readonly takenAsMet: readonly Requirement[];
  /** Passed over: what is known would have them unmet, and means nothing. */
  readonly cannotTell: readonly Requirement[];
  readonly text: Bilingual;
}

interface NoteRow extends Pick<Note, 'text'> {
  readonly holds: (known: Known) => boolean;
  readonly takenAsMet?: readonly Requirement[];
  readonly cannotTell?: readonly Requirement[];
}

/** `{name}` stands for what VALUES has under that name. */
const NOTES: readonly NoteRow[] = [
  {
    holds: ({ capture }) => capture.among !== undefined,
    text: {
      en: 'The request: it is the {as} of {count} records; to have another explained, give that one alone.',
      zh: '抓取的内容里有 {count} 条请求，这里分析的是{asZh}的一条；要分析别的，请单独给出那一条。',
    },
  },
  {
    holds: () => true,
    takenAsMet: ['tokenKnown', 'tokenOfThisApp', 'tokenOfThisCapability', 'tokenLive', 'tokenUnused'],
    text: {
      en: 'The token: only the carrier knows it. It is taken to be live, unused, and got for this app and this capability.',
      zh: 'token 是否有效、是否用过、属于哪个应用和能力，只有平台知道；这里按有效、未使用、属于本应用和本能力处理。',
    },
  },
  {
    holds: () => true,
    takenAsMet: ['callsLeft', 'serviceUp', 'tokenServiceUp', 'numberObtained'],
    text: {
      en: 'The carrier: its services are taken to be up, and no call of the quota or package to be used.',
      zh: '平台侧按服务正常、每日次数或套餐一次未用处理。',
    },
  },
  {
    holds: ({ request, draft, phoneNumber, unknownSecrets }) =>
      'phoneNum' in request &&
      draft.json !== undefined &&
      phoneNumber === undefined &&
      !unknownSecrets.includes('appKey'),
    cannotTell: ['numberMatches'],
    text: {
      en: 'The number: whose it is that phoneNum carries was not checked, so that 001 is as possible as 000. Give the number of the token with --phone.',
      zh: '没有核对 phoneNum 对应的是不是 token 的号码，所以 000 和 001 都有可能；用 --phone 给出 token 的手机号即可核对。',
    },
  },
  {
    holds: ({ phoneNumSealed }) => phoneNumSealed,
    cannotTell: ['phoneNumReadable', 'numberMatches'],
    text: {
      en: "phoneNum: it was not encrypted with the mock's own 平台公钥. If it was with the carrier's, only the carrier can decrypt it; it is taken to be right. --platform-key gives another private half.",
      zh: 'phoneNum 不是用模拟器自带的平台公钥加密的。如果用的是正式的平台公钥，只有平台能解密，这里按正确处理；另有私钥时用 --platform-key 指定。',
    },
  },
  {
    holds: (known) => known.app !== undefined && signSecretUnknown(known) === 'appSecret',
    cannotTell: ['signValid'],
    text: {
      en: 'The sign: appSecret is not in the file, so that it cannot be checked.',
      zh: '应用文件里没有 appSecret（APPSecret），无法验签。',
    },
  },
  {
    holds: (known) => known.app !== undefined && signSecretUnknown(known) === 'appKey',
    cannotTell: ['signValid'],
    text: {
      en: 'The sign: appKey is not in the file, so that it cannot be checked.',
      zh: '应用文件里没有 appKey，无法验签。',
    },
  },
  {
    holds: ({ app, request, unknownSecrets }) =>
      app !== undefined && 'phoneNum' in request && unknownSecrets.includes('appKey'),
    cannotTell: ['numberMatches'],
    text: {
      en: 'phoneNum: it is made with appKey, which is not in the file, so that it cannot be checked.',
      zh: 'phoneNum 由 appKey 参与生成，应用文件里没有 appKey，无法核对。',
    },
  },
  {
    holds: ({ app, request, unknownSecrets }) =>
      app !== undefined && isPhoneNumEncrypted(request) && unknownSecrets.includes('appKey'),
    cannotTell: ['phoneNumReadable'],
    text: {
      en: 'Nor can what phoneNum decrypts to.',
      zh: 'phoneNum 解密后的内容也因此无法核对。',
    },
  },
  {
    holds: ({ file, draft }) => file.idLeftOut && draft.appId !== undefined,
    takenAsMet: ['appKnown'],
    text: {
      en: "The appid: it is not in the file, so that the request's own is taken to be right.",
      zh: '应用文件里没有 appId，按请求里的 appid 正确处理。',
    },
  },
  {
    holds: ({ app, draft }) => app === undefined && draft.appId !== undefined,
    text: {
      en: 'The app: the request has appid {appId}, the file has {appIds}. Where the appid is right, give the file of that app.',
      zh: '请求里的 appid 是 {appId}，应用文件里只有 {appIds}。如果 appid 没有写错，请换成该应用的文件。',
    },
  },
  {
    holds: ({ app, addressChecked, listsLeftOut, request }) =>
      app !== undefined && addressChecked && listsLeftOut.includes(request.operation),
    takenAsMet: ['ipAllowed'],
    text: {
      en: 'The whitelist: ipWhitelist is not in the file, so that any address is taken to be on it.',
      zh: '应用文件里没有 ipWhitelist（服务器IP白名单），按来源 IP 在名单内处理。',
    },
  },
  {
    holds: ({ app, addressChecked, listsLeftOut, request, clientIp, capture }) =>
      app !== undefined &&
      addressChecked &&
      !listsLeftOut.includes(request.operation) &&
      (clientIp ?? capture.clientIp) === undefined,
    takenAsMet: ['ipAllowed'],
    text: {
      en: 'The address: where the request came from is not in the capture, so that it is taken to be on the list. Give it with --client-ip.',
      zh: '抓取的内容里没有来源 IP，按在服务器IP白名单内处理；用 --client-ip 给出出口 IP 即可核对。',
    },
  },
  {
    holds: ({ capture }) => missingOf(capture).length > 0,
    text: {
      en: 'The request: {missing} not in the capture, and taken to be right.',
      zh: '抓取的内容里没有{missingZh}，按正确处理。',
    },
  },
  {
    holds: ({ capture, request }) => capture.atMs === undefined && parseTimestamp(request.sentAt ?? '') !== undefined,
    text: {
      en: 'The time: when the request arrived is not in the capture, so that its own time is believed. A clock that is slow, frozen or in another zone does not show.',
      zh: '抓取的内容里没有到达时间，以请求自带的时间为准；时钟不准、时间固定不变、时区不对都看不出来。',
    },
  },
];

/** Those that hold, in the order of the table. */
export function notesOn(known: Known): readonly Note[] {
  return NOTES.filter(({ holds }) => holds(known)).map(({ takenAsMet = [], cannotTell = [], text }) => ({
    takenAsMet,
    cannotTell,
    text: { en: fill(text.en, known), zh: fill(text.zh, known) },
  }));
}

function isPhoneNumEncrypted(request: Known['request']): boolean {
  return 'phoneNum' in request && request.keyType === 'rsa';
}

/** The secret that the sign is checked by, where the file leaves it out. */
export function signSecretUnknown({ app, request, unknownSecrets }: Known) {
  const operation = explainedOperation(request.operation);
  if (app === undefined || operation.asksForRsa(request)) return undefined;
  const secret = operation.signSecret(app.settings);
  return unknownSecrets.includes(secret) ? secret : undefined;
}

interface Part {
  readonly en: string;
  readonly zh: string;
  readonly isMissing: (capture: Capture) => boolean;
}

const PARTS: readonly Part[] = [
  { en: 'address', zh: '请求地址', isMissing: ({ path }) => path === undefined },
  { en: 'method', zh: '请求方法', isMissing: ({ method }) => method === undefined },
  { en: 'headers', zh: '请求头', isMissing: ({ rawHeaders }) => rawHeaders === undefined },
];

function missingOf(capture: Capture): readonly Part[] {
  return PARTS.filter(({ isMissing }) => isMissing(capture));
}

const IN_CHINESE = { newest: '最新', first: '最前' } as const;

const VALUES: ReadonlyMap<string, (known: Known) => string> = new Map([
  ['count', ({ capture }: Known) => String(capture.among?.count)],
  ['as', ({ capture }: Known) => capture.among?.as ?? ''],
  ['asZh', ({ capture }: Known) => (capture.among === undefined ? '' : IN_CHINESE[capture.among.as])],
  ['appId', ({ draft }: Known) => JSON.stringify(draft.appId ?? '')],
  [
    'appIds',
    ({ file }: Known) => file.configuration.settings.apps.map(({ appId }) => JSON.stringify(appId)).join(', ') || '-',
  ],
  ['missing', ({ capture }: Known) => englishList(missingOf(capture).map(({ en }) => en))],
  [
    'missingZh',
    ({ capture }: Known) =>
      missingOf(capture)
        .map(({ zh }) => zh)
        .join('、'),
  ],
]);

function englishList(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2
    ? `${last} ${last === 'headers' ? 'are' : 'is'}`
    : `${names.slice(0, -1).join(', ')} and ${last} are`;
}

function fill(text: string, known: Known): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => VALUES.get(name)?.(known) ?? '');
}
