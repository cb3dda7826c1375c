/** Mistakes in msgid. */
import type { FindingRow } from '../finding.js';

export const MSGID_FINDINGS: readonly FindingRow[] = [];
