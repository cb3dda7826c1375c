/** Values that may be promises. The memory store returns at once, and awaiting it would cost a fifth of the throughput. */

export type MaybePromise<T> = T | Promise<T>;
