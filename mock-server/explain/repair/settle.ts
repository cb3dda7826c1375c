/** Calculates what a client calculates from the fields: phoneNum and the signature of a repaired request. The document, 1.2 and 2.3. */
import { encryptPhoneNum, hashPhoneNum } from '../../../src/protocol/phone-num.js';
import type { Requirement } from '../../../src/protocol/requirements.js';
import { encoded } from '../../../src/protocol/signature.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { signSchemesOf } from '../operations.js';
import { analysePhoneNum } from '../phone/phone-num.js';
import { readSign } from '../sign/received.js';
import { isSignedByOwnKey } from '../sign/rsa.js';
import { searchSign } from '../sign/search.js';
import { signView } from '../sign/sign-view.js';
import { rulesOf, type Subject } from '../subject.js';
import { withText } from './change.js';
import { type Missing, missing } from './missing.js';

export interface Settled {
  readonly subject: Subject;
  /** What the signature needs. Without it, the subject has any text for the signature, which counts as right. */
  readonly missing?: Missing;
}

/**
 * The repaired request as its client would send it. A value that is right stays. One that was right before the repair, for
 * the fields as they were, is calculated for the changed fields in the same way. A wrong one stays wrong.
 */
export function settle(before: Subject, after: Subject): Settled {
  return settleSign(before, settlePhoneNum(before, after));
}

function settlePhoneNum(before: Subject, after: Subject): Subject {
  const phoneNumber = numberToCalculate(before, after);
  const phoneNum = phoneNumber === undefined ? undefined : phoneNumOf(phoneNumber, after);
  return phoneNum === undefined ? after : withText(after, 'phoneNum', phoneNum);
}

/** undefined if the phoneNum stays as it is. */
function numberToCalculate(before: Subject, after: Subject): string | undefined {
  const { request, state, toCalculate } = after;
  if (toCalculate?.phoneNum !== undefined) return toCalculate.phoneNum;
  if (request.phoneNum === undefined) return undefined;
  const isStale = holds(before, 'numberMatches') && !holds(after, 'numberMatches');
  return isStale ? state.token?.phoneNumber : numberWithOwnTime(after);
}

/** Hashed, or encrypted if the request is signed with RSA; undefined without the app. */
function phoneNumOf(phoneNumber: string, after: Subject): string | undefined {
  const { request, state } = after;
  if (state.app === undefined) return undefined;
  const { appKey } = state.app.settings;
  const fields = { phoneNumber, appKey, timestamp: request.sentAt ?? '' };
  const encoding = request.signing === 'rsa' ? encodingOf(after) : undefined;
  return encoding === undefined
    ? hashPhoneNum(fields)
    : encoded(encryptPhoneNum(fields, state.platformKey), encoding);
}

/** The number of a phoneNum that is right for a time that the client did not send. */
function numberWithOwnTime(after: Subject): string | undefined {
  if (after.toCalculate?.generated !== true) return undefined;
  const { mistakes = [], phoneNumber } = analysePhoneNum(after)?.calculation ?? {};
  return mistakes.every((mistake) => mistake === 'phone.timestamp-differs')
    ? phoneNumber
    : undefined;
}

function settleSign(before: Subject, after: Subject): Settled {
  if (holds(after, 'signValid') || !mustBeSigned(before, after) || after.draft.json === undefined)
    return { subject: after };
  // Without its app, no request is refused for its signature.
  if (after.state.app === undefined) return { subject: signedByClient(after) };
  if (after.signSecretUnknown === true)
    return { subject: signedByClient(after), missing: missing('secret') };
  const { expectedSign } = signView(after);
  const signed =
    expectedSign === null ? inExpectedEncoding(after) : withText(after, 'sign', expectedSign);
  if (signed !== undefined) return { subject: signed };
  const subject = signedByClient(after);
  return isSignedByOwnKey(before) ? { subject } : { subject, missing: missing('privateKey') };
}

const ANY_SIGN = '0';

/** With a signature that only the client can make. */
function signedByClient(after: Subject): Subject {
  const { sign = '' } = after.request;
  return { ...(sign === '' ? withText(after, 'sign', ANY_SIGN) : after), signedByClient: true };
}

/** Whether the repaired request has another signature: it is to be repaired, or it was right for the fields as they were. */
function mustBeSigned(before: Subject, after: Subject): boolean {
  const { sign, generated } = after.toCalculate ?? {};
  if (
    sign === true ||
    holds({ ...before, state: { ...before.state, app: after.state.app } }, 'signValid')
  )
    return true;
  return generated === true && isUnexplained(before) && isUnexplained(after);
}

/** No known mistake was made in the signature, other than a value that the client generated. */
function isUnexplained(subject: Subject): boolean {
  return searchSign(subject).mistakes.every(
    ({ id }) => id === 'sign.time-differs' || id === 'sign.msgid-differs',
  );
}

/** A right RSA signature in a wrong encoding needs no private key. */
function inExpectedEncoding(after: Subject): Subject | undefined {
  const received = readSign(after.request.sign ?? '');
  const encoding = encodingOf(after);
  if (received === undefined || encoding === undefined) return undefined;
  const repaired = withText(after, 'sign', encoded(received.bytes, encoding));
  return holds(repaired, 'signValid') ? repaired : undefined;
}

function encodingOf({ request: { operation }, state }: Subject) {
  return signSchemesOf(operation).rsa?.encoding(readingsOf(state));
}

/** Whether a requirement would be met, whatever the others are. False if the operation does not have it. */
export function holds(subject: Subject, requirement: Requirement): boolean {
  if (requirement === 'signValid' && subject.signedByClient === true) return true;
  return rulesOf(subject).some(({ requires, holds: isMet }) => requires === requirement && isMet());
}
