/** Formats times and durations. Times are in Beijing time, as the carrier's. */
import {
  BEIJING_OFFSET_MS,
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  SECOND_MS,
} from '../../../src/protocol/timestamp.js';

/** `2026-11-25 18:03:21.045` */
export function beijingDateTime(atMs: number): string {
  return new Date(atMs + BEIJING_OFFSET_MS).toISOString().replace('T', ' ').replace('Z', '');
}

/** `18:03:21.045` */
export function beijingTime(atMs: number): string {
  return beijingDateTime(atMs).slice('2026-11-25 '.length);
}

/** `11-25` */
export function beijingDay(atMs: number): string {
  return beijingDateTime(atMs).slice('2026-'.length, '2026-11-25'.length);
}

export function nextBeijingMidnight(atMs: number): number {
  const days = Math.floor((atMs + BEIJING_OFFSET_MS) / DAY_MS) + 1;
  return days * DAY_MS - BEIJING_OFFSET_MS;
}

/** The rest of a duration: `1:59`, `0:07`. Seconds are rounded up, so `0:00` means the end. */
export function countdown(leftMs: number): string {
  const seconds = Math.ceil(Math.max(leftMs, 0) / SECOND_MS);
  const [minutes, rest] = [
    Math.floor((seconds * SECOND_MS) / MINUTE_MS),
    seconds % (MINUTE_MS / SECOND_MS),
  ];
  return `${minutes}:${String(rest).padStart(2, '0')}`;
}

/** `0.4 ms`, `12 ms`, `3.0 s` */
export function duration(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < SECOND_MS ? `${Math.round(ms)} ms` : `${(ms / SECOND_MS).toFixed(1)} s`;
}

type Unit = 'd' | 'h' | 'min' | 's';
export type UnitNames = Readonly<Record<Unit, string>>;

const SPANS: readonly { readonly ms: number; readonly unit: Unit }[] = [
  { ms: DAY_MS, unit: 'd' },
  { ms: HOUR_MS, unit: 'h' },
  { ms: MINUTE_MS, unit: 'min' },
  { ms: SECOND_MS, unit: 's' },
];

/** An offset in its two largest units: `+2 min`, `-1 d 3 h`. */
export function signedDuration(ms: number, names: UnitNames): string {
  let remainingMs = Math.round(Math.abs(ms) / SECOND_MS) * SECOND_MS;
  const parts: string[] = [];
  for (const { ms: span, unit } of SPANS) {
    const count = Math.floor(remainingMs / span);
    remainingMs -= count * span;
    if (count > 0) parts.push(`${count} ${names[unit]}`);
  }
  return `${ms < 0 ? '-' : '+'}${parts.slice(0, 2).join(' ') || `0 ${names.s}`}`;
}
