/** Calculates what a client calculates from the fields: phoneNum and the signature of a repaired request. The document, 1.2 and 2.3. */
import { signingOf, type Texts, wireName } from '../../../src/protocol/fields.js';
import { encryptPhoneNum, hashPhoneNum, numberSecretOf } from '../../../src/protocol/phone-num.js';
import type { Requirement } from '../../../src/protocol/requirements.js';
import { encoded } from '../../../src/protocol/signature.js';
import { isTimestamp } from '../../../src/protocol/timestamp.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { isMasked } from '../masked-values.js';
import { signSchemesOf } from '../operations.js';
import { analysePhoneNum } from '../phone/phone-num.js';
import { placeholderIn } from '../placeholder.js';
import { readSign } from '../sign/received.js';
import { isSignedByOwnKey } from '../sign/rsa.js';
import { searchSign } from '../sign/search.js';
import { signView } from '../sign/sign-view.js';
import { rulesOf, type Subject } from '../subject.js';
import { generatedOf, withText } from './change.js';
import { type Missing, missing } from './missing.js';

export interface Settled {
  readonly subject: Subject;
  /** What the signature needs. Without it, the subject has any text for the signature, which counts as right. */
  readonly missing?: Missing;
}

/**
 * The repaired request as its client would send it. A value that is right stays. One that was right before one of the repairs,
 * for the fields as they were, is calculated for the changed fields in the same way. A wrong one stays wrong.
 */
export function settle(steps: Steps, after: Subject): Settled {
  return settleSign(steps, settlePhoneNum(steps, withSignedTime(steps, after)));
}

/** The request as it was sent, and after each of its repairs but the last. */
type Steps = readonly [Subject, ...Subject[]];

/** With the time that the client calculated with but did not send, if phoneNum or the signature shows it. */
function withSignedTime([sent]: Steps, after: Subject): Subject {
  const isOwn = generatedOf(after).includes('sentAt') && !isTimestamp(sent.request.sentAt ?? '');
  const time = isOwn ? (timeInPhoneNum(after) ?? timeInSign(after)) : undefined;
  return time !== undefined && isTimestamp(time) ? withText(after, 'sentAt', time) : after;
}

function timeInPhoneNum(subject: Subject): string | undefined {
  const { mistakes = [], time } = analysePhoneNum(subject)?.calculation ?? {};
  return mistakes.includes('phone.timestamp-differs') ? time : undefined;
}

/** The time of an earlier request is a mistake. */
function timeInSign(subject: Subject): string | undefined {
  const name = wireName(subject.request.operation, 'sentAt');
  const part = searchSign(subject).recipe?.parts.find((one) => one.name === name);
  return part?.form?.evidence?.['requestId'] === undefined ? part?.value : undefined;
}

function settlePhoneNum(steps: Steps, after: Subject): Subject {
  const phoneNumber = numberToCalculate(steps, after);
  const phoneNum = phoneNumber === undefined ? undefined : phoneNumOf(phoneNumber, after);
  return phoneNum === undefined ? after : withText(after, 'phoneNum', phoneNum);
}

/** undefined if the phoneNum stays as it is. */
function numberToCalculate(steps: Steps, after: Subject): string | undefined {
  const { request, state, toCalculate } = after;
  if (toCalculate?.phoneNum !== undefined) return toCalculate.phoneNum;
  if (request.phoneNum === undefined || holds(after, 'numberMatches')) return undefined;
  return wasRight('numberMatches', steps, after) ? state.token?.phoneNumber : undefined;
}

/** Whether a requirement was met before one of the repairs, for the app of the repaired request. */
function wasRight(requirement: Requirement, steps: Steps, { state: { app } }: Subject): boolean {
  return steps.some((step) => holds({ ...step, state: { ...step.state, app } }, requirement));
}

/** Hashed, or encrypted if the request is signed with RSA; undefined without the app. */
function phoneNumOf(phoneNumber: string, after: Subject): string | undefined {
  const { request, state } = after;
  const secret = numberSecretOf(request.operation);
  if (state.app === undefined || secret === undefined) return undefined;
  const appKey = state.app.settings[secret];
  const fields = { phoneNumber, appKey, timestamp: request.sentAt ?? '' };
  const encoding = request.signing === 'rsa' ? encodingOf(after) : undefined;
  return encoding === undefined
    ? hashPhoneNum(fields)
    : encoded(encryptPhoneNum(fields, state.platformKey), encoding);
}

function settleSign(steps: Steps, after: Subject): Settled {
  if (holds(after, 'signValid') || after.draft.json === undefined) return { subject: after };
  switch (clientSign(steps, after)) {
    case 'wrong':
      return { subject: after };
    case 'unknown':
      return { subject: signedByClient(after), missing: missing('signedValues') };
    case 'right':
      return signed(steps, after);
  }
}

/** Signed again, as the client would. */
function signed([sent]: Steps, after: Subject): Settled {
  // Without its app, no request is refused for its signature.
  if (after.state.app === undefined) return { subject: signedByClient(after) };
  if (after.signSecretUnknown === true)
    return { subject: signedByClient(after), missing: missing('secret') };
  const { expectedSign } = signView(after);
  const subject =
    expectedSign === null ? inExpectedEncoding(after) : withText(after, 'sign', expectedSign);
  if (subject !== undefined) return { subject };
  const unsigned = signedByClient(after);
  return isSignedByOwnKey(sent)
    ? { subject: unsigned }
    : { subject: unsigned, missing: missing('privateKey') };
}

/** Whether the client signs the repaired request right: if its signature is repaired, or was right for the fields as they were. */
function clientSign(steps: Steps, after: Subject): 'right' | 'wrong' | 'unknown' {
  if (after.toCalculate?.sign === true || wasRight('signValid', steps, after)) return 'right';
  const { fields } = signingOf(after.request.operation, after.request.signing);
  const [sent] = steps;
  const texts: Texts = sent.request;
  if ((sent.request.sign ?? '') === '') return 'wrong';
  const isOfHidden = generatedOf(after).some(
    (property) => fields.includes(property) && isHidden(texts[property] ?? ''),
  );
  return isOfHidden && isUnexplained(sent) && isUnexplained(after) ? 'unknown' : 'wrong';
}

/** Whether a text is not the value that the client may have signed. */
function isHidden(text: string): boolean {
  return text === '' || isMasked(text) || placeholderIn(text) !== undefined;
}

function isUnexplained(subject: Subject): boolean {
  const { recipe, mistakes } = searchSign(subject);
  return recipe === undefined && mistakes.length === 0;
}

const ANY_SIGN = '0';

/** With a signature that only the client can make. */
function signedByClient(after: Subject): Subject {
  const { sign = '' } = after.request;
  return { ...(sign === '' ? withText(after, 'sign', ANY_SIGN) : after), signedByClient: true };
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
