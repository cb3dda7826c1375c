/** All known mistakes, cause before symptom and specific before general, and their detection in a request. */
import type { DetectedFinding, FindingRow } from './finding.js';
import { APP_FINDINGS, CALLS_FINDINGS, CAPABILITY_FINDINGS, IP_FINDINGS } from './findings/app.js';
import { BODY_FINDINGS, KEPT_IN_PART } from './findings/body.js';
import { FIELD_FINDINGS } from './findings/field.js';
import {
  MISPLACED_FINDINGS,
  PAGE_SIGN_FINDINGS,
  USER_INFORMATION_FINDINGS,
} from './findings/h5.js';
import { HEADER_FINDINGS, URL_FINDINGS } from './findings/http.js';
import { INTERFACE_FINDINGS } from './findings/interface.js';
import { PHONE_FINDINGS } from './findings/phone.js';
import { SIGN_FINDINGS } from './findings/sign.js';
import { TIME_FINDINGS } from './findings/time.js';
import { CLIENT_FINDINGS, TOKEN_FINDINGS } from './findings/token.js';
import {
  ENCRYPTION_FINDINGS,
  MSGID_FINDINGS,
  PARAMS_FINDINGS,
  VALUE_FINDINGS,
} from './findings/value.js';
import type { Subject } from './subject.js';

export const FINDINGS: readonly FindingRow[] = [
  ...INTERFACE_FINDINGS,
  ...URL_FINDINGS,
  ...BODY_FINDINGS,
  ...MISPLACED_FINDINGS,
  ...FIELD_FINDINGS,
  ...VALUE_FINDINGS,
  ...APP_FINDINGS,
  ...MSGID_FINDINGS,
  ...TIME_FINDINGS,
  ...ENCRYPTION_FINDINGS,
  ...PAGE_SIGN_FINDINGS,
  ...SIGN_FINDINGS,
  ...IP_FINDINGS,
  ...CAPABILITY_FINDINGS,
  ...TOKEN_FINDINGS,
  ...USER_INFORMATION_FINDINGS,
  ...PHONE_FINDINGS,
  ...CALLS_FINDINGS,
  ...HEADER_FINDINGS,
  ...PARAMS_FINDINGS,
  ...CLIENT_FINDINGS,
];

export type Detected = Pick<DetectedFinding, 'row' | 'evidence'>;

/** In the order of the table. */
export function detectedIn(subject: Subject, all = FINDINGS): readonly Detected[] {
  const rows = subject.exchange.bodyIsPart === true ? [KEPT_IN_PART] : all;
  const detected = rows.flatMap((row) =>
    row.detect(subject).map((evidence) => ({ row, evidence })),
  );
  return detected.filter((one) => !isCovered(one, detected));
}

/** Whether a more specific finding covers a general one. */
function isCovered({ row, evidence }: Detected, found: readonly Detected[]): boolean {
  const { generalTo } = row;
  if (found.some((other) => other.row.covers?.includes(row.id))) return true;
  if (generalTo === undefined) return false;
  return found.some(
    (other) =>
      generalTo.includes(other.row.id) ||
      (other.row.generalTo === undefined &&
        evidence.field !== undefined &&
        other.evidence.field === evidence.field),
  );
}
