/** The answers of loginTokenValidate and tokenValidate, as unions over every documented code. The document, 1.2, 1.4, 2.3 and 2.5. */

import type { ResultOf } from '../protocol/result-codes.js';
import type { ExpandParams } from './expand-params.js';
import type { AnswerDetails, RefusalOf, UnknownCode } from './refusal.js';

/** 103000. `inspect` and JSON hide the number. Read it from `answer.phoneNumber`. */
export interface ObtainedNumber extends AnswerDetails {
  readonly kind: 'phoneNumber';
  readonly resultCode: '103000';
  /** Eleven digits. */
  readonly phoneNumber: string;
  /** Inferred: the document does not say what login charges. */
  readonly charged: true;
  readonly taskId: string;
}

/** A refusal of loginTokenValidate: the document, 1.4. */
export type PhoneNumberRefusal = RefusalOf<ResultOf<'loginTokenValidate'>>;

/**
 * The answer of loginTokenValidate: the number, a refusal with a documented code (the document, 1.4), or an unknown code.
 * `kind` distinguishes them. Within `refused`, `resultCode` narrows the type down to the literal `next`.
 *
 * @example
 * import type { PhoneNumberAnswer } from 'cmpassport-client';
 *
 * export function signIn(answer: PhoneNumberAnswer): string {
 *   switch (answer.kind) {
 *     case 'phoneNumber':
 *       return `signed in: ${answer.taskId}`;
 *     case 'refused':
 *       return answer.next === 'getNewToken' ? 'ask the phone again' : `${answer.name}: send an SMS code`;
 *     case 'unknownCode':
 *       return `${answer.resultCode}: send an SMS code`;
 *     default:
 *       return answer satisfies never;
 *   }
 * }
 */
export type PhoneNumberAnswer = ObtainedNumber | PhoneNumberRefusal | UnknownCode;

/**
 * The texts that the response returns from the request (`expandParams` observed, `message` inferred), decoded and otherwise
 * unchanged. `inspect` and JSON show them shortened and escaped like `carrierText`.
 */
export interface Echo {
  readonly message: string | undefined;
  readonly expandParams: ExpandParams | undefined;
}

/** 000: the number belongs to the phone. */
export interface OwnNumber extends AnswerDetails, Echo {
  readonly kind: 'ownNumber';
  readonly resultCode: '000';
  readonly charged: true;
  readonly taskId: string;
}

/** 001: the number does not belong to the phone. `inspect` and JSON hide the accessToken. */
export interface NotOwnNumber extends AnswerDetails, Echo {
  readonly kind: 'notOwnNumber';
  readonly resultCode: '001';
  /**
   * 短验辅助凭证, if the app has that capability: valid for five minutes and one use. An SMS code proves that the user
   * receives the messages of this number, not that it is the number of this phone:
   * "短验辅助校验无法保证校验的号码和本机号码一致" (the document, 2).
   */
  readonly accessToken: string | undefined;
  readonly next: 'fallBackToSms';
  readonly charged: true;
  readonly taskId: string;
}

/** A refusal of tokenValidate: the document, 2.5. */
export type VerificationRefusal = Echo & RefusalOf<ResultOf<'tokenValidate'>>;

/**
 * The answer of tokenValidate: the number belongs to the phone or not, a refusal with a documented code (the document,
 * 2.5), or an unknown code. `kind` distinguishes them.
 *
 * @example
 * import type { VerificationAnswer } from 'cmpassport-client';
 *
 * export function verdictOf(answer: VerificationAnswer): string {
 *   switch (answer.kind) {
 *     case 'ownNumber':
 *       return 'verified';
 *     case 'notOwnNumber':
 *       return answer.accessToken === undefined ? 'another number' : 'another number: an SMS code may help';
 *     case 'refused':
 *       return answer.next;
 *     case 'unknownCode':
 *       return answer.next;
 *     default:
 *       return answer satisfies never;
 *   }
 * }
 */
export type VerificationAnswer =
  | OwnNumber
  | NotOwnNumber
  | VerificationRefusal
  | (Echo & UnknownCode);
