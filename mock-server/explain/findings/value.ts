/** Mistakes in value. */
import type { FindingRow } from '../finding.js';

export const VALUE_FINDINGS: readonly FindingRow[] = [];
