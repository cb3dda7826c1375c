/** How late a token is, in words and in numbers. */
import { formatTimestamp, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/protocol/timestamp.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import { type Evidence, YES } from './finding.js';
import type { KnownToken } from './token.js';

/** `byMs` is the time since the expiry; or, if the clock was set back, the time until the issue. */
export function lifeOf({ record: { issuedAtMs, expiresAtMs }, nowMs }: KnownToken): Evidence {
  const isEarly = nowMs < issuedAtMs;
  const byMs = isEarly ? issuedAtMs - nowMs : nowMs - expiresAtMs;
  return {
    issuedAtMs,
    expiresAtMs,
    byMs,
    late: durationWords(byMs),
    period: periodWords(issuedAtMs, expiresAtMs),
    ...(isEarly && { early: YES }),
    issuedAt: formatTimestamp(issuedAtMs),
    expiresAt: formatTimestamp(expiresAtMs),
    nowAt: formatTimestamp(nowMs),
  };
}

/** `5.0 s`, `12 min`. */
function durationWords(ms: number): Bilingual {
  if (ms < 2 * MINUTE_MS) {
    const seconds = (ms / SECOND_MS).toFixed(1);
    return { en: `${seconds} s`, zh: `${seconds} 秒` };
  }
  const minutes = Math.round(ms / MINUTE_MS);
  return minutes < 120 ? { en: `${minutes} min`, zh: `${minutes} 分钟` } : hoursWords(ms);
}

function hoursWords(ms: number): Bilingual {
  const hours = Math.round(ms / HOUR_MS);
  return { en: `${hours} h`, zh: `${hours} 小时` };
}

const TIMESTAMP = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d{3}$/;

/** `2026-11-25 13:33:06 to 13:35:06`. */
function periodWords(fromMs: number, toMs: number): Bilingual {
  const [from, to] = [fromMs, toMs].map((ms) => formatTimestamp(ms).replace(TIMESTAMP, '$1-$2-$3 $4:$5:$6'));
  const [day = ''] = from?.split(' ') ?? [];
  const end = to?.replace(`${day} `, '') ?? '';
  return { en: `${from} to ${end}`, zh: `${from} 至 ${end}` };
}
