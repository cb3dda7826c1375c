/** Describes the rule that decided a request. */
import type { JournalRecord, Operation } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { localized } from '../state/language.js';
import { operationRow, operations } from '../state/server-data.js';

export function decidedByWords(operation: Operation, decidedBy: JournalRecord['decidedBy']): string {
  if (decidedBy === 'allMet') return t('decidedBy.allMet');
  if (decidedBy === 'forced') return t('decidedBy.forced');
  const rule = operationRow(operation)?.rules.find(({ requires }) => requires === decidedBy);
  // Empty until the rules are loaded.
  if (rule === undefined) return operations.value === undefined ? '' : decidedBy;
  return capitalized(localized(rule.unmet));
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The rules that only test numbers fail. */
export const OF_THE_CARRIER: readonly JournalRecord['decidedBy'][] = ['serviceUp', 'tokenServiceUp', 'numberObtained'];
