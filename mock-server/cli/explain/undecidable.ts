/** The decision and its explanation without requirements that cannot be checked here (`skipped`). */

import type { Language } from '../../../src/text/bilingual.js';
import { type RequestRule, rulesFor } from '../../carrier/engine/decide.js';
import type { Requirement } from '../../carrier/engine/decision.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import { REQUIREMENTS } from '../../carrier/engine/requirements.js';
import { type Explanation, explain } from '../../explain/explain.js';
import type { Evidence } from '../../explain/finding.js';
import { findingsOf } from '../../explain/findings.js';
import type { Subject } from '../../explain/subject.js';

/** Decides with the engine's rules, except those of the skipped requirements. */
export function decideWithout(subject: Subject, skipped: readonly Requirement[]): Subject {
  const unmet = decidableRules(subject, skipped).find(({ holds }) => !holds());
  const resultCode = unmet?.otherwise ?? moduleOf(subject.request.operation).allMet;
  return { ...subject, resultCode, decidedBy: unmet?.requires ?? 'allMet' };
}

function decidableRules(
  { request, state, atMs, exchange }: Subject,
  skipped: readonly Requirement[],
): readonly RequestRule[] {
  const rules = rulesFor(request, state, { nowMs: atMs, clientIp: exchange.clientIp });
  return rules.filter(({ requires }) => !skipped.includes(requires));
}

/** Findings that follow only from the absence of other findings. They mean nothing if their requirement is skipped. */
const BY_ELIMINATION: ReadonlyMap<string, Requirement> = new Map([
  ['sign.no-match', 'signValid'],
  ['phone.different', 'numberMatches'],
  ['phone.key-pair', 'phoneNumReadable'],
]);
/** The findings that prove a requirement to be unmet, by the prefix of their ids. */
const PROOFS: readonly { readonly requires: Requirement; readonly group: string }[] = [
  { requires: 'signValid', group: 'sign.' },
  { requires: 'phoneNumReadable', group: 'phone.' },
  { requires: 'numberMatches', group: 'phone.' },
];

interface FoundMistake {
  readonly id: string;
  readonly evidence: Evidence;
}

/** A signature of the wrong length is invalid with any secret. */
function isReliable({ id, evidence }: FoundMistake, skipped: readonly Requirement[]): boolean {
  const requires = BY_ELIMINATION.get(id);
  return requires === undefined || !skipped.includes(requires) || evidence['length'] !== undefined;
}

/** Without the requirements that a finding proves to be unmet, such as a signature made with the wrong one of two secrets. */
export function stillUndecidable(subject: Subject, undecidable: readonly Requirement[]): readonly Requirement[] {
  if (undecidable.length === 0) return undecidable;
  const reliable = findingsOf(subject).filter(
    ({ row: { id }, evidence }) => evidence.acceptedBy === undefined && isReliable({ id, evidence }, undecidable),
  );
  const proven = PROOFS.filter(({ requires, group }) =>
    reliable.some(({ row }) => row.id.startsWith(group) && REQUIREMENTS[requires].findings.includes(row.id)),
  );
  return undecidable.filter((requires) => !proven.some((proof) => proof.requires === requires));
}

/** Omits findings about skipped requirements. */
export function explainWithout(
  subject: Subject,
  { skipped, language }: { readonly skipped: readonly Requirement[]; readonly language: Language },
): Explanation {
  const explanation = explain(subject, language);
  return {
    ...explanation,
    next: nextWithout(subject, skipped) ?? explanation.next,
    findings: explanation.findings.filter((finding) => isReliable(finding, skipped)),
  };
}

/** undefined if the explanation's own `next` is correct: all is met, or the skipped requirements are not reached. */
function nextWithout(subject: Subject, skipped: readonly Requirement[]): string | undefined {
  const { draft, state, decidedBy, request } = subject;
  if (decidedBy === 'allMet' || draft.json === undefined || state.app === undefined) return undefined;
  const rules = decidableRules(subject, skipped);
  const decisive = rules.findIndex(({ requires }) => requires === decidedBy);
  const unmet = rules.slice(decisive + 1).find(({ holds }) => !holds());
  return unmet?.otherwise ?? moduleOf(request.operation).allMet;
}
