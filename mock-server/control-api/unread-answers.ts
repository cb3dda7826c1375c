/** Limits the memory of responses that clients do not read: the oldest ones are closed. */
import type { ServerResponse } from 'node:http';

// A page of the journal has at most 8 MiB. There is no timeout, because event streams can be idle for long.
export const UNREAD_BYTES_TOTAL_MAX = 32 * 1024 * 1024;

/** The returned function must be called with each response before anything is written to it. */
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
    if (bytes <= UNREAD_BYTES_TOTAL_MAX) return;
    bytes -= writableLength;
    socket?.destroy();
  }
}
