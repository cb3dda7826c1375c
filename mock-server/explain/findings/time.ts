/** Mistakes in time. */
import type { FindingRow } from '../finding.js';

export const TIME_FINDINGS: readonly FindingRow[] = [];
