/** The flags of `explain`. */

import { isPhoneNumber } from '../../../src/protocol/phone-num.js';
import type { Language } from '../../../src/text/bilingual.js';
import { quote } from '../../../src/text/shown-json.js';
import { UsageError } from '../../../src/text/usage-error.js';
import { canonicalIp } from '../../carrier/engine/ip-whitelist.js';
import { type Environment, languageOf } from '../../options/language.js';
import { textWhere } from '../../options/option-kinds.js';
import { OPTION_ROWS } from '../../options/option-rows.js';
import { checkOption } from '../../options/options.js';

export interface ExplainOptions {
  /** The file of the app, or a configuration file. */
  readonly app: string;
  /** The file of the request; undefined is standard input. */
  readonly request: string | undefined;
  readonly language: Language;
  readonly json: boolean;
  readonly clientIp: string | undefined;
  readonly phoneNumber: string | undefined;
  /** The result code that the carrier returned; undefined for that of the capture. */
  readonly answeredCode: string | undefined;
  /** The file with the private key of 平台公钥. */
  readonly platformKey: string | undefined;
}

export const EXPLAIN_FLAGS = [
  {
    flag: 'app',
    value: 'file',
    help: {
      en: 'the app: the request or response body of POST /_mock/apps, or a configuration file (JSON)',
      zh: '应用：POST /_mock/apps 的请求体或响应，或配置文件（JSON）',
    },
  },
  OPTION_ROWS.lang,
  {
    flag: 'json',
    help: {
      en: 'print the response of GET /_mock/requests/:id/explanation, without requestId and observed',
      zh: '输出 GET /_mock/requests/:id/explanation 的响应，不含 requestId 和 observed',
    },
  },
  {
    flag: 'client-ip',
    value: 'address',
    help: {
      en: 'the client address of the request (default: as captured, else an address on the whitelist)',
      zh: '请求的来源 IP（默认用抓到的，没有就用白名单里的一个地址）',
    },
  },
  {
    flag: 'phone',
    value: 'number',
    help: {
      en: "the phone number of the token, to check tokenValidate's phoneNum",
      zh: 'token 对应的手机号码，用来核对 tokenValidate 的 phoneNum',
    },
  },
  {
    flag: 'answered',
    value: 'code',
    help: {
      en: 'the result code that the carrier returned (default: that of the response in the capture)',
      zh: '移动认证平台实际返回的返回码（默认用抓到的响应里的）',
    },
  },
  {
    flag: 'platform-key',
    value: 'file',
    help: {
      en: "the private key of 平台公钥 (PKCS#8, Base64; default: the mock's own)",
      zh: '平台公钥对应的私钥（PKCS#8，Base64；默认用模拟服务自己的）',
    },
  },
] as const;

type ExplainFlag = Exclude<(typeof EXPLAIN_FLAGS)[number]['flag'], 'json'>;
export type ExplainValues = Readonly<Partial<Record<ExplainFlag, string> & { json: boolean }>>;

const STANDARD_INPUT = '-';

/** Throws a UsageError that names the flag. */
export function toExplainOptions(
  values: ExplainValues,
  { files, env }: { readonly files: readonly string[]; readonly env: Environment },
): ExplainOptions {
  const [request = STANDARD_INPUT, more] = files;
  if (values.app === undefined) {
    throw new UsageError({
      en: 'explain requires --app <file>, the app of the request (see --help)',
      zh: 'explain 需要 --app <file>，即该请求的应用（见 --help）',
    });
  }
  if (more !== undefined)
    throw new UsageError({
      en: `explain accepts one request, found ${quote(more)} as a second one: remove it (see --help)`,
      zh: `explain 一次只接受一个请求，多了 ${quote(more)}：请去掉（见 --help）`,
    });
  const text = (flag: keyof typeof KINDS) => {
    const value = values[flag];
    if (value !== undefined) checkOption(`--${flag}`, { kind: KINDS[flag] }, value);
    return value;
  };
  return {
    app: values.app,
    request: request === STANDARD_INPUT ? undefined : request,
    language: languageOf(values.lang, env),
    json: values.json === true,
    clientIp: text('client-ip'),
    phoneNumber: text('phone'),
    answeredCode: text('answered'),
    platformKey: values['platform-key'],
  };
}

const KINDS = {
  'client-ip': textWhere((text) => canonicalIp(text) !== undefined, {
    en: 'be an IPv4 or IPv6 address',
    zh: '为 IPv4 或 IPv6 地址',
  }),
  phone: textWhere(isPhoneNumber, {
    en: 'be eleven digits and begin with 1',
    zh: '为 1 开头的 11 位数字',
  }),
  answered: textWhere((text) => /^\d{1,6}$/.test(text), {
    en: 'be a result code such as 103101 or 001',
    zh: '为返回码，例如 103101 或 001',
  }),
} as const;
