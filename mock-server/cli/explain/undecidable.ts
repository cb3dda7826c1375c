/** Requirements that cannot be checked because data is missing, unless a finding proves that they are not met. */
import type { Requirement } from '../../../src/protocol/requirements.js';
import { findingsOf } from '../../explain/diagnosis.js';
import { type Evidence, explainsUnmet } from '../../explain/finding.js';
import type { Subject } from '../../explain/subject.js';

/** Findings that follow only from the absence of other findings. They mean nothing if their requirement is skipped. */
const BY_ELIMINATION: ReadonlyMap<string, Requirement> = new Map([
  ['sign.no-match', 'signValid'],
  ['phone.different', 'numberMatches'],
  ['phone.key-pair', 'phoneNumReadable'],
  ['encryption.key-not-registered', 'encryptionPossible'],
]);
/** The findings that prove a requirement to be unmet, by the prefix of their ids. */
const PROOFS: readonly { readonly requires: Requirement; readonly group: string }[] = [
  { requires: 'signValid', group: 'sign.' },
  { requires: 'phoneNumReadable', group: 'phone.' },
  { requires: 'numberMatches', group: 'phone.' },
];

/** A signature of the wrong length is invalid with any secret. */
export function isReliable(
  { id, evidence }: { readonly id: string; readonly evidence: Evidence },
  skipped: readonly Requirement[],
): boolean {
  const requires = BY_ELIMINATION.get(id);
  return requires === undefined || !skipped.includes(requires) || evidence['length'] !== undefined;
}

/** Without the requirements that a finding proves to be unmet, such as a signature made with the wrong one of two secrets. */
export function stillUndecidable(
  subject: Subject,
  undecidable: readonly Requirement[],
): readonly Requirement[] {
  if (undecidable.length === 0) return undecidable;
  const reliable = findingsOf(subject).filter(
    ({ row: { id }, evidence }) =>
      evidence.acceptedBy === undefined && isReliable({ id, evidence }, undecidable),
  );
  const proven = PROOFS.filter(({ requires, group }) =>
    reliable.some(({ row }) => row.id.startsWith(group) && explainsUnmet(row, requires)),
  );
  return undecidable.filter((requires) => !proven.some((proof) => proof.requires === requires));
}
