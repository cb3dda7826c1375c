/** What the page has to tell: what went wrong, what was done. In words, one at a time, until it is closed or another comes. */
import { signal } from '@preact/signals';
import { ControlRefusal, ServerUnreachable, UNAUTHORIZED } from '../api/problem.js';
import { t } from '../messages/message.js';

export interface Notice {
  readonly kind: 'problem' | 'done';
  readonly text: string;
}

export const notice = signal<Notice | undefined>(undefined);

const DONE_SHOWN_MS = 4000;

export function tellDone(text: string): void {
  const told: Notice = { kind: 'done', text };
  notice.value = told;
  setTimeout(() => {
    if (notice.value === told) notice.value = undefined;
  }, DONE_SHOWN_MS);
}

export function tellProblem(error: unknown): void {
  notice.value = { kind: 'problem', text: wordsOf(error) };
}

/** What went wrong is right again. */
export function clearProblem(): void {
  if (notice.value?.kind === 'problem') notice.value = undefined;
}

export function wordsOf(error: unknown): string {
  if (error instanceof ServerUnreachable) return t('problem.unreachable');
  if (error instanceof ControlRefusal) {
    return error.status === UNAUTHORIZED ? t('problem.token') : t('problem.refused', { detail: error.message });
  }
  return t('problem.unforeseen', { detail: error instanceof Error ? error.message : String(error) });
}

/** Does something that may fail; what went wrong is told, and nothing typed is lost. Says whether all went well. */
export async function attempt(action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action();
    clearProblem();
    return true;
  } catch (error) {
    tellProblem(error);
    return false;
  }
}
