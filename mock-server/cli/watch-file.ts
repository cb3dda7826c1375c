/** A file looked at again and again, without ever holding up the process: neither a hanging mount nor a slow reader of it is asked twice at once. */
import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

// Often enough to feel at once, and seldom enough to cost nothing; polling also sees files that are swapped by a link.
const POLL_MS = 500;

export interface Watched {
  readonly file: string;
  /** What the file was like before it was read. */
  readonly read: string;
  /** Takes over what the file has now; the next look comes when it is done. Must not reject. */
  readonly changed: () => Promise<void>;
  readonly pollMs?: number;
}

/** Until the signal is aborted. */
export async function watchFile(
  { file, read, changed, pollMs = POLL_MS }: Watched,
  signal: AbortSignal,
): Promise<void> {
  let seen = read;
  while (await passes(pollMs, signal)) {
    const now = await stateOf(file);
    if (now === seen || signal.aborted) continue;
    // Before it is read: a change meanwhile is seen by the next look.
    seen = now;
    await changed();
  }
}

/** False where the signal came first. */
async function passes(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await wait(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

/** Tells that a file has changed; of one that is not there, or that may not be looked at, nothing. */
export async function stateOf(file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return '';
  }
}
