/**
 * The login of a page: checks what the page's server signed, and issues a token for h5TokenValidate. Observed in public
 * pages and documents of H5 logins; the order of the checks is assumed.
 */
import { isObject } from '../../../src/protocol/json.js';
import { operationRow } from '../../../src/protocol/operations.js';
import { equalInConstantTime, md5Hex } from '../../../src/protocol/sign.js';
import type { Bilingual, Language } from '../../../src/text/bilingual.js';
import { findApp } from '../../carrier/apps/apps.js';
import { mint } from '../../carrier/apps/mint.js';
import type { Carrier } from '../../carrier/carrier.js';
import type { AppRecord } from '../../carrier/store/state-store.js';

/** What the callback of the page gets; `detail` is for the developer's console. */
export interface PageAnswer {
  readonly code: string;
  readonly message: string;
  readonly msgId?: string;
  readonly token?: string | undefined;
  readonly userInformation?: string | undefined;
  readonly detail?: string;
}

const SIGNED_FIELDS = ['appId', 'sign', 'traceId', 'timestamp', 'version'] as const;
type SignedField = (typeof SIGNED_FIELDS)[number];
interface PageLogin extends Readonly<Record<SignedField, string>> {
  /** Of window.cmpassportMock; by default that of the first subscriber. */
  readonly phoneNumber: unknown;
}

/** One-tap login of pages: the businessType in the string to sign. */
const BUSINESS_TYPE = '8';
const { capability: CAPABILITY } = operationRow('h5TokenValidate');

/** A login of a known app. */
interface Checked {
  readonly login: PageLogin;
  readonly app: AppRecord;
}

interface Check {
  /** What was found; undefined if the check passes. */
  readonly problem: (checked: Checked) => string | undefined;
  readonly code: string;
  readonly message: string;
  readonly detail: (found: string) => Bilingual;
}

/** In the assumed order. The code of a wrong signature is observed; the others are those of the same mistakes elsewhere. */
const CHECKS: readonly Check[] = [
  {
    problem: ({ login: { timestamp } }) => (/^\d{17}$/.test(timestamp) ? undefined : timestamp),
    code: '105112',
    message: 'timestamp校验失败',
    detail: (found) => ({
      en: `timestamp must have 17 digits (yyyyMMddHHmmssSSS), found ${found}`,
      zh: `timestamp 应为 17 位数字（yyyyMMddHHmmssSSS），实际为 ${found}`,
    }),
  },
  {
    problem: ({ app }) => (app.settings.capabilities.includes(CAPABILITY) ? undefined : ''),
    code: '104003',
    message: '应用没有权益',
    detail: () => ({
      en: `the app lacks the capability ${CAPABILITY}: add it to its capabilities`,
      zh: `应用没有 ${CAPABILITY} 能力：请在 capabilities 里加上`,
    }),
  },
  {
    problem: ({ login, app: { settings } }) => {
      const text = stringToSign(login);
      const expected = md5Hex(text + settings.appKey);
      return equalInConstantTime(expected, login.sign.toUpperCase()) ? undefined : text;
    },
    code: '103101',
    message: '签名错误',
    detail: (text) => ({
      en: `sign is not the MD5 of appId + businessType + msgId + timestamp + traceId + version + appKey, where msgId is the traceId: ${text}{appKey}`,
      zh: `sign 应为 appId + businessType + msgId + timestamp + traceId + version + appKey 的 MD5，其中 msgId 就是 traceId：${text}{appKey}`,
    }),
  },
  {
    problem: ({ login: { phoneNumber } }) =>
      phoneNumber === undefined || isPhoneNumber(phoneNumber) ? undefined : String(phoneNumber),
    code: '500',
    message: 'error',
    detail: (found) => ({
      en: `window.cmpassportMock.phoneNumber must be a phone number of 11 digits, found ${found}`,
      zh: `window.cmpassportMock.phoneNumber 应为 11 位手机号码，实际为 ${found}`,
    }),
  },
];

/** @param sent the JSON that the script sends */
export async function pageLogin(carrier: Carrier, sent: unknown): Promise<PageAnswer> {
  const fields = isObject(sent) ? sent : {};
  const { language } = carrier.log;
  const missing = SIGNED_FIELDS.filter((name) => !isFilled(fields[name]));
  if (missing.length > 0)
    return {
      code: '103002',
      message: '没有填写必传参数',
      detail: { en: `data lacks ${missing.join(', ')}`, zh: `data 缺少 ${missing.join('、')}` }[
        language
      ],
    };
  const login = fields as unknown as PageLogin;
  const app = (await findApp(carrier, login.appId))?.value;
  if (app === undefined)
    return {
      code: '104000',
      message: 'app不存在',
      detail: { en: `no app ${login.appId}`, zh: `没有应用 ${login.appId}` }[language],
    };
  return refusalOf({ login, app }, language) ?? tokenFor(carrier, { login, app });
}

function refusalOf(checked: Checked, language: Language): PageAnswer | undefined {
  for (const { problem, code, message, detail } of CHECKS) {
    const found = problem(checked);
    if (found === undefined) continue;
    return { code, message, msgId: checked.login.traceId, detail: detail(found)[language] };
  }
  return undefined;
}

async function tokenFor(carrier: Carrier, { login, app }: Checked): Promise<PageAnswer> {
  const { phoneNumber, traceId } = login;
  const minted = await mint(carrier, app, {
    capability: CAPABILITY,
    ...(isPhoneNumber(phoneNumber) && { phoneNumber }),
  });
  // Only a chosen token can exist already.
  if (minted === 'exists') throw new Error('a new token exists already');
  return {
    code: '103000',
    message: 'success',
    msgId: traceId,
    token: minted[0]?.token,
    userInformation: minted[0]?.record.userInformation,
  };
}

function stringToSign({ appId, traceId, timestamp, version }: PageLogin): string {
  return appId + BUSINESS_TYPE + traceId + timestamp + traceId + version;
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isPhoneNumber(value: unknown): value is string {
  return typeof value === 'string' && /^1\d{10}$/.test(value);
}
