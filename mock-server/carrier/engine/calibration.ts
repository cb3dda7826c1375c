/** What a team observed at the real carrier: interpretations, the order of checks, result texts and statuses. `contract calibrate` writes it. */
import type { Operation } from '../../../src/protocol/operations.js';
import type { ReadingId, Readings } from '../../../src/protocol/readings.js';
import type { Precedence } from './rules.js';

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
  readonly precedence?: Precedence;
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
