/** Answers that a test holds back for long: so many at a time, and so long; none when the server stops. */
import type { Line } from './line.js';

/** How long a server that stops waits for what is in flight: what is held back no longer than this ends by itself. */
export const CLOSE_GRACE_MS = 5_000;
// Each is an open connection and a request; a test of timeouts has a few, a load test of them some hundred.
export const HELD_MAX = 1_000;
// No client waits as long: proxies and clients give up after a minute or a few.
export const HELD_MS_MAX = 10 * 60 * 1000;

const BYTES_BEHIND_MAX = 256 * 1024;
const TALK_CHECK_MS = 1000;

export interface HeldAnswers {
  /** Whether an answer may be held back as long as that. If not, its line is ended. */
  admits(line: Line, ms: number): boolean;
}

/** Of one server. `closing` is aborted when it stops: what is held back for longer than the grace ends then, and so does what comes later. */
export function holdAnswers(closing: AbortSignal | undefined): HeldAnswers {
  /** And what the caller had sent when its answer began to be held back. */
  const held = new Map<Line, number>();
  let watch: NodeJS.Timeout | undefined;
  closing?.addEventListener('abort', () => {
    for (const line of held.keys()) line.destroy();
  });

  function hold(line: Line): void {
    held.set(line, line.bytesRead());
    watch ??= setInterval(endTalkative, TALK_CHECK_MS).unref();
    // A connection keeps the process running by itself; in process a held answer must not.
    const limit = setTimeout(() => line.reset(), HELD_MS_MAX).unref();
    line.onceClosed(() => {
      clearTimeout(limit);
      held.delete(line);
      if (held.size > 0) return;
      clearInterval(watch);
      watch = undefined;
    });
  }

  /** Of other servers, which a middleware is part of: what follows an answer that is held back would wait in memory. */
  function endTalkative(): void {
    for (const [line, bytes] of held) if (line.bytesRead() - bytes > BYTES_BEHIND_MAX) line.destroy();
  }

  return {
    admits: (line, ms) => {
      if (ms <= CLOSE_GRACE_MS) return true;
      const isAdmitted = closing?.aborted !== true && held.size < HELD_MAX;
      if (isAdmitted) hold(line);
      else line.reset();
      return isAdmitted;
    },
  };
}
