/** Checks that a request has the time in Beijing at which it was sent. The document, 1.2 systemtime, 2.3 timestamp. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { beijingTime, beijingTimeToMs } from '../kit/time.js';
import { shown } from '../kit/values.js';
import { eachReadable, type Judged } from './check.js';
import { FIELDS, field, type Sent } from './evidence.js';
import { bilingual, TEXTS } from './words.js';

const NEAR_MS = 5 * 60_000;
const HALF_HOUR_MS = 30 * 60_000;
/** The largest difference between time zones: UTC+14 and UTC-12. */
const ZONES_APART_MS = 26 * 3_600_000;

function time(evidence: Sent): Judged {
  const { atMs } = evidence;
  if (atMs === undefined) return { why: TEXTS.noTime };
  const received = field(evidence, 'time');
  const ms = typeof received === 'string' ? beijingTimeToMs(received) : undefined;
  const expected = beijingTime(atMs);
  if (ms !== undefined && Math.abs(ms - atMs) <= NEAR_MS) return [];
  const why = ms === undefined ? bilingual('17 digits that are a time', '17 位数字，并且是时间') : whyOf(ms - atMs);
  return [
    {
      about: FIELDS[evidence.operation].time,
      expected: bilingual(
        `${expected} (Beijing), within 5 minutes; ${why.en}`,
        `${expected}（北京时间），相差不超过 5 分钟；${why.zh}`,
      ),
      received: shown(received),
    },
  ];
}

function whyOf(offMs: number): Bilingual {
  const halfHours = Math.round(offMs / HALF_HOUR_MS);
  const isZone = Math.abs(offMs) <= ZONES_APART_MS && Math.abs(offMs - halfHours * HALF_HOUR_MS) <= NEAR_MS;
  const hours = halfHours / 2;
  if (isZone && hours === -8) return bilingual('this is UTC', '这是 UTC 时间');
  if (isZone) return bilingual(`this is another time zone, ${hours} h off`, `这是其他时区的时间，相差 ${hours} 小时`);
  return bilingual(
    `this is ${Math.round(offMs / 1000)} s off: not computed for this request`,
    `相差 ${Math.round(offMs / 1000)} 秒：不是发送这个请求时取的`,
  );
}

export const SENT_TIME = eachReadable(time, ['time.']);
