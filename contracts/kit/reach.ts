/** What was found at an address that does not respond, or not like a carrier or mock, in both languages. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { wordsOf } from '../../src/text/usage-error.js';
import { ExchangeError, type WireAnswer } from './wire.js';

interface Reason {
  /** The error codes with this reason. */
  readonly code: RegExp;
  found(code: string): Bilingual;
}

const REASONS: readonly Reason[] = [
  {
    code: /^ECONNREFUSED$/,
    found: (code) => ({ en: `no server at this address (${code})`, zh: `该地址没有服务在监听（${code}）` }),
  },
  {
    code: /^(?:ENOTFOUND|EAI_AGAIN)$/,
    found: (code) => ({ en: `an unknown host name (${code})`, zh: `域名无法解析（${code}）` }),
  },
  {
    code: /^(?:HPE_\w+|ECONNRESET|UND_ERR_SOCKET|EPROTO|EPIPE)$|SSL/,
    found: (code) => ({
      en: `a server that does not use the protocol of the address (${code})`,
      zh: `该地址的服务用的不是地址里的协议（${code}）`,
    }),
  },
  {
    code: /CERT|SELF_SIGNED|UNABLE_TO/,
    found: (code) => ({
      en: `a certificate that Node.js does not trust (${code}; NODE_EXTRA_CA_CERTS adds a CA)`,
      zh: `Node.js 不信任它的证书（${code}；用 NODE_EXTRA_CA_CERTS 添加 CA）`,
    }),
  },
  {
    code: /TIMEOUT|TIMEDOUT|TimeoutError/,
    found: (code) => ({ en: `no response in time (${code})`, zh: `没有及时响应（${code}）` }),
  },
];

export function foundIn(error: unknown): Bilingual {
  const code = error instanceof ExchangeError ? error.code : undefined;
  const reason = REASONS.find((row) => code !== undefined && row.code.test(code));
  if (code !== undefined && reason !== undefined) return reason.found(code);
  return wordsOf(error);
}

const TEXT_LENGTH_MAX = 60;

/** A response that is neither a carrier's nor a mock's. */
export function answerFound({ status, body }: WireAnswer): Bilingual {
  const begins = body.trim().replace(/\s+/g, ' ').slice(0, TEXT_LENGTH_MAX);
  return {
    en: `a response with HTTP ${status}${begins === '' ? '' : ` and ${JSON.stringify(begins)}`}`,
    zh: `响应是 HTTP ${status}${begins === '' ? '' : `，内容是 ${JSON.stringify(begins)}`}`,
  };
}

/** An error message: what is required, what was found, what to do. */
export function sentenceOf(must: Bilingual, found: Bilingual, remedy: Bilingual): Bilingual {
  return {
    en: `${must.en}, found ${found.en}. ${remedy.en}`,
    zh: `${must.zh}，实际情况：${found.zh}。${remedy.zh}`,
  };
}
