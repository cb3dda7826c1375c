/** A step of a script in words. */
import type { Operation } from '../../../src/control/api.js';
import { formatDuration } from '../../../src/text/duration.js';
import { formatFrequency } from '../../carrier/outcomes/frequency.js';
import type { Outcome, Step } from '../../carrier/outcomes/outcome.js';
import { parseStep } from '../../carrier/outcomes/step.js';
import { t } from '../messages/message.js';
import { codeWords } from './code-badge.js';

/** `after 3s 103211 other error`, without the number of calls. */
export function stepWords(
  operation: Operation,
  { frequency, every, delayMs, outcome }: Step,
): string {
  const parts = [
    frequency && t('preview.rate', { rate: formatFrequency(frequency) }),
    every && t('preview.every', { every }),
    delayMs > 0 && t('preview.delay', { delay: formatDuration(delayMs) }),
    outcomeWords(operation, outcome),
  ];
  return parts.filter(Boolean).join(' ');
}

function outcomeWords(operation: Operation, outcome: Outcome): string {
  if (outcome.kind === 'code')
    return `${outcome.resultCode} ${outcome.desc ?? codeWords(operation, outcome.resultCode)}`;
  return outcome.kind === 'status' ? `HTTP ${outcome.status}` : t(`step.${outcome.kind}`);
}

/** Of a step as the journal records it. */
export function recordedStepWords(operation: Operation, text: string): string {
  const step = parseStep(operation, text);
  return 'problem' in step ? text : stepWords(operation, step);
}
