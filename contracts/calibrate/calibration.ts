/** The observed behaviour of a carrier, as in `calibration.json`. Its schema has the members. */
import type { Bilingual } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import type { CalibrationFormat } from '../kit/formats.js';
import { OPERATIONS } from '../kit/operations.js';
import { readJsonFile } from '../kit/schemas.js';
import { VALIDATORS } from '../kit/validators.js';

export type Calibration = CalibrationFormat['file'];
export type Settled = CalibrationFormat['settled'];
export type Reading = Settled | CalibrationFormat['notSettled'];
/** What the carrier does with a request that violates only this check. */
export type PlacedCheck = CalibrationFormat['placedCheck'];
export type RecordedAnswer = CalibrationFormat['answer'];
export type Evidence = CalibrationFormat['evidence'];

export function isSettled(reading: Reading): reading is Settled {
  return 'option' in reading;
}

/** The readings that can have an option for each operation: `loginTokenValidate=allowed;tokenValidate=refused`. */
export const BY_OPERATION: readonly string[] = ['system-time', 'msgid-replay', 'refusal-task-id'];

/** One option for all operations, or one for each. */
export function optionByOperation(options: ReadonlyMap<Operation, string>): string {
  const [first = '', ...others] = new Set(options.values());
  if (others.length === 0) return first;
  return OPERATIONS.filter((operation) => options.has(operation))
    .map((operation) => `${operation}=${options.get(operation)}`)
    .join(';');
}

/** Throws a UsageError with the file and the field. */
export function readCalibration(path: string): Calibration {
  return readJsonFile<Calibration>(path, VALIDATORS.calibration);
}

// The changes of a carrier since an earlier calibration. A fact that only one of the two has is not a change.

export interface Change {
  /** `login-md5-case`, `tokenValidate 302`, `loginTokenValidate signValid`. */
  readonly about: string;
  readonly kind: 'reading' | 'text' | 'code' | 'case';
  readonly before: string;
  readonly now: string;
}

export const CHANGE_WORDS: Readonly<Record<Change['kind'], Bilingual>> = {
  reading: { en: 'reading', zh: '解释口径' },
  text: { en: 'text', zh: '描述' },
  code: { en: 'code', zh: '返回码' },
  case: { en: 'case', zh: '用例' },
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

/** By kind and subject. */
function factsOf({ readings, texts, beyond, answers }: Calibration): ReadonlyMap<string, Fact> {
  const fact = (kind: Fact['kind'], about: string, value: string): Fact => ({ kind, about, value });
  const facts = [
    ...Object.entries(readings).flatMap(([id, one]) =>
      isSettled(one) ? [fact('reading', id, one.option)] : [],
    ),
    ...OPERATIONS.flatMap((operation) =>
      Object.entries(texts[operation] ?? {}).map(([code, text]) =>
        fact('text', `${operation} ${code}`, text),
      ),
    ),
    ...beyond.map(({ operation, code, text }) => fact('text', `${operation} ${code}`, text)),
    ...Object.entries(answers).map(([id, { code }]) => fact('case', id, code)),
  ];
  return new Map(facts.map((one) => [`${one.kind} ${one.about}`, one]));
}
