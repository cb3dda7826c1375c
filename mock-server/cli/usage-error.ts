/** A mistake in flags, options or files: one line and exit status 2. */

export class UsageError extends Error {
  override readonly name = 'UsageError';
}
