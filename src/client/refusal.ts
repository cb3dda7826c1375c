/** The answers that are no success: a refusal with a known code, and a code that the operation does not list. */
import type { NextStep, UNKNOWN_CODE_NEXT } from '../protocol/next-steps.js';

/** The meaning of a code, for logs. */
export interface Description {
  readonly en: string;
  /** The document's own words. */
  readonly zh: string;
}

/** What every answer has, for logs and for questions to the carrier. */
export interface AnswerDetails {
  /** The id that was sent. The carrier can find the request by it. */
  readonly msgId: string;
  /** 话单流水号: the record's number on the bill. A response that is not charged may lack it. */
  readonly taskId: string | undefined;
  /**
   * The carrier's own text (`desc` at login, `resultDesc` at verify), if the response has one. It is safe to log: it has at
   * most 200 characters, and control characters, line ends and characters that change the writing direction are escaped
   * (`\u001b`).
   */
  readonly carrierText: string | undefined;
}

/** A refusal: the code, its name, its meaning, and the next step. That a refused call is not charged is inferred. */
export interface Refusal<Code extends string, Name extends string, Next extends NextStep>
  extends AnswerDetails {
  readonly kind: 'refused';
  readonly resultCode: Code;
  readonly name: Name;
  readonly description: Description;
  readonly next: Next;
  readonly charged: false;
}

/** A code that is not in the document. Treat it as a refusal. Whether the call was charged is unknown. */
export interface UnknownCode extends AnswerDetails {
  readonly kind: 'unknownCode';
  /** Any text except the documented codes, shortened and escaped like `carrierText`. */
  readonly resultCode: string;
  readonly next: typeof UNKNOWN_CODE_NEXT;
  readonly charged: undefined;
}

/** A result that is not charged is a refusal. */
interface RefusedRow {
  readonly code: string;
  readonly name: string;
  readonly charged: false;
  readonly next: NextStep;
}

/** One refusal type for each refused row of a table of results. */
export type RefusalOf<Row> = Row extends RefusedRow
  ? Refusal<Row['code'], Row['name'], Row['next']>
  : never;
