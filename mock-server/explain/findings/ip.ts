/** Mistakes in ip. */
import type { FindingRow } from '../finding.js';

export const IP_FINDINGS: readonly FindingRow[] = [];
