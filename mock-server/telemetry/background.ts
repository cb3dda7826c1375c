/** Work that waits until the server has answered its requests. */
import { setImmediate as nextTurn } from 'node:timers/promises';

export function inBackground() {
  let last: Promise<void> = Promise.resolve();
  return {
    /** Runs it after all that was added before. It must not reject. */
    add: (work: () => Promise<void>): void => {
      last = last.then(() => nextTurn()).then(work);
    },
    /** Resolves when all is done. */
    done: () => last,
  };
}
