/** Answers that their clients do not read: together they may take so much memory, and beyond that the oldest are ended. */
import type { NextFunction, Request, Response } from 'express';

// A page of the journal has 8 MiB. No timeout ends an answer that makes no progress, since events make none for long.
export const UNREAD_BYTES_MAX = 32 * 1024 * 1024;

export function limitUnread() {
  const open = new Set<Response>();
  return (_req: Request, res: Response, next: NextFunction): void => {
    endOldest([...open].filter(({ writableEnded }) => writableEnded));
    open.add(res);
    res.once('close', () => open.delete(res));
    next();
  };
}

function endOldest(unread: readonly Response[]): void {
  let bytes = unread.reduce((sum, { writableLength }) => sum + writableLength, 0);
  for (const { writableLength, socket } of unread) {
    if (bytes <= UNREAD_BYTES_MAX) return;
    bytes -= writableLength;
    socket?.destroy();
  }
}
