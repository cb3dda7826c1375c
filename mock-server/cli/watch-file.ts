/** Polls a file for changes. It waits for one check and its reload before the next, so a hanging mount blocks nothing else. */
import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

// Short enough to seem immediate, long enough to cost nothing. Polling also detects a file that is replaced by a link.
const POLL_MS = 500;

export interface Watched {
  readonly file: string;
  /** The `stateOf` the file before it was read. */
  readonly read: string;
  /** Reloads the file; the next check waits for it. Must not reject. */
  readonly changed: () => Promise<void>;
  readonly pollMs?: number;
}

/** Polls until the signal is aborted. */
export async function watchFile(
  { file, read, changed, pollMs = POLL_MS }: Watched,
  signal: AbortSignal,
): Promise<void> {
  let seen = read;
  while (await waitUnlessAborted(pollMs, signal)) {
    const now = await stateOf(file);
    if (now === seen || signal.aborted) continue;
    // Before the reload, so that the next check detects a change during it.
    seen = now;
    await changed();
  }
}

/** Returns false if the signal is aborted first. */
async function waitUnlessAborted(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await wait(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

/** A text that differs after each change of the file; empty if the file is missing or not accessible. */
export async function stateOf(file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return '';
  }
}
