/** What a team observed at the real carrier: interpretations, result texts and latency. `contract calibrate` writes it. */
import type { Operation } from '../../../src/protocol/operations.js';
import type { ReadingId, Readings } from '../../../src/protocol/readings.js';
import type { ResponseForm } from './response-form.js';
import type { Precedence } from './rules.js';

/** In milliseconds. */
export interface Latency {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

/** The observed option of a reading, or what is missing to observe it. */
export type CalibratedReading =
  | { readonly option: string /** `2026-11-27` */; readonly observedOn: string }
  | { readonly notSettled: object };

/** The part of the file that the mock uses. */
export interface Calibration {
  readonly target: string;
  /** ISO 8601. */
  readonly calibratedAt: string;
  readonly readings: Partial<Readonly<Record<ReadingId, CalibratedReading>>>;
  /** The carrier's text for each code: login's `desc`, verify's `resultDesc`. */
  readonly texts?: Partial<Readonly<Record<Operation, Readonly<Record<string, string>>>>>;
  /** By operation and code: the status of a response with another status than 200. */
  readonly statuses?: Partial<Readonly<Record<Operation, Readonly<Record<string, number>>>>>;
  /** The media type of responses with a code. */
  readonly contentTypes?: Partial<Readonly<Record<Operation, string>>>;
  /** By operation and code: the members of a response, with placeholders. */
  readonly forms?: Partial<Readonly<Record<Operation, Readonly<Record<string, ResponseForm>>>>>;
  readonly precedence?: Precedence;
  readonly latencyMs?: Partial<Readonly<Record<Operation, Latency>>>;
}

export function observedReadings({ readings }: Pick<Calibration, 'readings'>): Partial<Readings> {
  return Object.fromEntries(
    Object.entries(readings).flatMap(([id, reading]) =>
      'option' in reading ? [[id, reading.option]] : [],
    ),
  );
}

export interface ObservedReading {
  readonly id: ReadingId;
  readonly option: string;
  readonly observedOn: string;
}

/** The readings that have the observed option. */
export function readingsAsObserved(
  calibration: Calibration | undefined,
  readings: Readings,
): readonly ObservedReading[] {
  return (Object.keys(readings) as ReadingId[]).flatMap((id) => {
    const observed = calibration?.readings[id];
    if (observed === undefined || !('option' in observed) || observed.option !== readings[id])
      return [];
    return [{ id, option: observed.option, observedOn: observed.observedOn }];
  });
}

const HALF = 0.5;
const NINE_TENTHS = 0.9;
const ALL_BUT_ONE_PERCENT = 0.99;

/** The latency at a point of the distribution, from 0 to 1. Linear between the percentiles. */
export function latencyAt({ p50, p90, p99 }: Latency, point: number): number {
  const between = (from: number, to: number, fromPoint: number, toPoint: number) =>
    Math.round(from + ((to - from) * (point - fromPoint)) / (toPoint - fromPoint));
  if (point < HALF) return p50;
  if (point < NINE_TENTHS) return between(p50, p90, HALF, NINE_TENTHS);
  if (point < ALL_BUT_ONE_PERCENT) return between(p90, p99, NINE_TENTHS, ALL_BUT_ONE_PERCENT);
  return p99;
}
