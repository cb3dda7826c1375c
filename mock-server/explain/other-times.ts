/** Times that a client may have hashed or signed instead of the one that it sent: near ones, and the same one written differently. */
import { BEIJING_OFFSET_MS, formatTimestamp, parseTimestamp, TIMESTAMP_MS_MAX } from '../../src/protocol/timestamp.js';

/** Two calls of the clock, one for the JSON and one for the hash, are this near, or some other mistake was made. */
const NEAR_MS = 2500;
const UNDER_WAY_MS = 2000;

/** The same moment as other programs write it; the text itself first. */
export function waysToWriteTime(timestamp: string): readonly string[] {
  const ms = parseTimestamp(timestamp);
  const seconds = timestamp.slice(0, 14);
  const asText = timestamp.replace(/^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d*)$/, '$1-$2-$3 $4:$5:$6.$7');
  const written = [timestamp, '', seconds, `${seconds}000`, asText, asText.split('.')[0] ?? '', timestamp.trim()];
  if (ms === undefined) return [...new Set(written)];
  const utc = formatTimestamp(Math.max(0, ms - BEIJING_OFFSET_MS));
  return [...new Set([...written, String(ms), String(Math.floor(ms / 1000)), utc])];
}

/** Those around a time, the nearest first, then those at which a request that came now can have been sent. */
export function* otherTimes({
  timestamp,
  receivedAtMs,
}: {
  readonly timestamp: string;
  readonly receivedAtMs: number;
}): Generator<string> {
  const sentAtMs = parseTimestamp(timestamp);
  for (let by = 1; by <= NEAR_MS && sentAtMs !== undefined; by += 1) {
    yield* timesAt(sentAtMs + by);
    yield* timesAt(sentAtMs - by);
  }
  for (let by = 0; by <= UNDER_WAY_MS; by += 1) {
    const ms = receivedAtMs - by;
    const isTried = sentAtMs !== undefined && Math.abs(ms - sentAtMs) <= NEAR_MS;
    if (!isTried) yield* timesAt(ms);
  }
}

/** None for a time that has no 17 digits. */
function timesAt(ms: number): readonly string[] {
  return ms >= 0 && ms <= TIMESTAMP_MS_MAX ? [formatTimestamp(ms)] : [];
}
