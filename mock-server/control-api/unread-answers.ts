/** Answers that their clients do not read: together they may take so much memory; beyond that the oldest are ended. */
import type { ServerResponse } from 'node:http';

// A page of the journal has 8 MiB. No timeout ends an answer that makes no progress, since events make none for long.
export const UNREAD_BYTES_MAX = 32 * 1024 * 1024;

/** A function to be called with each response before anything is written to it. */
export function limitUnread(): (res: ServerResponse) => void {
  const open = new Set<ServerResponse>();
  return (res) => {
    endOldest([...open].filter(({ writableEnded }) => writableEnded));
    open.add(res);
    res.once('close', () => open.delete(res));
  };
}

function endOldest(unread: readonly ServerResponse[]): void {
  let bytes = unread.reduce((sum, { writableLength }) => sum + writableLength, 0);
  for (const { writableLength, socket } of unread) {
    if (bytes <= UNREAD_BYTES_MAX) return;
    bytes -= writableLength;
    socket?.destroy();
  }
}
