/** The signals that stop a command, and the end of its parent. */
import { systemClock } from '../carrier/sources.js';

/** A terminal sends SIGHUP when it is closed. */
const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

// After Ctrl-C the terminal sends SIGINT to all processes, and npm sends it again to its own.
const REPEAT_MS = 100;
const PARENT_POLL_MS = 200;

export interface OnStop {
  /** Stops gracefully. */
  readonly first: (signal: StopSignal) => void;
  /** Stops at once, after a further signal of any kind. */
  readonly next: (signal: StopSignal) => void;
  /** Whether npm started this command. */
  readonly underNpm: boolean;
}

export function onStop({ first, next, underNpm }: OnStop): void {
  let received: Received | undefined;
  const receive = (signal: StopSignal) => {
    const now = { signal, atMs: systemClock.elapsedMs() };
    if (received === undefined) {
      received = now;
      first(signal);
    } else if (!isRepeat(received, now)) next(signal);
  };
  for (const signal of STOP_SIGNALS) process.on(signal, receive);
  if (underNpm) {
    onParentEnd(() => {
      if (received === undefined) receive('SIGTERM');
    });
  }
}

interface Received {
  readonly signal: StopSignal;
  readonly atMs: number;
}

export function isRepeat(first: Received, next: Received): boolean {
  return next.signal === first.signal && next.atMs - first.atMs < REPEAT_MS;
}

/**
 * `npm start` and `npx` run the command through a shell, and a signal to them ends only the shell. So the end of the
 * parent process counts as a signal; otherwise the server would keep its port.
 */
function onParentEnd(end: () => void): void {
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    end();
  }, PARENT_POLL_MS).unref();
}
