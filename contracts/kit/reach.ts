/** What was found at an address that does not respond, or not like a carrier or mock, in both languages. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { wordsOf } from '../../src/text/usage-error.js';
import { ExchangeError, type WireAnswer } from './wire.js';

const REASONS: readonly (readonly [code: RegExp, en: string, zh: string])[] = [
  [/^ECONNREFUSED$/, 'no server at this address', '没有服务在监听'],
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, 'an unknown host name', '域名无法解析'],
  [
    /^(?:HPE_\w+|ECONNRESET|UND_ERR_SOCKET|EPROTO|EPIPE)$|SSL/,
    'a server that does not use the protocol of the address',
    '该地址的服务用的不是地址里的协议',
  ],
  [
    /CERT|SELF_SIGNED|UNABLE_TO/,
    'a certificate that Node.js does not trust without NODE_EXTRA_CA_CERTS',
    'Node.js 不信任它的证书，需要设置 NODE_EXTRA_CA_CERTS',
  ],
  [/TIMEOUT|TIMEDOUT|TimeoutError/, 'no response in time', '没有及时响应'],
];

export function foundIn(error: unknown): Bilingual {
  const code = error instanceof ExchangeError ? error.code : undefined;
  const [, en, zh] = REASONS.find(([codes]) => code !== undefined && codes.test(code)) ?? [];
  return en === undefined ? wordsOf(error) : { en: `${en} (${code})`, zh: `${zh}（${code}）` };
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
