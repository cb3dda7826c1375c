/** Mistakes in capability. */
import type { FindingRow } from '../finding.js';

export const CAPABILITY_FINDINGS: readonly FindingRow[] = [];
