/** What to do after each refusal, and why. The codes are those of the document, 1.4 and 2.5; the steps are our interpretation. */
import type { LoginTokenValidateResultCode, TokenValidateResultCode } from './result-codes.js';

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
 * import type { NextStep } from 'cmpassport-mock';
 *
 * export const ALARMING: readonly NextStep[] = ['fixConfiguration', 'contactCarrier'];
 */
export type NextStep = 'getNewToken' | 'fallBackToSms' | 'fixConfiguration' | 'contactCarrier' | 'retryLater';

interface StepRow<Code extends string> {
  readonly code: Code;
  readonly next: NextStep;
}

/** The document, 1.4. */
export const LOGIN_NEXT_STEPS = [
  // The signature is over what we sent, so the APPSecret or the key differs from the portal's.
  { code: '103101', next: 'fixConfiguration' },
  // The token was cut off or changed on its way from the phone; a new one may arrive intact.
  { code: '103113', next: 'getNewToken' },
  { code: '103119', next: 'fixConfiguration' },
  // The app on the phone has another appId than the server: Android and iOS have different ones.
  { code: '103133', next: 'fixConfiguration' },
  // The code also means a wrong message format, but ours is right, so the carrier has a failure.
  { code: '103211', next: 'retryLater' },
  // We send JSON, so either RSA was requested without both public keys at the portal, or a gateway changes bodies.
  { code: '103412', next: 'fixConfiguration' },
  { code: '103414', next: 'fixConfiguration' },
  { code: '103511', next: 'fixConfiguration' },
  { code: '103811', next: 'getNewToken' },
  // Expired, used or unknown.
  { code: '104201', next: 'getNewToken' },
  // The phone called its SDK for a number verification; a new token from the same call would be of the same kind.
  { code: '105018', next: 'fixConfiguration' },
  // The capability is not enabled at the portal.
  { code: '105019', next: 'fixConfiguration' },
  // The package is used up or the trial is over, and only the carrier sells calls.
  { code: '105312', next: 'contactCarrier' },
  // First published as "check the URL that you call".
  { code: '105313', next: 'fixConfiguration' },
] as const satisfies readonly StepRow<Exclude<LoginTokenValidateResultCode, '103000'>>[];

/** The document, 2.5. */
export const VERIFY_NEXT_STEPS = [
  // The operator of this SIM card or network returns no number, and another token does not change the network.
  { code: '002', next: 'fallBackToSms' },
  // An internal service of the carrier does not respond.
  { code: '003', next: 'retryLater' },
  // The hash or ciphertext is ours, so 平台公钥 or the appKey differs from the portal's.
  { code: '004', next: 'fixConfiguration' },
  { code: '102', next: 'fixConfiguration' },
  { code: '124', next: 'fixConfiguration' },
  { code: '302', next: 'fixConfiguration' },
  { code: '303', next: 'fixConfiguration' },
  // Expired, used, unknown, or for another app or capability: the code does not distinguish them.
  { code: '606', next: 'getNewToken' },
  { code: '999', next: 'retryLater' },
  // If the app worked before, its calls may be used up (inferred). If it never worked, the capability is not enabled at
  // the portal, and the step would be fixConfiguration. The response does not distinguish the two.
  { code: '103420', next: 'contactCarrier' },
] as const satisfies readonly StepRow<Exclude<TokenValidateResultCode, '000' | '001'>>[];

/** After 001, the document allows the SMS code (短验辅助), with an accessToken if the app has that capability. */
export const NOT_OWN_NUMBER_NEXT = 'fallBackToSms' as const satisfies NextStep;

/** After a code that the document does not have, it is only certain that this user is not verified. */
export const UNKNOWN_CODE_NEXT = 'fallBackToSms' as const satisfies NextStep;
