/** The clients of the command that connected to the mock, and sent no request. */
import type { Bilingual } from '../../../src/text/bilingual.js';
import { catalogue, textsOf } from '../../../src/text/catalogue.js';
import type { LostConnections } from '../../server/lost-connections.js';

export const LOST_WORDS = catalogue({
  untrusted: {
    en: "{count}× a client closed its connection, because it does not trust the mock's certificate: give it the CA in CMPASSPORT_CA_FILE",
    zh: '{count}× 调用方断开了连接，因为它不信任模拟服务的证书：请让它信任 CMPASSPORT_CA_FILE 里的 CA',
  },
  unfinished: {
    en: "{count}× a client closed its connection in the TLS handshake. If it does not trust the mock's certificate, give it the CA in CMPASSPORT_CA_FILE",
    zh: '{count}× 调用方在 TLS 握手时断开了连接。如果是不信任模拟服务的证书，请让它信任 CMPASSPORT_CA_FILE 里的 CA',
  },
  tlsAtHttp: {
    en: '{count}× a client used HTTPS at the HTTP port: its base URL must begin with http://',
    zh: '{count}× 调用方用 HTTPS 访问了 HTTP 端口：它的请求地址应以 http:// 开头',
  },
});

const wordsOf = textsOf(LOST_WORDS);
const KINDS = ['untrusted', 'tlsAtHttp', 'unfinished'] as const;

/** A line for each kind. */
export function lostLines(lost: LostConnections): readonly Bilingual[] {
  return KINDS.filter((kind) => lost[kind] > 0).map((kind) => wordsOf(kind, { count: lost[kind] }));
}

/** Those whose client certainly wanted to call the carrier, and did not reach it. */
export function provenLost({ untrusted, tlsAtHttp }: LostConnections): number {
  return untrusted + tlsAtHttp;
}
