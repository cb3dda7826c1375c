/** Why an address does not answer, or does not answer as a carrier or a mock: what was found, in both languages. */
import type { Bilingual } from '../report/words.js';
import { ExchangeError, type WireAnswer } from './subject.js';

interface Reason {
  /** The code of the error that it covers. */
  readonly code: RegExp;
  found(code: string): Bilingual;
}

const REASONS: readonly Reason[] = [
  {
    code: /^ECONNREFUSED$/,
    found: (code) => ({ en: `nothing listens there (${code})`, zh: `该地址没有服务在监听（${code}）` }),
  },
  {
    code: /^(?:ENOTFOUND|EAI_AGAIN)$/,
    found: (code) => ({ en: `its host name is not known (${code})`, zh: `主机名无法解析（${code}）` }),
  },
  {
    code: /^(?:HPE_\w+|ECONNRESET|UND_ERR_SOCKET|EPROTO|EPIPE)$|SSL/,
    found: (code) => ({
      en: `a server that does not speak HTTP as the address has it (${code})`,
      zh: `该地址的服务没有按地址中的协议应答 HTTP（${code}）`,
    }),
  },
  {
    code: /CERT|SELF_SIGNED|UNABLE_TO/,
    found: (code) => ({
      en: `a certificate that Node.js does not trust (${code}; NODE_EXTRA_CA_CERTS names a CA)`,
      zh: `Node.js 不信任它的证书（${code}；可用 NODE_EXTRA_CA_CERTS 指定 CA）`,
    }),
  },
  {
    code: /TIMEOUT|TIMEDOUT|TimeoutError/,
    found: (code) => ({ en: `no answer in time (${code})`, zh: `没有及时应答（${code}）` }),
  },
];

export function foundIn(error: unknown): Bilingual {
  const code = error instanceof ExchangeError ? error.code : undefined;
  const reason = REASONS.find((row) => code !== undefined && row.code.test(code));
  if (code !== undefined && reason !== undefined) return reason.found(code);
  const text = error instanceof Error ? error.message : String(error);
  return { en: text, zh: text };
}

const TEXT_LENGTH_MAX = 60;

/** An answer of something that is neither. */
export function answerFound({ status, body }: WireAnswer): Bilingual {
  const begins = body.trim().replace(/\s+/g, ' ').slice(0, TEXT_LENGTH_MAX);
  return {
    en: `an answer with HTTP ${status}${begins === '' ? '' : ` and ${JSON.stringify(begins)}`}`,
    zh: `响应是 HTTP ${status}${begins === '' ? '' : `，内容是 ${JSON.stringify(begins)}`}`,
  };
}

/** What must be, what was found, what to do: one sentence of an error. */
export function sentenceOf(must: Bilingual, found: Bilingual, remedy: Bilingual): Bilingual {
  return {
    en: `${must.en}, found ${found.en}. ${remedy.en}`,
    zh: `${must.zh}，实际情况：${found.zh}。${remedy.zh}`,
  };
}
