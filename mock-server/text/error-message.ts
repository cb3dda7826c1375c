/** Reads errors of any realm: Jest runs a test, and the server in it, in another realm than Node's own modules. */

/** What was thrown, in one sentence; a library may throw something else than an Error. */
export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

/** Whether it is an error of Node with this code, such as ENOENT. */
export function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
