/** Reads errors of any realm, without `instanceof`: Jest runs a test in another realm than Node's own modules. */

/** The message of a thrown value; a library may throw something other than an Error. */
export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}

/** True for an error with this code, such as ENOENT. */
export function hasCode(error: unknown, code: string): boolean {
  return codeOf(error) === code;
}

/** The code of an error of Node, such as ENOENT. A DOMException has a number, which says nothing. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
