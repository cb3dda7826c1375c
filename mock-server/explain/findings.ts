/** All known mistakes, cause before symptom and specific before general, and their detection in a request. */
import type { DetectedFinding, FindingRow, Role } from './finding.js';
import { BODY_FINDINGS, KEPT_IN_PART } from './findings/body.js';
import { CALLS_FINDINGS } from './findings/calls.js';
import { CAPABILITY_FINDINGS } from './findings/capability.js';
import { CLIENT_FINDINGS } from './findings/client.js';
import { ENCRYPTION_FINDINGS } from './findings/encryption.js';
import { FIELD_FINDINGS } from './findings/field.js';
import { HEADER_FINDINGS } from './findings/header.js';
import { INTERFACE_FINDINGS } from './findings/interface.js';
import { IP_FINDINGS } from './findings/ip.js';
import { MSGID_FINDINGS } from './findings/msgid.js';
import { PARAMS_FINDINGS } from './findings/params.js';
import { PHONE_FINDINGS } from './findings/phone.js';
import { SIGN_FINDINGS } from './findings/sign.js';
import { TIME_FINDINGS } from './findings/time.js';
import { TOKEN_FINDINGS } from './findings/token.js';
import { URL_FINDINGS } from './findings/url.js';
import { VALUE_FINDINGS } from './findings/value.js';
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

const NONE: ReadonlySet<string> = new Set();

/** Causes come first, otherwise in the order of the table. Findings with these ids are not computed. */
export function findingsOf(subject: Subject, excludedIds = NONE): readonly DetectedFinding[] {
  const possible = subject.exchange.bodyIsPart === true ? [KEPT_IN_PART] : FINDINGS;
  const rows = possible.filter(({ id }) => !excludedIds.has(id));
  const detected = rows.flatMap((row) => row.detect(subject).map((evidence) => ({ row, evidence })));
  const found = detected
    .filter((one) => !isCovered(one, detected))
    .map((one) => ({ ...one, role: roleOf(one, subject) }));
  return [...found.filter(isCause), ...found.filter((one) => !isCause(one))];
}

export function isCause({ role }: DetectedFinding): boolean {
  return role === 'cause';
}

type Detected = Pick<DetectedFinding, 'row' | 'evidence'>;

/** A mistake that a reading accepts explains no refusal. */
function roleOf({ row, evidence }: Detected, { decidedBy }: Subject): Role {
  const explains = row.explains.some((requires) => requires === decidedBy);
  return explains && evidence.acceptedBy === undefined ? 'cause' : 'remark';
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
