/** Mistakes in header. */
import type { FindingRow } from '../finding.js';

export const HEADER_FINDINGS: readonly FindingRow[] = [];
