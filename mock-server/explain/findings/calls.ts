/** Mistakes in calls. */
import type { FindingRow } from '../finding.js';

export const CALLS_FINDINGS: readonly FindingRow[] = [];
