/** Mistakes in encryption. */
import type { FindingRow } from '../finding.js';

export const ENCRYPTION_FINDINGS: readonly FindingRow[] = [];
