/** The flags of `explain`. */

import type { Language } from '../../../src/protocol/bilingual.js';
import { isPhoneNumber } from '../../../src/protocol/phone-num.js';
import { canonicalIp } from '../../carrier/engine/ip-whitelist.js';
import { quote } from '../../schemas/schema-problem.js';
import { type Environment, languageOf } from '../language.js';
import { OPTION_ROWS } from '../option-rows.js';
import { UsageError } from '../usage-error.js';

/** What `explain` is asked. */
export interface ExplainOptions {
  /** The file of the app, or a configuration file. */
  readonly app: string;
  /** undefined is standard input. */
  readonly request: string | undefined;
  readonly language: Language;
  readonly json: boolean;
  readonly clientIp: string | undefined;
  readonly phoneNumber: string | undefined;
  /** The file of the private half of 平台公钥. */
  readonly platformKey: string | undefined;
}

export const EXPLAIN_FLAGS = [
  {
    flag: 'app',
    value: 'file',
    help: {
      en: 'the app, as POST /_mock/apps takes or returns it, or a configuration file (JSON)',
      zh: '应用：POST /_mock/apps 的请求或应答，或一个配置文件（JSON）',
    },
  },
  OPTION_ROWS.lang,
  {
    flag: 'json',
    help: {
      en: 'the response of GET /_mock/requests/:id/explanation, without requestId and observed',
      zh: '输出 GET /_mock/requests/:id/explanation 的应答，不含 requestId 和 observed',
    },
  },
  {
    flag: 'client-ip',
    value: 'address',
    help: {
      en: 'where the request came from (default: as captured, else an address on the list)',
      zh: '请求的来源 IP（默认用抓到的，没有则用白名单里的一个地址）',
    },
  },
  {
    flag: 'phone',
    value: 'number',
    help: {
      en: "the number that the token stands for, to judge tokenValidate's phoneNum by",
      zh: 'token 对应的手机号码，用来判断 tokenValidate 的 phoneNum',
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
  const { app, phone } = values;
  const clientIp = values['client-ip'];
  const [request = STANDARD_INPUT, more] = files;
  if (app === undefined) throw new UsageError('explain needs the app: --app <file> (see --help)');
  if (more !== undefined) throw new UsageError(`explain takes one request, found ${quote(more)} as well (see --help)`);
  if (clientIp !== undefined && canonicalIp(clientIp) === undefined) {
    throw new UsageError(`--client-ip must be an IPv4 or IPv6 address, found ${quote(clientIp)}`);
  }
  if (phone !== undefined && !isPhoneNumber(phone)) {
    throw new UsageError(`--phone must be eleven digits that begin with 1, found ${quote(phone)}`);
  }
  return {
    app,
    request: request === STANDARD_INPUT ? undefined : request,
    language: languageOf(values.lang, env),
    json: values.json === true,
    clientIp,
    phoneNumber: phone,
    platformKey: values['platform-key'],
  };
}
