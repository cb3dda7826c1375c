/** Mistakes in token. */
import type { FindingRow } from '../finding.js';

export const TOKEN_FINDINGS: readonly FindingRow[] = [];
