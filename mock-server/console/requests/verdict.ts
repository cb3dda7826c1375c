/** The reason for a request's result in a few words. */

import type { JournalRecord, Operation } from '../../../src/control/api.js';
import { localized, t } from '../messages/message.js';
import { codeWords } from '../parts/code-badge.js';
import type { ListedFinding } from '../state/mock.js';
import { isSuccess, type Tone, toneOf } from '../state/operations.js';
import { operationRow, operations } from '../state/server-data.js';

export function decidedByWords(operation: Operation, decidedBy: JournalRecord['decidedBy']): string {
  if (decidedBy === 'allMet') return t('decidedBy.allMet');
  if (decidedBy === 'forced') return t('filter.forced');
  const rule = operationRow(operation)?.rules.find(({ requires }) => requires === decidedBy);
  // Empty until the rules are loaded.
  if (rule === undefined) return operations.value === undefined ? '' : decidedBy;
  const text = localized(rule.unmet);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The rules that only test numbers fail. */
export const OF_THE_CARRIER: readonly JournalRecord['decidedBy'][] = ['serviceUp', 'tokenServiceUp', 'numberObtained'];

interface Verdict {
  readonly tone: Tone;
  readonly title: string;
  readonly detail?: string | undefined;
  /** The number of further findings. */
  readonly others: number;
}

/** `findings` are undefined until they are loaded. */
export function verdictOf(record: JournalRecord, findings: readonly ListedFinding[] = []): Verdict {
  const { operation, resultCode, decidedBy, forced, outcome } = record;
  const tone = toneOf(operation, resultCode);
  if (resultCode === null && forced)
    return { tone, title: t('verdict.noResponse', { step: outcome ?? '' }), others: 0 };
  if (resultCode === null)
    return { tone: 'bad', title: t('verdict.noSuchPath'), detail: findings[0]?.detail, others: 0 };
  if (forced) return { tone, title: forcedWords(record), others: 0 };
  const isGood = isSuccess(record);
  const [first, ...others] = findings.filter(({ role }) => role === (isGood ? 'remark' : 'cause'));
  if (first === undefined) {
    return { tone, title: isGood ? codeWords(operation, resultCode) : decidedByWords(operation, decidedBy), others: 0 };
  }
  return { tone: isGood ? 'fair' : tone, title: first.title, detail: first.detail, others: others.length };
}

export function forcedWords({ outcomeBy }: JournalRecord): string {
  return outcomeBy === null ? t('filter.forced') : t(`forcedBy.${outcomeBy}`);
}

/** Whether an explanation can have findings. */
export function isWorthExplaining({ forced }: JournalRecord): boolean {
  return !forced;
}
