/** Answers that a test holds back for long: so many at a time, and so long; none when the server stops. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { resetConnection } from './reset.js';

/** How long a server that stops waits for what is in flight: what is held back no longer than this ends by itself. */
export const CLOSE_GRACE_MS = 5_000;
// Each is an open connection and a request; a test of timeouts has a few, a load test of them some hundred.
export const HELD_MAX = 1_000;
// No client waits as long: proxies and clients give up after a minute or a few.
export const HELD_MS_MAX = 10 * 60 * 1000;

const BYTES_BEHIND_MAX = 256 * 1024;
const TALK_CHECK_MS = 1000;

interface Exchanged {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

export interface HeldAnswers {
  /** Whether an answer may be held back as long as that. If not, its connection is ended. */
  admits(exchanged: Exchanged, ms: number): boolean;
}

/** Of one server. `closing` is aborted when it stops: what is held back for longer than the grace ends then, and so does what comes later. */
export function holdAnswers(closing: AbortSignal | undefined): HeldAnswers {
  /** And what had been read of each connection when its answer began to be held back. */
  const held = new Map<IncomingMessage, number>();
  let watch: NodeJS.Timeout | undefined;
  closing?.addEventListener('abort', () => {
    for (const { socket } of held.keys()) socket.destroy();
  });

  function hold({ req, res }: Exchanged): void {
    held.set(req, req.socket.bytesRead);
    watch ??= setInterval(endTalkative, TALK_CHECK_MS).unref();
    const limit = setTimeout(() => resetConnection(req.socket), HELD_MS_MAX);
    res.once('close', () => {
      clearTimeout(limit);
      held.delete(req);
      if (held.size > 0) return;
      clearInterval(watch);
      watch = undefined;
    });
  }

  /** Whatever else is on the server of a middleware: what comes behind an answer that is held back would wait in memory. */
  function endTalkative(): void {
    for (const [{ socket }, bytes] of held) if (socket.bytesRead - bytes > BYTES_BEHIND_MAX) socket.destroy();
  }

  return {
    admits: (exchanged, ms) => {
      if (ms <= CLOSE_GRACE_MS) return true;
      const isAdmitted = closing?.aborted !== true && held.size < HELD_MAX;
      if (isAdmitted) hold(exchanged);
      else resetConnection(exchanged.req.socket);
      return isAdmitted;
    },
  };
}
