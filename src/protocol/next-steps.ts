/** The steps after a refusal. Which code has which is in the operations' descriptions. */

/**
 * What to do next, for the waiting user and for you.
 *
 * - `getNewToken`: this token will never work. Let the SDK get another one, once; then fall back to an SMS code.
 * - `fallBackToSms`: one-tap login does not work for this user now, and another token would not help. Send an SMS code.
 *   It does not prove that the number is this phone's: the document, 2, "短验辅助校验无法保证校验的号码和本机号码一致".
 * - `fixConfiguration`: your settings, your credentials or the settings at the portal are wrong. Every user is refused
 *   until they are fixed. Let this user in by SMS, and alert your team.
 * - `contactCarrier`: a matter of calls, package or contract. Contact the carrier's business department, and let this
 *   user in by SMS meanwhile.
 * - `retryLater`: the carrier has a failure. Let this user in by SMS: nothing public says that the token is still valid,
 *   and a token lives for two minutes only. With a new token, one-tap login may work again later.
 *
 * @example
 * import type { NextStep } from 'cmpassport-client';
 *
 * export const ALARMING: readonly NextStep[] = ['fixConfiguration', 'contactCarrier'];
 */
export type NextStep =
  | 'getNewToken'
  | 'fallBackToSms'
  | 'fixConfiguration'
  | 'contactCarrier'
  | 'retryLater';

/** After a code that the document does not have, it is only certain that this user is not verified. */
export const UNKNOWN_CODE_NEXT = 'fallBackToSms' as const satisfies NextStep;
