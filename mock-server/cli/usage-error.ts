/** A mistake of whoever starts the server: one clear line and exit status 2. */

export class UsageError extends Error {
  override readonly name = 'UsageError';
}
