/** All known mistakes, cause before symptom and specific before general, and their detection in a request. */
import { isPathUnknown } from '../carrier/engine/decision.js';
import { REQUIREMENTS, requirementOf } from '../carrier/engine/requirements.js';
import type { DetectedFinding, FindingRow, Role } from './finding.js';
import { CALLS_FINDINGS, CAPABILITY_FINDINGS, IP_FINDINGS } from './findings/app.js';
import { BODY_FINDINGS, KEPT_IN_PART } from './findings/body.js';
import { FIELD_FINDINGS } from './findings/field.js';
import { HEADER_FINDINGS, URL_FINDINGS } from './findings/http.js';
import { INTERFACE_FINDINGS } from './findings/interface.js';
import { PHONE_FINDINGS } from './findings/phone.js';
import { SIGN_FINDINGS } from './findings/sign.js';
import { TIME_FINDINGS } from './findings/time.js';
import { CLIENT_FINDINGS, TOKEN_FINDINGS } from './findings/token.js';
import { ENCRYPTION_FINDINGS, MSGID_FINDINGS, PARAMS_FINDINGS, VALUE_FINDINGS } from './findings/value.js';
import type { Subject } from './subject.js';

export const FINDINGS: readonly FindingRow[] = [
  ...INTERFACE_FINDINGS,
  ...URL_FINDINGS,
  ...BODY_FINDINGS,
  ...FIELD_FINDINGS,
  ...VALUE_FINDINGS,
  ...MSGID_FINDINGS,
  ...TIME_FINDINGS,
  ...ENCRYPTION_FINDINGS,
  ...SIGN_FINDINGS,
  ...IP_FINDINGS,
  ...CAPABILITY_FINDINGS,
  ...TOKEN_FINDINGS,
  ...PHONE_FINDINGS,
  ...CALLS_FINDINGS,
  ...HEADER_FINDINGS,
  ...PARAMS_FINDINGS,
  ...CLIENT_FINDINGS,
];

/** Causes come first, otherwise in the order of the table. */
export function findingsOf(subject: Subject): readonly DetectedFinding[] {
  const rows = subject.exchange.bodyIsPart === true ? [KEPT_IN_PART] : FINDINGS;
  const detected = rows.flatMap((row) => row.detect(subject).map((evidence) => ({ row, evidence })));
  const found = detected
    .filter((one) => !isCovered(one, detected))
    .map((one) => ({ ...one, role: roleOf(one, subject) }));
  // At a path that the carrier does not have, the operation of the body is a guess.
  if (isPathUnknown(subject)) return found.filter(isCause);
  return [...found.filter(isCause), ...found.filter((one) => !isCause(one))];
}

export function isCause({ role }: DetectedFinding): boolean {
  return role === 'cause';
}

type Detected = Pick<DetectedFinding, 'row' | 'evidence'>;

/** A mistake that a reading accepts explains no refusal. */
function roleOf({ row, evidence }: Detected, { decidedBy }: Subject): Role {
  const unmet = requirementOf(decidedBy);
  const isCause = unmet !== undefined && REQUIREMENTS[unmet].findings.includes(row.id);
  return isCause && evidence.acceptedBy === undefined ? 'cause' : 'remark';
}

/** Whether a more specific finding covers a general one. */
function isCovered({ row, evidence }: Detected, found: readonly Detected[]): boolean {
  const { generalTo } = row;
  if (found.some((other) => other.row.covers?.includes(row.id))) return true;
  if (generalTo === undefined) return false;
  return found.some(
    (other) =>
      generalTo.includes(other.row.id) ||
      (other.row.generalTo === undefined && evidence.field !== undefined && other.evidence.field === evidence.field),
  );
}
