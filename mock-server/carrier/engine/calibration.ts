/** What a team has measured at the real carrier: its interpretations, its words and its latency. `contract calibrate` writes it. */
import type { Operation } from '../../../src/protocol/operations.js';
import type { ReadingId, Readings } from './readings.js';

/** In milliseconds. */
export interface Latency {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

/** A reading whose option was observed, or what it would take to observe it. */
export type CalibratedReading =
  | { readonly option: string /** `2026-11-27` */; readonly observedOn: string }
  | { readonly notSettled: object };

/** As much of the file as the mock uses. */
export interface Calibration {
  readonly target: string;
  /** ISO 8601. */
  readonly calibratedAt: string;
  readonly readings: Partial<Readonly<Record<ReadingId, CalibratedReading>>>;
  /** What the carrier says with each code: login's `desc`, verify's `resultDesc`. */
  readonly texts?: Partial<Readonly<Record<Operation, Readonly<Record<string, string>>>>>;
  readonly latencyMs?: Partial<Readonly<Record<Operation, Latency>>>;
}

/** The options that were observed. */
export function observedReadings({ readings }: Pick<Calibration, 'readings'>): Partial<Readings> {
  return Object.fromEntries(
    Object.entries(readings).flatMap(([id, reading]) => ('option' in reading ? [[id, reading.option]] : [])),
  );
}

/** A reading whose option is in force because it was observed. */
export interface ObservedReading {
  readonly id: ReadingId;
  readonly option: string;
  readonly observedOn: string;
}

/** Those of the given readings that are as observed. */
export function readingsAsObserved(
  calibration: Calibration | undefined,
  readings: Readings,
): readonly ObservedReading[] {
  return (Object.keys(readings) as ReadingId[]).flatMap((id) => {
    const observed = calibration?.readings[id];
    if (observed === undefined || !('option' in observed) || observed.option !== readings[id]) return [];
    return [{ id, option: observed.option, observedOn: observed.observedOn }];
  });
}

const [HALF, NINE_TENTHS, ALL_BUT_ONE_PERCENT] = [0.5, 0.9, 0.99];

/** How long the carrier takes for a call at this point of the distribution, from 0 to 1: between the percentiles in a straight line. */
export function latencyAt({ p50, p90, p99 }: Latency, point: number): number {
  const between = (from: number, to: number, fromPoint: number, toPoint: number) =>
    Math.round(from + ((to - from) * (point - fromPoint)) / (toPoint - fromPoint));
  if (point < HALF) return p50;
  if (point < NINE_TENTHS) return between(p50, p90, HALF, NINE_TENTHS);
  if (point < ALL_BUT_ONE_PERCENT) return between(p90, p99, NINE_TENTHS, ALL_BUT_ONE_PERCENT);
  return p99;
}
