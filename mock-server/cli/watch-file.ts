/** Polls a file for changes. Polling also detects a file that is replaced by a link, and a change on a network mount. */
import { unwatchFile, watchFile as watch } from 'node:fs';

// Short enough to seem immediate, long enough to cost nothing.
const POLL_MS = 500;

export interface Watched {
  readonly file: string;
  /** Reloads the file; the next reload waits for it. Must not reject. */
  readonly changed: () => Promise<void>;
  readonly pollMs?: number;
}

/** Polls until the signal is aborted. */
export function watchFile({ file, changed, pollMs = POLL_MS }: Watched, signal: AbortSignal): void {
  let last = Promise.resolve();
  let isWaiting = false;
  const listener = () => {
    // One reload at a time. Another one that waits sees all changes before it.
    if (isWaiting) return;
    isWaiting = true;
    last = last.then(() => {
      isWaiting = false;
      return signal.aborted ? undefined : changed();
    });
  };
  watch(file, { interval: pollMs, persistent: false }, listener);
  signal.addEventListener('abort', () => unwatchFile(file, listener));
}
