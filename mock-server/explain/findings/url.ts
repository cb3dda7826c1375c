/** Mistakes in url. */
import type { FindingRow } from '../finding.js';

export const URL_FINDINGS: readonly FindingRow[] = [];
