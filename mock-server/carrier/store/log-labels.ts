/** The labels under which a log counts the records that it dropped. */
import type { Operation } from '../../../src/protocol/operations.js';
import { isUndocumented } from '../../../src/protocol/result-codes.js';
import type { JournalRecord, LedgerRecord } from './state-store.js';

const UNDOCUMENTED = 'undocumented';

/** Stands for every label: the dropped records were not read. */
export const ANY_LABEL = '';

/**
 * The code, which implies the operation, or the operation if nothing was decided. All undocumented codes share one label
 * per operation, because a client can choose a million of them.
 */
export function journalLabel({ resultCode, operation }: JournalRecord): string {
  return resultLabel(operation, resultCode);
}

export function resultLabel(operation: Operation, resultCode: string | undefined): string {
  return isUndocumented(operation, resultCode) ? `${operation} ${UNDOCUMENTED}` : (resultCode ?? operation);
}

export function ledgerLabel({ operation }: LedgerRecord): string {
  return operation;
}
