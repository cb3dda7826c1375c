/** Shows a refusal of the server at its field instead of in a notice. */
import type { Signal } from '@preact/signals';
import { ControlRefusal } from '../api/problem.js';
import { problemWords } from '../state/notices.js';

export async function withRefusal(problem: Signal<string | undefined>, action: () => Promise<void>): Promise<void> {
  try {
    await action();
    problem.value = undefined;
  } catch (error) {
    if (!(error instanceof ControlRefusal)) throw error;
    problem.value = problemWords(error);
  }
}
