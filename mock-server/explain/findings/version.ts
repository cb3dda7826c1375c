/** Mistakes in version. */
import type { FindingRow } from '../finding.js';

export const VERSION_FINDINGS: readonly FindingRow[] = [];
