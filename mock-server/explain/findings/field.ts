/** Mistakes in field. */
import type { FindingRow } from '../finding.js';

export const FIELD_FINDINGS: readonly FindingRow[] = [];
