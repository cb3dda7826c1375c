/** Other interfaces of the carrier, which the document does not describe. Their paths are named instead of reported as misspelled. */
import type { Bilingual } from '../text/bilingual.js';
import { OPERATIONS, type Operation, operationRow } from './operations.js';
import { singleSlashes } from './paths.js';
import { SDK_CALLS } from './sdk-calls.js';

/** `instead` are the operations for the same purpose. */
const OTHER_INTERFACES = [
  {
    id: 'login-1.x',
    name: {
      en: 'the login interface 1.x (tokenValidate)',
      zh: '一键登录 1.x 的 tokenValidate 接口',
    },
    path: /^\/unisdk\/(?:.*\/)?tokenValidate\/?$/i,
  },
  {
    id: 'uni-token-validate',
    name: { en: 'uniTokenValidate (统一认证)', zh: '统一认证的 uniTokenValidate 接口' },
    path: /^\/api\/tokenValidate\/?$|\/uniTokenValidate\/?$/i,
    instead: ['loginTokenValidate', 'h5TokenValidate'],
  },
  {
    id: 'login-3.5',
    name: { en: 'the login interface 3.5 with 国密 (SM2)', zh: '一键登录 3.5 国密（SM2）接口' },
    path: undefined,
  },
  {
    id: 'verify-sm',
    name: {
      en: 'tokenValidate with keyType 2, 国密 (SM2 and SM3)',
      zh: 'keyType 为 2 的国密（SM2、SM3）本机号码校验',
    },
    path: undefined,
  },
  {
    id: 'sms-service',
    name: {
      en: 'the SMS service (moss.cmpassport.com)',
      zh: '短信验证码服务（moss.cmpassport.com）的接口',
    },
    path: /^\/api\/sendSmsCode\/?$/i,
  },
  {
    id: 'sms-send',
    name: {
      en: 'sendsmscode, which sends an SMS code',
      zh: '短验辅助的 sendsmscode（下发短信验证码）接口',
    },
    path: /\/sendsmscode\/?$/i,
  },
  {
    id: 'sms-check',
    name: {
      en: 'checksmscode, which checks an SMS code',
      zh: '短验辅助的 checksmscode（校验短信验证码）接口',
    },
    path: /\/checksmscode\/?$/i,
  },
  {
    id: 'user-info',
    name: { en: 'userInfoValidate', zh: 'userInfoValidate 接口' },
    path: /\/userInfoValidate\/?$/i,
  },
  {
    id: 'aggregator',
    name: {
      en: 'an aggregator, not China Mobile’s cmpassport',
      zh: '聚合平台的接口，不是中国移动的 cmpassport',
    },
    path: /^\/(?:v5\/rapidauth|v1\/web\/(?:loginTokenV|v)erify|open\/flashsdk|v2\/gy|v1\/oneclick)\b/i,
    advice: {
      en: 'the aggregator calls the carrier for you; the paths of the carrier are on the page docs/reference/operations.md',
      zh: '聚合平台会代你调用运营商；移动的接口路径见 docs/reference/operations.zh-CN.md',
    },
  },
  {
    id: 'h5-verify',
    name: { en: 'the number verification of web pages (H5)', zh: 'H5 的本机号码校验接口' },
    path: /^\/NumberAbility\/h5\//i,
    instead: ['tokenValidate'],
  },
] as const satisfies readonly OtherInterfaceRow[];

interface OtherInterfaceRow {
  readonly id: string;
  readonly name: Bilingual;
  /** undefined for an interface that shares its path with an operation. */
  readonly path: RegExp | undefined;
  readonly instead?: readonly Operation[];
  /** What to do if no operation has the same purpose, as the second half of a sentence. */
  readonly advice?: Bilingual;
}

export type OtherInterfaceId =
  | (typeof OTHER_INTERFACES)[number]['id']
  | (typeof SDK_CALLS)[number]['id'];

export interface OtherInterface extends OtherInterfaceRow {
  readonly id: OtherInterfaceId;
}

const ROWS: readonly OtherInterface[] = [...OTHER_INTERFACES, ...SDK_CALLS];

/** Addresses of the carrier's demos, which take the request of tokenValidate. */
const TEST_ADDRESS = /^\/(?:UmcOpenPlatform|umcopenapi|rs\/client\/rsapi)\//i;
const VERIFY = operationRow('tokenValidate').path;
const OF_TEST_ADDRESS: Bilingual = {
  en: `a test address of the carrier (send the same request to POST ${VERIFY})`,
  zh: `移动认证平台的测试地址（同样的请求请发到 POST ${VERIFY}）`,
};

export function otherInterface(id: OtherInterfaceId): OtherInterface | undefined {
  return ROWS.find((row) => row.id === id);
}

/** undefined for any other path. The JSSDK itself sends some of its calls with a double slash. */
export function otherInterfaceAt(path: string): OtherInterface | undefined {
  const single = singleSlashes(path);
  return ROWS.find((row) => row.path?.test(single));
}

/** Where tokens come from. The operations beyond the document take those of web pages. */
const TOKENS_OF = {
  documented: { en: 'app', zh: 'App' },
  observed: { en: 'pages', zh: 'H5' },
} as const;

/** The paths with the same purpose, and whose tokens they take; undefined if there are none. */
export function insteadOf({ instead = [] }: OtherInterface): Bilingual | undefined {
  if (instead.length === 0) return undefined;
  const rows = instead.map(operationRow);
  return {
    en: rows.map(({ basis, path }) => `${path} (${TOKENS_OF[basis].en})`).join(', '),
    zh: rows.map(({ basis, path }) => `${path}（${TOKENS_OF[basis].zh}）`).join('、'),
  };
}

/**
 * What is at a path, after "it is": another interface, a test address, or the path of an operation with a double slash; and
 * what to do instead. undefined for any other path.
 */
export function foreignPathWords(path: string): Bilingual | undefined {
  const other = otherInterfaceAt(path);
  if (other !== undefined) return otherInterfaceWords(other);
  const single = singleSlashes(path);
  if (TEST_ADDRESS.test(single)) return OF_TEST_ADDRESS;
  return single !== path && OPERATIONS.some((row) => row.path === single)
    ? doubleSlashWords(single)
    : undefined;
}

function otherInterfaceWords(other: OtherInterface): Bilingual {
  const { name, advice } = other;
  if (advice !== undefined)
    return {
      en: `${name.en}, not simulated here (${advice.en})`,
      zh: `${name.zh}，模拟服务没有实现它（${advice.zh}）`,
    };
  const { en = '', zh = '' } = insteadOf(other) ?? {};
  return {
    en: `${name.en}, a different interface, not simulated here${en && `; instead, call POST ${en}`}`,
    zh: `${name.zh}，模拟服务没有实现这个接口${zh && `，请改为调用 POST ${zh}`}`,
  };
}

function doubleSlashWords(single: string): Bilingual {
  return {
    en: `${single} with a double slash (a base URL that ends with a slash, before a path that begins with one)`,
    zh: `多了一个斜杠的 ${single}（基础地址以斜杠结尾，路径又以斜杠开头）`,
  };
}
