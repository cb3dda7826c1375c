/** The flags of `explain`. */

import { isPhoneNumber } from '../../../src/protocol/phone-num.js';
import type { Language } from '../../../src/text/bilingual.js';
import {
  type FlagTable,
  type FlagValues,
  type ValuesOf,
  valuesOf,
} from '../../../src/text/flags.js';
import { canonicalIp } from '../../carrier/engine/ip-whitelist.js';
import { type Environment, languageOf } from '../../options/language.js';
import { textWhere } from '../../options/option-kinds.js';
import { OPTION_ROWS } from '../../options/option-rows.js';
import { invalidFlag } from '../../options/options.js';
import { commandError } from '../messages.js';

export const EXPLAIN_ROWS = {
  /** The file of the app, or a configuration file. */
  app: {
    flag: 'app',
    value: 'file',
    help: {
      en: 'the app: the request or response body of POST /_mock/apps, or a configuration file (JSON)',
      zh: '应用：POST /_mock/apps 的请求体或响应，或配置文件（JSON）',
    },
  },
  lang: OPTION_ROWS.lang,
  /** The report has the table of requirements. */
  verbose: {
    flag: 'verbose',
    help: {
      en: 'also print every requirement, in the order of the checks',
      zh: '另外按检查顺序列出每一项要求',
    },
  },
  json: {
    flag: 'json',
    help: {
      en: 'print the response of GET /_mock/requests/:id/explanation, without requestId and observed',
      zh: '输出 GET /_mock/requests/:id/explanation 的响应，不含 requestId 和 observed',
    },
  },
  clientIp: {
    flag: 'client-ip',
    value: 'address',
    kind: textWhere((text) => canonicalIp(text) !== undefined, {
      en: 'be an IPv4 or IPv6 address',
      zh: '为 IPv4 或 IPv6 地址',
    }),
    help: {
      en: 'the client address of the request (default: as captured, else an address on the whitelist)',
      zh: '请求的来源 IP（默认用抓到的，没有就用白名单里的一个地址）',
    },
  },
  phoneNumber: {
    flag: 'phone',
    value: 'number',
    kind: textWhere(isPhoneNumber, {
      en: 'be eleven digits and begin with 1',
      zh: '为 1 开头的 11 位数字',
    }),
    help: {
      en: "the phone number of the token, to check tokenValidate's phoneNum",
      zh: 'token 对应的手机号码，用来核对 tokenValidate 的 phoneNum',
    },
  },
  /** The result code that the carrier returned; undefined for that of the capture. */
  answeredCode: {
    flag: 'answered',
    value: 'code',
    kind: textWhere((text) => /^\d{1,6}$/.test(text), {
      en: 'be a result code such as 103101 or 001',
      zh: '为返回码，例如 103101 或 001',
    }),
    help: {
      en: 'the result code that the carrier returned (default: that of the response in the capture)',
      zh: '移动认证平台实际返回的返回码（默认用抓到的响应里的）',
    },
  },
  /** The file with the private key of 平台公钥. */
  platformKey: {
    flag: 'platform-key',
    value: 'file',
    help: {
      en: "the private key of 平台公钥 (PKCS#8, Base64; default: the mock's own)",
      zh: '平台公钥对应的私钥（PKCS#8，Base64；默认用模拟服务自己的）',
    },
  },
} as const satisfies FlagTable;

export interface ExplainOptions extends Omit<ValuesOf<typeof EXPLAIN_ROWS>, 'app' | 'lang'> {
  readonly app: string;
  /** The file of the request; undefined is standard input. */
  readonly request: string | undefined;
  readonly language: Language;
}

const STANDARD_INPUT = '-';

/** Throws a UsageError that names the flag. */
export function toExplainOptions(
  values: FlagValues,
  { files, env }: { readonly files: readonly string[]; readonly env: Environment },
): ExplainOptions {
  const [request = STANDARD_INPUT, more] = files;
  if (values['app'] === undefined) throw commandError('explain.no-app');
  if (more !== undefined) throw commandError('explain.one-request', { found: more });
  const { app = '', lang, ...others } = valuesOf(EXPLAIN_ROWS, values, invalidFlag);
  return {
    ...others,
    app,
    request: request === STANDARD_INPUT ? undefined : request,
    language: languageOf(lang, env),
  };
}
