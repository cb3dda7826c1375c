/** What to do after each refusal, and why. The codes of the document, 1.4 and 2.5; what to do about them is our reading. */
import type { LoginTokenValidateResultCode, TokenValidateResultCode } from './result-codes.js';

/**
 * What to do next, for the user who waits and for you.
 *
 * - `getNewToken`: this token will never work. Let the SDK get another one, once; then fall back to an SMS code.
 * - `fallBackToSms`: one-tap cannot help this user now, and another token would not either. Send an SMS code. It does not
 *   prove that the number is this phone's: the document, 2, "短验辅助校验无法保证校验的号码和本机号码一致".
 * - `fixConfiguration`: your settings, credentials or the portal's are wrong: every user is refused until somebody mends
 *   it. Let this user in by SMS, and page somebody.
 * - `contactCarrier`: calls, package or contract: the carrier's business department. Let this user in by SMS meanwhile.
 * - `retryLater`: the carrier is not well. Let this user in by SMS: nothing public says that the token is still good, and
 *   it lives for two minutes only. With a new token, one-tap may work again later.
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
  // The sign is over what we sent: the APPSecret or the key is not what the portal has.
  { code: '103101', next: 'fixConfiguration' },
  // Cut off or changed on its way from the phone; a new one may arrive whole.
  { code: '103113', next: 'getNewToken' },
  { code: '103119', next: 'fixConfiguration' },
  // The app in the phone has another appId than the server: those of Android and iOS differ.
  { code: '103133', next: 'fixConfiguration' },
  // The message format cannot be it, since the format is ours: the carrier is not well.
  { code: '103211', next: 'retryLater' },
  // What we send is JSON: RSA asked for without both public keys at the portal, or a gateway that changes bodies.
  { code: '103412', next: 'fixConfiguration' },
  { code: '103414', next: 'fixConfiguration' },
  { code: '103511', next: 'fixConfiguration' },
  { code: '103811', next: 'getNewToken' },
  // Too old, used, or unknown.
  { code: '104201', next: 'getNewToken' },
  // The phone asked its SDK for a number verification; a new token by the same call would be of the same kind.
  { code: '105018', next: 'fixConfiguration' },
  // A capability to tick at the portal.
  { code: '105019', next: 'fixConfiguration' },
  // The package is used up, or the trial is over: only the carrier sells calls.
  { code: '105312', next: 'contactCarrier' },
  // First published as "check the URL that you call".
  { code: '105313', next: 'fixConfiguration' },
] as const satisfies readonly StepRow<Exclude<LoginTokenValidateResultCode, '103000'>>[];

/** The document, 2.5. */
export const VERIFY_NEXT_STEPS = [
  // The operator of this SIM card or network gives no number: another token does not change the network.
  { code: '002', next: 'fallBackToSms' },
  // A part of the carrier's own that does not answer.
  { code: '003', next: 'retryLater' },
  // The hash or ciphertext is ours: 平台公钥 or the appKey is not what the portal has.
  { code: '004', next: 'fixConfiguration' },
  { code: '102', next: 'fixConfiguration' },
  { code: '124', next: 'fixConfiguration' },
  { code: '302', next: 'fixConfiguration' },
  { code: '303', next: 'fixConfiguration' },
  // Too old, used, unknown, of another app or capability: the carrier does not say which.
  { code: '606', next: 'getNewToken' },
  { code: '999', next: 'retryLater' },
  // Of an app that worked before, the calls may be used up (inferred). Of one that never worked, the capability is not ticked at the
  // portal: then it is fixConfiguration, and the answer cannot tell.
  { code: '103420', next: 'contactCarrier' },
] as const satisfies readonly StepRow<Exclude<TokenValidateResultCode, '000' | '001'>>[];

/** 001: the document allows the SMS code (短验辅助) after this one, and gives an accessToken for it where that is on. */
export const NOT_OWN_NUMBER_NEXT = 'fallBackToSms' as const satisfies NextStep;

/** A code that the document does not have: nothing is known but that this user is not through. */
export const UNKNOWN_CODE_NEXT = 'fallBackToSms' as const satisfies NextStep;
