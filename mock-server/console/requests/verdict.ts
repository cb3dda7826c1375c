/** Why a request got its answer, in a few words: what a row of the list says, and the head of a request. */
import type { JournalRecord, ListedFinding } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { codeWords, isSuccess, type Tone, toneOf } from '../parts/code-badge.js';
import { decidedByWords } from './decided-by-words.js';

export interface Verdict {
  readonly tone: Tone;
  readonly title: string;
  readonly detail?: string | undefined;
  /** How many more findings there are. */
  readonly others: number;
}

/** `findings` are undefined until they are known. */
export function verdictOf(record: JournalRecord, findings: readonly ListedFinding[] | undefined): Verdict {
  const { operation, resultCode, decidedBy, forced, outcome } = record;
  const tone = toneOf(resultCode);
  if (resultCode === null) return { tone, title: t('verdict.noResponse', { step: outcome ?? '' }), others: 0 };
  if (forced) return { tone, title: forcedWords(record), others: 0 };
  const [first, ...others] = relevant(record, findings);
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

/** The causes of a refusal; the remarks on a success. */
function relevant(
  { resultCode }: JournalRecord,
  findings: readonly ListedFinding[] | undefined,
): readonly ListedFinding[] {
  const role = isSuccess(resultCode) ? 'remark' : 'cause';
  return (findings ?? []).filter((finding) => finding.role === role);
}

/** Accepted here, with something that the carrier may refuse. */
export function hasRemarks({ resultCode, forced }: JournalRecord, findings: readonly ListedFinding[] | undefined) {
  return isSuccess(resultCode) && !forced && findings?.some(({ role }) => role === 'remark') === true;
}

/** Whether an explanation has anything to say that the record does not. */
export function isWorthExplaining({ resultCode, forced }: JournalRecord): boolean {
  return resultCode !== null && !forced;
}
