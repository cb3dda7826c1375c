/** Polls a file for changes. Polling also detects a file that is replaced by a link, and a change on a network mount. */
import { type Stats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';

// Short enough to seem immediate, long enough to cost nothing.
const POLL_MS = 500;

export interface Watched {
  readonly file: string;
  /** Reloads the file; the next check waits for it. Must not reject. */
  readonly changed: () => Promise<void>;
  readonly pollMs?: number;
}

/** Polls until the signal is aborted. A change counts from this call on. */
export function watchFile({ file, changed, pollMs = POLL_MS }: Watched, signal: AbortSignal): void {
  let seen = versionOf(statsNow(file));
  let isChecking = false;
  const check = async () => {
    isChecking = true;
    const now = versionOf(await stat(file).catch(() => undefined));
    if (now !== seen && !signal.aborted) {
      seen = now;
      await changed();
    }
    isChecking = false;
  };
  const timer = setInterval(() => {
    if (!isChecking) void check();
  }, pollMs).unref();
  signal.addEventListener('abort', () => clearInterval(timer));
}

function statsNow(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}

/** undefined for a file that cannot be found. */
function versionOf(stats: Stats | undefined): string | undefined {
  return stats && `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
}
