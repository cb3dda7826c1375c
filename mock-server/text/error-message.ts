/** What was thrown, in one sentence; a library may throw something else than an Error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
