/** Mistakes in body. */
import type { FindingRow } from '../finding.js';

export const BODY_FINDINGS: readonly FindingRow[] = [];
