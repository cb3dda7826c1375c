/** The observed behaviour of a carrier, as in `calibration.json`. schemas/calibration.schema.json describes it for other languages. */

import type { Bilingual } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import { readJsonFile } from '../kit/json-file.js';
import { VALIDATORS } from '../validators.js';

export interface Calibration {
  readonly format: 1;
  /** The profile's name. */
  readonly target: string;
  /** ISO 8601, UTC. */
  readonly calibratedAt: string;
  /** The number of calls with a live token, including those of an interrupted run. */
  readonly paidCalls: number;
  /** By the id of the ambiguity. */
  readonly readings: Readonly<Record<string, Reading>>;
  readonly precedence: readonly Precedence[];
  /** By operation and code: the exact `desc` or `resultDesc`. */
  readonly texts: Partial<Record<Operation, Readonly<Record<string, string>>>>;
  /** Undocumented codes. */
  readonly beyond: readonly { readonly operation: Operation; readonly code: string; readonly text: string }[];
  readonly latencyMs: Partial<Record<Operation, Latency>>;
  readonly evidence: Readonly<Record<string, Evidence>>;
}

export type Reading = Settled | NotSettled;

export interface Settled {
  readonly option: string;
  /** A day in UTC: `2026-11-27`. */
  readonly observedOn: string;
  readonly evidence: readonly string[];
}

export interface NotSettled {
  /** The reason, and the requirement for settling the reading. */
  readonly notSettled: Bilingual;
  readonly evidence: readonly string[];
}

/** A request with two mistakes: whether the first requirement decided the result, as in the kit's case. */
export interface Precedence {
  readonly operation: Operation;
  readonly first: string;
  readonly second: string;
  readonly asExpected: boolean;
  readonly evidence: readonly string[];
}

export interface Latency {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

export interface Evidence {
  readonly case: string;
  readonly at: string;
  readonly paid: boolean;
  readonly request: string;
  readonly response: string;
}

export function isSettled(reading: Reading): reading is Settled {
  return 'option' in reading;
}

/** Throws a UsageError with the file and the field. */
export function readCalibration(path: string): Calibration {
  return readJsonFile<Calibration>(path, VALIDATORS.calibration);
}
