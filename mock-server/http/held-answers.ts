/** Limits the replies that a test delays for long: their number and duration, and their end when the server stops. */
import type { ResponseChannel } from './response-channel.js';

/** How long a stopping server waits for pending requests. A shorter delay ends normally. */
export const CLOSE_GRACE_MS = 5_000;
// Each keeps a connection and a request open. A test of timeouts has a few, a load test some hundred.
export const HELD_MAX = 1_000;
// Proxies and clients time out after a few minutes.
export const HELD_MS_MAX = 10 * 60 * 1000;

export interface HeldAnswers {
  /** Whether a reply may be delayed for this time. If not, its channel is ended. */
  admits(channel: ResponseChannel, ms: number): boolean;
}

/** The held replies of one server. When `closing` is aborted, replies with a delay longer than the grace period end, also later ones. */
export function holdAnswers(closing: AbortSignal | undefined): HeldAnswers {
  const held = new Set<ResponseChannel>();
  closing?.addEventListener('abort', () => {
    for (const channel of held) channel.destroy();
  });

  function hold(channel: ResponseChannel): void {
    held.add(channel);
    // In process, a held reply must not keep the process running. Over HTTP, the connection does so anyway.
    const limit = setTimeout(() => channel.reset(), HELD_MS_MAX).unref();
    channel.onceClosed(() => {
      clearTimeout(limit);
      held.delete(channel);
    });
  }

  return {
    admits: (channel, ms) => {
      if (ms <= CLOSE_GRACE_MS) return true;
      const isAdmitted = closing?.aborted !== true && held.size < HELD_MAX;
      if (isAdmitted) hold(channel);
      else channel.reset();
      return isAdmitted;
    },
  };
}
