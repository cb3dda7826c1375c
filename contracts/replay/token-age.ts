/** Checks the age of the token in a captured request. The consumer suite has no such check, because its tokens are always fresh. */
import { field, isMasked } from '../consumer/evidence.js';
import { eachReadable } from '../consumer/sent/check.js';
import { bilingual, TEXTS } from '../consumer/words.js';

/** Observed: STsid, 000000, the epoch milliseconds at which it was issued, 32 letters and digits. */
const TOKEN = /^STsid0{6}(\d{13})[0-9A-Za-z]{32}$/;
/** The document, 2: a token is valid for two minutes. */
const LIFETIME_MS = 120_000;

export const CAPTURED_TOKEN_AGE = eachReadable((evidence) => {
  const token = field(evidence, 'token');
  if (isMasked(token)) return { why: TEXTS.masked };
  const issuedAtMs = Number(TOKEN.exec(String(token))?.[1]);
  if (Number.isNaN(issuedAtMs)) return { why: TEXTS.noTokenTime };
  if (evidence.atMs === undefined) return { why: TEXTS.noTime };
  const ageMs = evidence.atMs - issuedAtMs;
  if (ageMs < LIFETIME_MS) return [];
  const seconds = Math.floor(ageMs / 1000);
  return [
    {
      about: 'token',
      expected: bilingual('less than 120 s old when sent', '发送时签发不到 120 秒'),
      received: bilingual(`${seconds} s old`, `已签发 ${seconds} 秒`),
    },
  ];
}, []);
