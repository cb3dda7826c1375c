/** The reason for a request's result in a few words, for the list and the head of a request. */
import type { JournalRecord, ListedFinding } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { codeWords, isSuccess, type Tone, toneOf } from '../parts/code-badge.js';
import { decidedByWords } from './decided-by-words.js';

export interface Verdict {
  readonly tone: Tone;
  readonly title: string;
  readonly detail?: string | undefined;
  /** The number of further findings. */
  readonly others: number;
}

/** `findings` are undefined until they are loaded. */
export function verdictOf(record: JournalRecord, findings: readonly ListedFinding[] | undefined): Verdict {
  const { operation, resultCode, decidedBy, forced, outcome } = record;
  const tone = toneOf(resultCode);
  if (resultCode === null) return { tone, title: t('verdict.noResponse', { step: outcome ?? '' }), others: 0 };
  if (forced) return { tone, title: forcedWords(record), others: 0 };
  const [first, ...others] = relevantFindings(record, findings);
  if (first === undefined) {
    const title = isSuccess(resultCode) ? codeWords(operation, resultCode) : decidedByWords(operation, decidedBy);
    return { tone, title, others: 0 };
  }
  return {
    tone: isSuccess(resultCode) ? 'fair' : tone,
    title: first.title,
    detail: first.detail,
    others: others.length,
  };
}

export function forcedWords({ outcomeBy }: JournalRecord): string {
  return outcomeBy === null ? t('decidedBy.forced') : t(`forcedBy.${outcomeBy}`);
}

/** The causes of a refusal, or the remarks on a success. */
function relevantFindings(
  { resultCode }: JournalRecord,
  findings: readonly ListedFinding[] | undefined,
): readonly ListedFinding[] {
  const role = isSuccess(resultCode) ? 'remark' : 'cause';
  return (findings ?? []).filter((finding) => finding.role === role);
}

/** A success that the carrier may refuse. */
export function hasRemarks({ resultCode, forced }: JournalRecord, findings: readonly ListedFinding[] | undefined) {
  return isSuccess(resultCode) && !forced && findings?.some(({ role }) => role === 'remark') === true;
}

/** Whether an explanation can have findings. */
export function isWorthExplaining({ resultCode, forced }: JournalRecord): boolean {
  return resultCode !== null && !forced;
}
