/** The flags of `explain`. */
import { isPhoneNumber } from '../../src/protocol/phone-num.js';
import { canonicalIp } from '../engine/ip-whitelist.js';
import { LANGUAGES, type Language } from '../explain/finding.js';
import { quote } from '../schema-problem.js';
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
    help: 'the app, as POST /_mock/apps takes or answers it, or a configuration file (JSON)',
  },
  {
    flag: 'lang',
    value: 'language',
    help: `${LANGUAGES.join(' or ')} (default: zh where LC_ALL or LANG says so, else en)`,
  },
  { flag: 'json', help: 'the answer of GET /_mock/requests/:id/explanation, without requestId' },
  {
    flag: 'client-ip',
    value: 'address',
    help: 'where the request came from (default: as captured, else an address on the list)',
  },
  { flag: 'phone', value: 'number', help: "the number that the token stands for, to judge verify's phoneNum by" },
  {
    flag: 'platform-key',
    value: 'file',
    help: "the private half of 平台公钥 (PKCS#8, Base64; default: the mock's own)",
  },
] as const;

type ExplainFlag = Exclude<(typeof EXPLAIN_FLAGS)[number]['flag'], 'json'>;
export type ExplainValues = Readonly<Partial<Record<ExplainFlag, string> & { json: boolean }>>;
type Environment = Readonly<Record<string, string | undefined>>;

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
    language: values.lang === undefined ? languageOf(env) : toLanguage(values.lang),
    json: values.json === true,
    clientIp,
    phoneNumber: phone,
    platformKey: values['platform-key'],
  };
}

function toLanguage(text: string): Language {
  const language = LANGUAGES.find((known) => known === text);
  if (language === undefined)
    throw new UsageError(`--lang must be one of ${LANGUAGES.join(', ')}, found ${quote(text)}`);
  return language;
}

/** LC_ALL wins over LANG: POSIX, 8.2. */
function languageOf({ LC_ALL = '', LANG = '' }: Environment): Language {
  return (LC_ALL === '' ? LANG : LC_ALL).startsWith('zh') ? 'zh' : 'en';
}
