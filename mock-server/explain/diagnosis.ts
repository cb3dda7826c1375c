/** What is wrong with a request, which mistakes decided, and what the repaired request would get. */

import type { Requirement } from '../../src/protocol/requirements.js';
import { needsNoStore, type RequestRule } from '../carrier/engine/decide.js';
import { isPathUnknown } from '../carrier/engine/decision.js';
import { moduleOf } from '../carrier/engine/operations/operations.js';
import type { Draft } from '../carrier/engine/request.js';
import { requirementOf } from '../carrier/engine/requirements.js';
import { ANOTHER_REQUEST, type DetectedFinding, explainsUnmet, type Role } from './finding.js';
import { type Detected, detectedIn, FINDINGS } from './findings.js';
import { maskedEvidence } from './masked-secrets.js';
import { isSameState, newTokenOf } from './repair/change.js';
import { isMissing, MISSING, type Missing, missing } from './repair/missing.js';
import { settle } from './repair/settle.js';
import { digestIn, readSign } from './sign/received.js';
import { searchSign } from './sign/search.js';
import { oncePerSubject, rulesOf, type Subject } from './subject.js';

export interface Diagnosis {
  /** The causes; then the mistakes that are left after their repair or, if they cannot be repaired, all others. */
  readonly findings: readonly DetectedFinding[];
  /** The request after the repair of all causes, decided; or what a repair would need. undefined without a known cause. */
  readonly repaired: Subject | Missing | undefined;
}

export const diagnose = oncePerSubject(diagnosisOf);

/** Causes come first. */
export function findingsOf(subject: Subject): readonly DetectedFinding[] {
  return diagnose(subject).findings;
}

export function isCause({ role }: DetectedFinding): boolean {
  return role === 'cause';
}

function diagnosisOf(subject: Subject): Diagnosis {
  const detected = detectedAsMeant(subject);
  const { causes, attempt } = causesOf(subject, detected);
  // At a path that the carrier does not have, the operation of the body is a guess.
  const as = (role: Role, some: readonly Detected[]): readonly DetectedFinding[] =>
    some.map(({ row, evidence }) => ({ row, evidence: maskedEvidence(evidence, subject), role }));
  if (isPathUnknown(subject)) return { findings: as('cause', causes), repaired: undefined };
  const repaired = attempt && repairedIn(attempt);
  const left = attempt && isKnown(attempt) ? attempt.subject : undefined;
  const others =
    left === undefined
      ? detected.filter((one) => !causes.includes(one))
      : remaining(left, detected);
  return { findings: [...as('cause', causes), ...as('remark', others)], repaired };
}

/** The mistakes of a request. Those in its signature are mistakes in the scheme that the client means. */
function detectedAsMeant(subject: Subject): readonly Detected[] {
  const detected = detectedIn(subject);
  const meant = inMeantScheme(subject);
  if (meant === undefined) return detected;
  const others = detected.filter(({ row }) => !OF_SCHEME.includes(row));
  const all = [...others, ...detectedIn(meant, OF_SCHEME)];
  return FINDINGS.flatMap((row) => all.filter((one) => one.row === row));
}

/** The request with the scheme that its signature is of, if the repair of a name or a value selects it; undefined if the request selects it itself. */
const inMeantScheme = oncePerSubject((subject): Subject | undefined => {
  if (subject.decidedBy !== 'signValid') return undefined;
  const received = readSign(subject.request.sign ?? '');
  if (received === undefined) return undefined;
  const isRsa = digestIn(received) === undefined;
  const isOfScheme = ({ request }: Subject) => isRsa === (request.signing === 'rsa');
  if (isOfScheme(subject)) return undefined;
  let changed = subject;
  for (const one of detectedIn(subject, OF_NAMES)) {
    const next = explainsUnmet(one.row, 'signValid') ? repairOne(changed, one) : changed;
    if (!isMissing(next)) changed = next;
  }
  return isOfScheme(changed) ? changed : undefined;
});

function causesOf(
  subject: Subject,
  detected: readonly Detected[],
): { readonly causes: readonly Detected[]; readonly attempt: Attempt | undefined } {
  const unmet = requirementOf(subject.decidedBy);
  const candidates = unmet === undefined ? [] : detected.filter((one) => mayExplain(unmet, one));
  if (unmet === undefined || candidates.length === 0) return { causes: [], attempt: undefined };
  const alien = candidates.filter(({ row }) => row.repair === ANOTHER_REQUEST);
  if (alien.length > 0)
    return { causes: alien, attempt: { subject: undefined, missing: missing('values') } };
  const attemptBy = (some: readonly Detected[]) => attemptedBy(some, { subject, detected });
  const causes = necessary(candidates, subject, (some) => passes(attemptBy(some).subject, subject));
  return { causes, attempt: attemptBy(causes) };
}

/** A mistake that a reading accepts explains no refusal. */
function mayExplain(unmet: Requirement, { row, evidence }: Detected): boolean {
  return explainsUnmet(row, unmet) && evidence.acceptedBy === undefined;
}

/** The mistakes that decided: without the repair of one of them, the requirement stays unmet. Later ones are dropped first: a symptom comes after its cause. */
function necessary(
  candidates: readonly Detected[],
  subject: Subject,
  isRepairedBy: (some: readonly Detected[]) => boolean,
): readonly Detected[] {
  const buildable = candidates.filter((one) => !isMissing(repairOne(subject, one)));
  let needed = isRepairedBy(buildable) ? buildable : candidates;
  for (const one of needed.toReversed()) {
    const others = needed.filter((other) => other !== one);
    if (isRepairedBy(others)) needed = others;
  }
  return needed;
}

function repairOne(subject: Subject, { row: { repair }, evidence }: Detected): Subject | Missing {
  return typeof repair === 'function' ? repair(subject, evidence) : subject;
}

const OF_CALCULATIONS = FINDINGS.filter(({ together }) => together !== undefined);
/** The mistakes that depend on the scheme of the signature. */
const OF_SCHEME = FINDINGS.filter(
  ({ id, together }) => together !== undefined || id === 'encryption.key-not-registered',
);
/** The mistakes whose repair may change the names of a request. */
const OF_NAMES = FINDINGS.filter(({ together }) => together === undefined);

/** The names of the request whose state is needed too: of the repaired one, if they are others. */
export function neededState(subject: Subject): Draft | undefined {
  if (isPathUnknown(subject)) return undefined;
  const { attempt } = causesOf(subject, detectedIn(subject, OF_NAMES));
  const repaired = attempt && repairedIn(attempt);
  if (repaired === undefined || isMissing(repaired)) return undefined;
  const { draft } = repaired;
  const needed = draft.token === newTokenOf(repaired) ? { ...draft, token: undefined } : draft;
  return isSameState(subject.draft, draft) || needed.appId === undefined ? undefined : needed;
}

export interface Repaired {
  readonly subject: Subject;
  readonly detected: readonly Detected[];
}

/** The request without some of its mistakes, decided. */
export function repairedBy(some: readonly Detected[], inputs: Repaired): Subject | Missing {
  return repairedIn(attemptedBy(some, inputs));
}

/** A repair, as far as it can be made. At least one of the two. */
type Attempt =
  | { readonly subject: Subject; readonly missing?: Missing | undefined }
  | { readonly subject: undefined; readonly missing: Missing };

/** Whether the mistakes are known that a repair leaves: all but those in a signature over values that were not sent. */
function isKnown({ missing: lacks }: Attempt): boolean {
  return lacks === undefined || lacks.missing === MISSING.signedValues;
}

function repairedIn(attempt: Attempt): Subject | Missing {
  return attempt.subject === undefined ? attempt.missing : (attempt.missing ?? attempt.subject);
}

/** With a subject if only a signature or a number is missing: the rules before these can be checked. */
function attemptedBy(some: readonly Detected[], { subject, detected }: Repaired): Attempt {
  const steps: [Subject, ...Subject[]] = [subject];
  let changed = subject;
  for (const one of some) {
    const next = repairOne(changed, one);
    if (isMissing(next)) return { subject: undefined, missing: next };
    steps.push(changed);
    changed = next;
  }
  const settled = settle(steps, withoutPartial(changed, { some, subject, detected }));
  const repaired = decided(settled.subject);
  // Whether the number is the token's is unknown for a new token of an unknown number.
  const isNumberUnknown =
    repaired.decidedBy === 'numberMatches' && repaired.state.token?.phoneNumber === '';
  return {
    subject: repaired,
    missing: settled.missing ?? (isNumberUnknown ? missing('phoneNumber') : undefined),
  };
}

/** A calculation with one of its mistakes left is still wrong. Another way to sign has other mistakes. */
function withoutPartial(
  changed: Subject,
  { some, subject, detected }: Repaired & { readonly some: readonly Detected[] },
): Subject {
  const { signing } = (inMeantScheme(subject) ?? subject).request;
  const isOtherSigning = changed.request.signing !== signing;
  const now = isOtherSigning ? detectedIn(changed, OF_CALCULATIONS) : detected;
  const left = now.filter(
    ({ row, evidence }) =>
      evidence.acceptedBy === undefined && !some.some((one) => one.row === row),
  );
  // The mistakes of the meant scheme can only be repaired with that scheme.
  const isNotMeant = isOtherSigning && inMeantScheme(subject) !== undefined;
  const isUnsigned = isNotMeant || signsOtherToken(subject, changed);
  const partial = [
    ...left.flatMap(({ row: { together } }) => together ?? []),
    ...(isUnsigned ? ['sign' as const] : []),
  ];
  const entries = Object.entries(changed.toCalculate ?? {}).filter(
    ([name]) => !partial.some((one) => one === name),
  );
  return { ...changed, toCalculate: Object.fromEntries(entries) };
}

/** A client that signs the token without the white space around it must send it without that too. An unexplained signature may be such a one. */
function signsOtherToken(subject: Subject, { toCalculate, request }: Subject): boolean {
  const { token = '' } = request;
  if (toCalculate?.sign !== true || token === token.trim()) return false;
  const { recipe, mistakes } = searchSign(subject);
  if (recipe === undefined && mistakes.length === 0) return true;
  const trimmed = recipe?.parts.find(
    ({ form }) => form !== undefined && form.mistake === undefined,
  );
  return trimmed !== undefined;
}

/** Decides by the rules of the engine, except those of requirements that cannot be checked. */
export function decided(subject: Subject): Subject {
  const { request, state, skipped = [], signedByClient } = subject;
  const left: readonly Requirement[] =
    signedByClient === true ? [...skipped, 'signValid'] : skipped;
  const unmet = rulesOf(subject).find(
    ({ requires, holds }) =>
      !left.includes(requires) && (state.storeUp || needsNoStore(requires)) && !holds(),
  );
  const resultCode = unmet?.otherwise ?? moduleOf(request.operation).allMet;
  return { ...subject, resultCode, decidedBy: unmet?.requires ?? 'allMet' };
}

/** The place of the rule that decided: the first unmet one of its requirement. -1 if no rule decided. */
export function closedGate(rules: readonly RequestRule[], decidedBy: Subject['decidedBy']): number {
  const unmet = rules.findIndex(({ requires, holds }) => requires === decidedBy && !holds());
  return unmet === -1 ? rules.findIndex(({ requires }) => requires === decidedBy) : unmet;
}

/** Whether a repaired request passes the rule that refused it before, and all rules before that. */
function passes(repaired: Subject | undefined, before: Subject): boolean {
  if (repaired === undefined) return false;
  if (requirementOf(repaired.decidedBy) === undefined) return true;
  const rules = rulesOf(repaired);
  const isSameOrder = repaired.request.operation === before.request.operation;
  const refusing = closedGate(isSameOrder ? rulesOf(before) : rules, before.decidedBy);
  return closedGate(rules, repaired.decidedBy) > refusing;
}

/** The mistakes of the repaired request, first those that decide it; and the habits that the repair does not show. */
function remaining(repaired: Subject, before: readonly Detected[]): readonly Detected[] {
  const unmet = requirementOf(repaired.decidedBy);
  const left = ofFewerSignMistakes(detectedIn(repaired), before);
  const decide = (one: Detected) => unmet !== undefined && mayExplain(unmet, one);
  // Not about this request alone, or accepted here in a calculation that was repaired for another mistake.
  const habits = before.filter(({ row: { explains, together }, evidence }) => {
    const isAccepted = together !== undefined && evidence.acceptedBy !== undefined;
    return isAccepted || explains.length === 0;
  });
  const hidden = habits.filter((one) => left.every(({ row }) => row !== one.row));
  return [...left.filter(decide), ...left.filter((one) => !decide(one)), ...hidden];
}

/** A client that signs what it sends made the signature over the fields as they were. */
function ofFewerSignMistakes(
  after: readonly Detected[],
  before: readonly Detected[],
): readonly Detected[] {
  const now = after.filter(isOfSign);
  const then = before.filter(isOfSign);
  if (now.length === 0 || then.length === 0 || then.some(isUnexplained)) return after;
  const isShorter = then.length < now.length || now.some(isUnexplained);
  return isShorter ? [...after.filter((one) => !isOfSign(one)), ...then] : after;
}

function isUnexplained({ row }: Detected): boolean {
  return row.id === 'sign.no-match';
}

function isOfSign({ row: { together } }: Detected): boolean {
  return together === 'sign';
}
