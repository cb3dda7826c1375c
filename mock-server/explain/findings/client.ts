/** Mistakes in client. */
import type { FindingRow } from '../finding.js';

export const CLIENT_FINDINGS: readonly FindingRow[] = [];
