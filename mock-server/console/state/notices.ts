/** Notices about problems and finished actions. The page shows one, until it is closed, replaced, or the view changes. */

import { computed, type Signal, signal } from '@preact/signals';
import { ControlRefusal, ServerUnreachable, UNAUTHORIZED } from '../api/problem.js';
import { t } from '../messages/message.js';
import type { View } from './hash.js';
import { place } from './place.js';

export interface Notice {
  readonly kind: 'problem' | 'done';
  readonly text: string;
  /** Only this view shows the notice. */
  readonly view: View;
}

const latest = signal<Notice | undefined>(undefined);

export const notice = computed(() => (latest.value?.view === place.value.view ? latest.value : undefined));

const DONE_SHOWN_MS = 4000;

export function notifyDone(text: string): void {
  const done: Notice = { kind: 'done', text, view: place.value.view };
  latest.value = done;
  setTimeout(() => {
    if (latest.value === done) closeNotice();
  }, DONE_SHOWN_MS);
}

export function notifyProblem(error: unknown): void {
  latest.value = { kind: 'problem', text: problemWords(error), view: place.value.view };
}

export function closeNotice(): void {
  latest.value = undefined;
}

/** Closes the notice if it is a problem. */
export function clearProblem(): void {
  if (latest.value?.kind === 'problem') closeNotice();
}

export function problemWords(error: unknown): string {
  if (error instanceof ServerUnreachable) return t('problem.unreachable');
  if (error instanceof ControlRefusal) {
    return error.status === UNAUTHORIZED ? t('problem.token') : t('problem.refused', { detail: error.message });
  }
  return t('problem.unforeseen', { detail: error instanceof Error ? error.message : String(error) });
}

/** Runs an action and shows its error as a notice. Returns whether it succeeded. */
export async function attempt(action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action();
    clearProblem();
    return true;
  } catch (error) {
    notifyProblem(error);
    return false;
  }
}

/** Shows a refusal of the server at its field instead of in a notice. */
export async function withRefusal(problem: Signal<string | undefined>, action: () => Promise<void>): Promise<void> {
  try {
    await action();
    problem.value = undefined;
  } catch (error) {
    if (!(error instanceof ControlRefusal)) throw error;
    problem.value = problemWords(error);
  }
}
