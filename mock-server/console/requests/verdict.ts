/** The reason for a request's result in a few words. */

import type { JournalRecord, Operation } from '../../../src/control/api.js';
import { localized, t } from '../messages/message.js';
import { codeWords } from '../parts/code-badge.js';
import { recordedStepWords } from '../parts/step-words.js';
import type { Cause } from '../state/found.js';
import { isSuccess, type Tone, toneOf } from '../state/operations.js';
import { operationRow, operations } from '../state/server-data.js';

export function decidedByWords(
  operation: Operation,
  decidedBy: JournalRecord['decidedBy'],
): string {
  if (decidedBy === 'allMet') return t('decidedBy.allMet');
  if (decidedBy === 'forced') return t('filter.forced');
  const rule = operationRow(operation)?.rules.find(({ requires }) => requires === decidedBy);
  // Empty until the rules are loaded.
  if (rule === undefined) return operations.value === undefined ? '' : decidedBy;
  const text = localized(rule.unmet);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The rules that only test numbers fail. */
export const OF_THE_CARRIER: readonly JournalRecord['decidedBy'][] = [
  'serviceUp',
  'tokenServiceUp',
  'numberObtained',
];

/** `cause` is the first cause, or the first remark on an accepted request; undefined until it is loaded. */
export function verdictOf(record: JournalRecord, cause?: Cause): string {
  const { operation, resultCode, decidedBy, forced, outcome } = record;
  if (forced && resultCode === null)
    return t('verdict.noResponse', { step: recordedStepWords(operation, outcome ?? '') });
  if (forced) return forcedWords(record);
  if (cause !== undefined) return localized(cause.title);
  if (resultCode === null) return t('verdict.noSuchPath');
  return isSuccess(record)
    ? codeWords(operation, resultCode)
    : decidedByWords(operation, decidedBy);
}

/** Amber for an accepted request with remarks. */
export function toneIn(record: JournalRecord, hasFinding: boolean): Tone {
  const { operation, resultCode, forced } = record;
  if (!forced && isSuccess(record) && hasFinding) return 'fair';
  return !forced && resultCode === null ? 'bad' : toneOf(operation, resultCode);
}

export function forcedWords({ outcomeBy }: JournalRecord): string {
  return outcomeBy === null ? t('filter.forced') : t(`forcedBy.${outcomeBy}`);
}
