/** Values that may take a while: the memory store answers at once, and waiting for it would cost a fifth of the throughput. */

export type MaybePromise<T> = T | Promise<T>;

/** What `await` and the rest of the function would do, at once where there is nothing to wait for. */
export function chain<T, U>(value: MaybePromise<T>, next: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
