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
  /** The checks in the order of the carrier, then those that it does not have. */
  readonly precedence: Partial<Record<Operation, readonly PlacedCheck[]>>;
  /** By the id of a case with two mistakes: the received code. */
  readonly codes: Readonly<Record<string, ObservedCode>>;
  /** By operation and code: the HTTP status, if it is not 200. */
  readonly statuses: Partial<Record<Operation, Readonly<Record<string, number>>>>;
  /** The media type of the responses with a code. */
  readonly contentTypes: Partial<Record<Operation, string>>;
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
  /** What was tried, if it is not everything. */
  readonly note?: Bilingual;
  readonly evidence: readonly string[];
}

export interface NotSettled {
  /** The reason, and the requirement for settling the reading. */
  readonly notSettled: Bilingual;
  readonly evidence: readonly string[];
}

/** A response without a result code. */
export interface RecordedReply {
  readonly status: number;
  readonly contentType: string;
  /** Without secrets; empty if it is too long. */
  readonly body: string;
}

/** What the carrier does with a request that violates only this check. */
export interface PlacedCheck {
  /** A requirement, or `requirement/part`. */
  readonly check: string;
  /** The mistake that was sent. */
  readonly name: Bilingual;
  /** A result code, `accepted`, or `reply` for a response without a code. */
  readonly outcome: string;
  readonly reply?: RecordedReply;
  /** Whether it was sent together with the mistakes that are checked later. Otherwise it has the place of its code. */
  readonly isCompared: boolean;
  readonly evidence: readonly string[];
}

export interface ObservedCode {
  readonly code: string;
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
  /** `login-md5-case`, `tokenValidate 302`, `loginTokenValidate signValid`. */
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
  const old = factsOf(before);
  const changed = [...factsOf(now)].flatMap(([key, { kind, about, value }]) => {
    const earlier = old.get(key)?.value ?? value;
    return earlier === value ? [] : [{ about, kind, before: earlier, now: value }];
  });
  const added = now.beyond.flatMap(({ operation, code, text }): readonly Change[] => {
    const about = `${operation} ${code}`;
    const isNew = before.texts[operation] !== undefined && !old.has(`text ${about}`);
    return isNew ? [{ about, kind: 'code', before: '', now: text }] : [];
  });
  return [...changed, ...added];
}

type Fact = Pick<Change, 'kind' | 'about'> & { readonly value: string };

const PLAIN = new RegExp(`^(?:${[...OPERATIONS, 'code'].join('|')})-`);

/** By kind and subject. Of several requests of one case, the last counts. */
function factsOf({ readings, texts, evidence, beyond, precedence, codes }: Calibration): ReadonlyMap<string, Fact> {
  const fact = (kind: Fact['kind'], about: string, value: string): Fact => ({ kind, about, value });
  const facts = [
    ...Object.entries(readings).flatMap(([id, one]) => (isSettled(one) ? [fact('reading', id, one.option)] : [])),
    ...OPERATIONS.flatMap((operation) =>
      Object.entries(texts[operation] ?? {}).map(([code, text]) => fact('text', `${operation} ${code}`, text)),
    ),
    // The codes of requests without a reading or precedence: good requests, and requests with one clear mistake.
    ...Object.entries(evidence).flatMap(([id, row]) => {
      const [, code] = /"resultCode"\s*:\s*"([^"]*)"/.exec(row.response) ?? [];
      return PLAIN.test(id) && code !== undefined ? [fact('code', row.case, code)] : [];
    }),
    ...beyond.map(({ operation, code, text }) => fact('text', `${operation} ${code}`, text)),
    ...Object.entries(codes).map(([id, { code }]) => fact('precedence', id, code)),
    ...OPERATIONS.flatMap((operation) =>
      (precedence[operation] ?? []).map(({ check, outcome, reply }) =>
        fact('code', `${operation} ${check}`, reply === undefined ? outcome : `HTTP ${reply.status}`),
      ),
    ),
  ];
  return new Map(facts.map((one) => [`${one.kind} ${one.about}`, one]));
}
