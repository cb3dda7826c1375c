/** Mistakes in params. */
import type { FindingRow } from '../finding.js';

export const PARAMS_FINDINGS: readonly FindingRow[] = [];
