/** Mistakes in sign. */
import type { FindingRow } from '../finding.js';

export const SIGN_FINDINGS: readonly FindingRow[] = [];
