/** Constraints on documented fields, if several fields or both operations share them. The document, 1.2 and 2.3. */

import { isTimestamp, parseTimestamp } from '../../src/protocol/timestamp.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import { isMsgIdValid, isSentAtValid } from '../carrier/engine/facts/shared.js';
import { readingsOf, type Situation } from '../carrier/engine/facts/situation.js';
import type { CarrierRequest } from '../carrier/engine/request.js';
import { isTokenWellFormed } from '../carrier/engine/token-format.js';

export const MSG_ID_LENGTH_MAX = 36;

export interface FieldConstraint<S extends Situation<CarrierRequest>> {
  /** A function if it depends on other fields. */
  readonly required: boolean | ((request: S['request']) => boolean);
  readonly rule: Bilingual;
  /** The rule that a text breaks. Called only for a text that is not empty. Without it, every text is valid. */
  readonly brokenRule?: (text: string, situation: S) => Bilingual | undefined;
}

type AnyConstraint = FieldConstraint<Situation<CarrierRequest>>;

export const NOT_EMPTY = {
  required: true,
  rule: { en: 'a String that is not empty', zh: '不能为空' },
} as const satisfies AnyConstraint;
export const OPTIONAL = { required: false, rule: { en: 'String', zh: 'String' } } as const satisfies AnyConstraint;

type ConstraintRule = Required<Omit<AnyConstraint, 'required'>>;

/** `0, 1 or 2`. */
export function oneOf(...values: readonly string[]): ConstraintRule {
  const last = values.at(-1) ?? '';
  const listed = (comma: string, or: string) => [values.slice(0, -1).join(comma), last].filter(Boolean).join(or);
  const rule = { en: listed(', ', ' or '), zh: listed('、', ' 或 ') };
  return { rule, brokenRule: (text) => (values.includes(text) ? undefined : rule) };
}

const MSG_ID_LENGTH: Bilingual = { en: `1 to ${MSG_ID_LENGTH_MAX} characters`, zh: `1–${MSG_ID_LENGTH_MAX} 位` };
const NOT_SENT_BEFORE: Bilingual = { en: 'a value that was not sent before', zh: '以前没有发过的值' };

/** One interpretation refuses a msgid that was sent before. */
export const MSG_ID: AnyConstraint = {
  required: true,
  rule: MSG_ID_LENGTH,
  brokenRule: (text, situation) => {
    if (text.length > MSG_ID_LENGTH_MAX) return MSG_ID_LENGTH;
    return isMsgIdValid(situation) ? undefined : NOT_SENT_BEFORE;
  },
};

const TIME_DIGITS: Bilingual = { en: '17 digits', zh: '17 位数字' };
const DATE_THAT_EXISTS: Bilingual = { en: '17 digits that are a real date', zh: '真实存在的时间' };

/** Interpretations can require a real date, or a date close to the app's clock. */
export const SENT_AT: AnyConstraint = {
  required: true,
  rule: TIME_DIGITS,
  brokenRule: (text, situation) => {
    if (!isTimestamp(text)) return TIME_DIGITS;
    if (isSentAtValid(situation)) return undefined;
    if (parseTimestamp(text) === undefined) return DATE_THAT_EXISTS;
    const [, window] = readingsOf(situation.state)['system-time'].split('window:');
    return { en: `a time within ${window} of the app's clock`, zh: `与应用的时钟相差不超过 ${window}` };
  },
};

const TOKEN_SHAPE: Bilingual = {
  en: 'STsid000000, 13 digits, 32 letters and digits',
  zh: 'STsid000000 + 13 位数字 + 32 位字母数字',
};

export const TOKEN: AnyConstraint = {
  ...NOT_EMPTY,
  brokenRule: (text) => (isTokenWellFormed(text) ? undefined : TOKEN_SHAPE),
};
