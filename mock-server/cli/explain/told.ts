/** The decision and its explanation where some requirements can be told by nobody but the carrier: they are passed over. */

import type { Language } from '../../../src/protocol/bilingual.js';
import { type RequestRule, rulesFor } from '../../carrier/engine/decide.js';
import type { Requirement } from '../../carrier/engine/decision.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import { type Explanation, explain } from '../../explain/explain.js';
import type { Evidence } from '../../explain/finding.js';
import { findingsOf } from '../../explain/findings.js';
import type { Subject } from '../../explain/subject.js';

/** The subject as the engine's rules decide it, without those that are untold. */
export function decideTold(subject: Subject, untold: readonly Requirement[]): Subject {
  const unmet = toldRules(subject, untold).find(({ holds }) => !holds());
  const resultCode = unmet?.otherwise ?? moduleOf(subject.request.operation).allMet;
  return { ...subject, resultCode, decidedBy: unmet?.requires ?? 'allMet' };
}

function toldRules(
  { request, state, atMs, exchange }: Subject,
  untold: readonly Requirement[],
): readonly RequestRule[] {
  const rules = rulesFor(request, state, { nowMs: atMs, clientIp: exchange.clientIp });
  return rules.filter(({ requires }) => !untold.includes(requires));
}

/** What is concluded from nothing else having fitted, and so means nothing where the requirement is untold. */
const BY_ELIMINATION: ReadonlyMap<string, Requirement> = new Map([
  ['sign.no-match', 'signValid'],
  ['phone.different', 'numberMatches'],
  ['phone.key-pair', 'phoneNumReadable'],
]);
/** The findings that prove a requirement unmet, by the beginning of their ids. */
const PROOFS: readonly { readonly requires: Requirement; readonly group: string }[] = [
  { requires: 'signValid', group: 'sign.' },
  { requires: 'phoneNumReadable', group: 'phone.' },
  { requires: 'numberMatches', group: 'phone.' },
];

interface Seen {
  readonly id: string;
  readonly evidence: Evidence;
}

/** A sign of another length than is due is wrong whatever the secret is. */
function isClaimed({ id, evidence }: Seen, untold: readonly Requirement[]): boolean {
  const requires = BY_ELIMINATION.get(id);
  return requires === undefined || !untold.includes(requires) || evidence['length'] !== undefined;
}

/** Those that stay untold once the findings have spoken: a sign made with the wrong one of two secrets needs no second. */
export function stillUntold(subject: Subject, untold: readonly Requirement[]): readonly Requirement[] {
  if (untold.length === 0) return untold;
  const claimed = findingsOf(subject).filter(
    ({ row: { id }, evidence }) => evidence.acceptedBy === undefined && isClaimed({ id, evidence }, untold),
  );
  const proven = PROOFS.filter(({ requires, group }) =>
    claimed.some(({ row }) => row.id.startsWith(group) && row.explains.includes(requires)),
  );
  return untold.filter((requires) => !proven.some((proof) => proof.requires === requires));
}

/** Nothing is claimed of what is untold. */
export function explainTold(
  subject: Subject,
  { untold, language }: { readonly untold: readonly Requirement[]; readonly language: Language },
): Explanation {
  const explanation = explain(subject, language);
  return {
    ...explanation,
    next: nextTold(subject, untold) ?? explanation.next,
    findings: explanation.findings.filter((finding) => isClaimed(finding, untold)),
  };
}

/** undefined where the explanation's own holds: all is met, or what is untold could not be told in any case. */
function nextTold(subject: Subject, untold: readonly Requirement[]): string | undefined {
  const { draft, state, decidedBy, request } = subject;
  if (decidedBy === 'allMet' || draft.json === undefined || state.app === undefined) return undefined;
  const rules = toldRules(subject, untold);
  const closed = rules.findIndex(({ requires }) => requires === decidedBy);
  const unmet = rules.slice(closed + 1).find(({ holds }) => !holds());
  return unmet?.otherwise ?? moduleOf(request.operation).allMet;
}
