/** Mistakes in phone. */
import type { FindingRow } from '../finding.js';

export const PHONE_FINDINGS: readonly FindingRow[] = [];
