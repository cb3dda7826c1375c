/** Something that the server has: loaded when a view first wants it, and again when it may have changed. */
import { type Signal, signal } from '@preact/signals';
import { notifyProblem } from './notices.js';

export interface Resource<T> {
  /** Undefined until it is there. Reading it loads it. */
  readonly value: T | undefined;
  reload(): Promise<void>;
}

const all = new Set<Resource<unknown>>();

export function resource<T>(load: () => Promise<T>): Resource<T> {
  const loaded: Signal<T | undefined> = signal(undefined);
  let isAsked = false;
  const made: Resource<T> = {
    get value() {
      if (!isAsked) void made.reload();
      return loaded.value;
    },
    reload: async () => {
      isAsked = true;
      try {
        loaded.value = await load();
      } catch (error) {
        // Loaded when the connection stands again, or the token is given.
        notifyProblem(error);
      }
    },
  };
  all.add(made);
  return made;
}

/** After the server was away, or the control token given. */
export function reloadAll(): void {
  for (const one of all) void one.reload();
}
