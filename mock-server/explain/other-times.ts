/** Times that a client may have hashed or signed instead of the sent one: nearby times, and other formats of the same time. */
import {
  BEIJING_OFFSET_MS,
  formatTimestamp,
  parseTimestamp,
  TIMESTAMP_MS_MAX,
} from '../../src/protocol/timestamp.js';

/** The clock was read twice, for the JSON and for the hash. A larger difference has another cause. */
const NEAR_MS = 2500;
const UNDER_WAY_MS = 2000;

/** The same moment in the formats of other programs; the text itself first. */
export function waysToWriteTime(timestamp: string): readonly string[] {
  const ms = parseTimestamp(timestamp);
  const seconds = timestamp.slice(0, 14);
  const asText = timestamp.replace(
    /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d*)$/,
    '$1-$2-$3 $4:$5:$6.$7',
  );
  const written = [
    timestamp,
    '',
    seconds,
    `${seconds}000`,
    asText,
    asText.split('.')[0] ?? '',
    timestamp.trim(),
  ];
  if (ms === undefined) return [...new Set(written)];
  const utc = formatTimestamp(Math.max(0, ms - BEIJING_OFFSET_MS));
  return [...new Set([...written, String(ms), String(Math.floor(ms / 1000)), utc])];
}

/** Times around the timestamp, the nearest first; then times at which a request that has just arrived can have been sent. */
export function otherTimes({
  timestamp,
  receivedAtMs,
}: {
  readonly timestamp: string;
  readonly receivedAtMs: number;
}): readonly string[] {
  return (
    otherMoments(parseTimestamp(timestamp), receivedAtMs)
      // 17 digits cannot express every time.
      .filter((ms) => ms >= 0 && ms <= TIMESTAMP_MS_MAX)
      .map(formatTimestamp)
  );
}

function otherMoments(sentAtMs: number | undefined, receivedAtMs: number): readonly number[] {
  const moments: number[] = [];
  for (let by = 1; by <= NEAR_MS && sentAtMs !== undefined; by += 1)
    moments.push(sentAtMs + by, sentAtMs - by);
  for (let by = 0; by <= UNDER_WAY_MS; by += 1) {
    const ms = receivedAtMs - by;
    const isTried = sentAtMs !== undefined && Math.abs(ms - sentAtMs) <= NEAR_MS;
    if (!isTried) moments.push(ms);
  }
  return moments;
}
