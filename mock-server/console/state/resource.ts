/** Server data that is loaded on first use, and again when it may have changed. */
import { type Signal, signal } from '@preact/signals';
import { notifyProblem } from './notices.js';

export interface Resource<T> {
  /** undefined until it is loaded. The first read starts loading. */
  readonly value: T | undefined;
  reload(): Promise<void>;
}

const all = new Set<Resource<unknown>>();

export function resource<T>(load: () => Promise<T>): Resource<T> {
  const loaded: Signal<T | undefined> = signal(undefined);
  let isRequested = false;
  const created: Resource<T> = {
    get value() {
      if (!isRequested) void created.reload();
      return loaded.value;
    },
    reload: async () => {
      isRequested = true;
      try {
        loaded.value = await load();
      } catch (error) {
        // `reloadAll` loads it after a reconnect or with the control token.
        notifyProblem(error);
      }
    },
  };
  all.add(created);
  return created;
}

/** Called after a reconnect and when the control token is set. */
export function reloadAll(): void {
  for (const one of all) void one.reload();
}
