/** The form of a path. */

/** Without repeated slashes: a base URL that ends with a slash, before a path that begins with one, makes two. */
export function singleSlashes(path: string): string {
  return path.replace(/\/{2,}/g, '/');
}
