/** The observed behaviour of a carrier, as in `calibration.json`. schemas/calibration.schema.json describes it for other languages. */

import type { Bilingual } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import { OPERATIONS } from '../kit/operations.js';
import { readJsonFile } from '../kit/schemas.js';
import { VALIDATORS } from '../kit/validators.js';

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

// The changes of a carrier since an earlier calibration. A fact that only one of the two has is not a change.

export interface Change {
  /** `login-md5-case`, `tokenValidate 302`, `loginTokenValidate signValid/tokenKnown`. */
  readonly about: string;
  readonly kind: 'reading' | 'text' | 'code' | 'precedence';
  readonly before: string;
  readonly now: string;
}

export const CHANGE_WORDS: Readonly<Record<Change['kind'], Bilingual>> = {
  reading: { en: 'reading', zh: '解释口径' },
  text: { en: 'text', zh: '描述' },
  code: { en: 'code', zh: '返回码' },
  precedence: { en: 'reported first', zh: '先报' },
};

export function changesBetween(before: Calibration, now: Calibration): readonly Change[] {
  return [
    ...readingChanges(before, now),
    ...textChanges(before, now),
    ...codeChanges(before, now),
    ...newCodes(before, now),
    ...precedenceChanges(before, now),
  ];
}

function readingChanges(before: Calibration, now: Calibration): readonly Change[] {
  return Object.entries(now.readings).flatMap(([about, reading]) => {
    const old = before.readings[about];
    if (old === undefined || !isSettled(old) || !isSettled(reading) || old.option === reading.option) return [];
    return [{ about, kind: 'reading' as const, before: old.option, now: reading.option }];
  });
}

function textChanges(before: Calibration, now: Calibration): readonly Change[] {
  return (Object.entries(now.texts) as [Operation, Readonly<Record<string, string>>][]).flatMap(([operation, texts]) =>
    Object.entries(texts).flatMap(([code, text]) => {
      const old = before.texts[operation]?.[code];
      if (old === undefined || old === text) return [];
      return [{ about: `${operation} ${code}`, kind: 'text' as const, before: old, now: text }];
    }),
  );
}

/** Changed codes of the requests without a reading or precedence: good requests, and requests with one clear mistake. */
function codeChanges(before: Calibration, now: Calibration): readonly Change[] {
  const old = plainCodes(before);
  return [...plainCodes(now)].flatMap(([about, code]): readonly Change[] => {
    const earlier = old.get(about);
    return earlier === undefined || earlier === code ? [] : [{ about, kind: 'code', before: earlier, now: code }];
  });
}

const PLAIN = new RegExp(`^(?:${[...OPERATIONS, 'code'].join('|')})-`);

function plainCodes({ evidence }: Calibration): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(evidence).flatMap(([id, row]) => {
      const [, code] = /"resultCode"\s*:\s*"([^"]*)"/.exec(row.response) ?? [];
      return PLAIN.test(id) && code !== undefined ? [[row.case, code] as const] : [];
    }),
  );
}

/** New or changed undocumented codes. */
function newCodes(before: Calibration, now: Calibration): readonly Change[] {
  return now.beyond.flatMap(({ operation, code, text }): readonly Change[] => {
    if (before.texts[operation] === undefined) return [];
    const old = before.beyond.find((one) => one.operation === operation && one.code === code);
    if (old === undefined) return [{ about: `${operation} ${code}`, kind: 'code', before: '', now: text }];
    return old.text === text
      ? []
      : [{ about: `${operation} ${code}`, kind: 'text' as const, before: old.text, now: text }];
  });
}

function precedenceChanges(before: Calibration, now: Calibration): readonly Change[] {
  return now.precedence.flatMap((row) => {
    const { operation, first, second, asExpected } = row;
    const old = before.precedence.find((one) => caseOf(before, one) === caseOf(now, row));
    if (old === undefined || old.asExpected === asExpected) return [];
    const named = (isFirst: boolean) => (isFirst ? first : second);
    return [
      {
        about: `${operation} ${first}/${second}`,
        kind: 'precedence' as const,
        before: named(old.asExpected),
        now: named(asExpected),
      },
    ];
  });
}

/** Compares by case, because two cases can have the same two requirements. */
function caseOf({ evidence }: Calibration, { evidence: [id = ''] }: Precedence): string | undefined {
  return evidence[id]?.case;
}
