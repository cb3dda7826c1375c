/** Notices about problems and finished actions. The page shows one, until it is closed, replaced, or the view changes. */
import { computed, signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ControlError } from '../../../src/control/errors.js';
import { t } from '../messages/message.js';
import type { View } from './hash.js';
import { UNAUTHORIZED, UNAVAILABLE } from './mock.js';
import { place } from './place.js';

interface Notice {
  /** `refused`: the action succeeded, and the carrier's response is no success. */
  readonly kind: 'problem' | 'done' | 'refused';
  readonly text: string;
  /** Only this view shows the notice. */
  readonly view: View;
}

const latest = signal<Notice | undefined>(undefined);

export const notice = computed(() =>
  latest.value?.view === place.value.view ? latest.value : undefined,
);

const DONE_SHOWN_MS = 4000;

export function notifyDone(text: string, kind: Exclude<Notice['kind'], 'problem'> = 'done'): void {
  const done: Notice = { kind, text, view: place.value.view };
  latest.value = done;
  setTimeout(() => {
    if (latest.value === done) closeNotice();
  }, DONE_SHOWN_MS);
}

function notifyProblem(error: unknown): void {
  latest.value = { kind: 'problem', text: problemWords(error), view: place.value.view };
}

/** Of what the page loads by itself. An outage has a bar, and a missing token a dialog. */
export function notifyUnloaded(error: unknown): void {
  const isShown =
    error instanceof ControlError &&
    (isUnreachable(error) || [UNAUTHORIZED, UNAVAILABLE].includes(error.status ?? 0));
  if (!isShown) notifyProblem(error);
}

export function closeNotice(): void {
  latest.value = undefined;
}

/** Closes the notice if it is a problem. */
export function clearProblem(): void {
  if (latest.value?.kind === 'problem') closeNotice();
}

function isUnreachable({ code }: ControlError): boolean {
  return code === 'ERR_CONTROL_UNREACHABLE' || code === 'ERR_CONTROL_TIMEOUT';
}

export function problemWords(error: unknown): string {
  if (error instanceof ControlError) {
    if (isUnreachable(error)) return t('problem.unreachable');
    if (error.status === UNAUTHORIZED) return t('problem.token');
    if (error.pointer === '/privateKey') return t('problem.privateKey');
    if (error.code === 'ERR_CONTROL_REFUSED')
      return t('problem.refused', { detail: error.detail.replace(PARENTS, '') });
  }
  return t('problem.unforeseen', {
    detail: error instanceof Error ? error.message : String(error),
  });
}

/** The detail names the field by a JSON Pointer: `/fields/sign is …`. Without its parents, it is a name. */
const PARENTS = /^\/(?:[^/\s]+\/)*/;

/** For a text next to the field. */
export function withoutPointer({ detail, pointer = '' }: ControlError): string {
  return detail.startsWith(`${pointer} `) ? detail.slice(pointer.length + 1) : detail;
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

/** What the latest call of `load` returned. It is called again when an input changes; until then the previous value stays. */
export function useLoaded<T>(
  load: (isCurrent: () => boolean) => Promise<T>,
  inputs: readonly unknown[],
  onError: (error: unknown) => void = notifyUnloaded,
): T | undefined {
  const loaded = useSignal<T | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    load(() => isCurrent).then(
      (value) => {
        if (isCurrent) loaded.value = value;
      },
      (error) => isCurrent && onError(error),
    );
    return () => {
      isCurrent = false;
    };
  }, inputs);
  return loaded.value;
}
