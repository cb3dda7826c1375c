/** Values that may be promises. The memory store returns at once, and awaiting it would cost a fifth of the throughput. */

export type MaybePromise<T> = T | Promise<T>;

/** Like `await` before the rest of a function, but synchronous if the value is not a promise. */
export function chain<T, U>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<U>,
): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
