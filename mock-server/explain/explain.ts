/** The explanation of a decision: the rule that refused, the known mistakes of the request, and the code of the repaired request. */
import type { Operation } from '../../src/protocol/operations.js';
import type { Requirement } from '../../src/protocol/requirements.js';
import type { Language } from '../../src/text/bilingual.js';
import type { RequestRule } from '../carrier/engine/decide.js';
import { closedGate, diagnose } from './diagnosis.js';
import { inLanguage, type ShownFinding } from './finding.js';
import { maskedText } from './masked-secrets.js';
import { isMissing } from './repair/missing.js';
import { holds } from './repair/settle.js';
import { type Segment, segmentsOf, textOf } from './sign/recipe.js';
import { searchSign } from './sign/search.js';
import { type SignView, signView } from './sign/sign-view.js';
import { type Recorded, rulesOf, type Subject } from './subject.js';

export interface Explanation extends SignView {
  readonly operation: Operation;
  readonly resultCode: string | null;
  readonly decidedBy: Recorded['decidedBy'];
  readonly forced: boolean;
  readonly gates: readonly Gate[];
  /** The code of the request without its causes; null on success, and if no such request can be built. */
  readonly next: string | null;
  /** What is missing to build the request without its causes. */
  readonly missing: string | null;
  /** The causes, then the mistakes that are left after their repair. */
  readonly findings: readonly ShownFinding[];
  /** The string that was signed, if the signature is wrong and a known mistake reproduces it; otherwise null. */
  readonly signedString: string | null;
  /** `signedString` in pieces. */
  readonly signedStringSegments: readonly Segment[] | null;
}

export function explain(subject: Subject, language: Language): Explanation {
  const { request, resultCode, decidedBy } = subject;
  return {
    operation: request.operation,
    resultCode: resultCode ?? null,
    decidedBy,
    forced: decidedBy === 'forced',
    gates: gatesOf(subject),
    ...prospectOf(subject, language),
    findings: diagnose(subject).findings.map((found) => inLanguage(found, language)),
    ...signatureParts(subject),
  };
}

function prospectOf(subject: Subject, language: Language): Pick<Explanation, 'next' | 'missing'> {
  const { repaired } = diagnose(subject);
  if (repaired === undefined) return { next: null, missing: null };
  return isMissing(repaired)
    ? { next: null, missing: repaired.missing[language] }
    : { next: repaired.resultCode ?? null, missing: null };
}

type SignatureParts = SignView & Pick<Explanation, 'signedString' | 'signedStringSegments'>;

function signatureParts(subject: Subject): SignatureParts {
  const signed = signedSubject(subject);
  const view = signView(signed);
  const { receivedSign } = view;
  const recipe = holds(signed, 'signValid') ? undefined : searchSign(signed).recipe;
  return {
    ...view,
    receivedSign: receivedSign === null ? null : maskedText(receivedSign, subject),
    signedString: recipe === undefined ? null : textOf(recipe),
    signedStringSegments: recipe === undefined ? null : segmentsOf(recipe),
  };
}

/** The request whose signature is shown: the repaired one, if the signature is not what was repaired and is not wrong for the fields as they were. */
function signedSubject(subject: Subject): Subject {
  const { findings, repaired } = diagnose(subject);
  if (repaired === undefined || isMissing(repaired)) return subject;
  const isOfSign = findings.some(({ row, role }) => row.together === 'sign' && role === 'cause');
  const isOfBefore = !holds(repaired, 'signValid') && searchSign(subject).mistakes.length > 0;
  return isOfSign || isOfBefore ? subject : repaired;
}

export interface Gate {
  readonly requires: Requirement;
  readonly otherwise: string;
  readonly basis: RequestRule['basis'];
  readonly outcome: 'met' | 'unmet' | 'not reached';
}

function gatesOf(subject: Subject): readonly Gate[] {
  const rules = rulesOf(subject);
  const closed = closedGate(rules, subject.decidedBy);
  const reached = subject.decidedBy === 'allMet' ? rules.length : closed;
  return rules.map(({ requires, otherwise, basis }, at) => {
    const notMet = at === closed ? 'unmet' : 'not reached';
    return { requires, otherwise, basis, outcome: at < reached ? 'met' : notMet };
  });
}
