/** The path of an address, as a server would see it. */

const SCHEME_AND_HOST = /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*/i;
const HOST_ALONE = /^[^/?#]+/;

/** Without scheme, host, query and fragment. */
export function pathOf(url: string): string {
  const [path = ''] = url.replace(SCHEME_AND_HOST, '').split(/[?#]/);
  return path === '' ? '/' : path;
}

/** The same of what curl takes: it may leave the scheme out. */
export function pathOfLooseUrl(url: string): string {
  return pathOf(SCHEME_AND_HOST.test(url) ? url : url.replace(HOST_ALONE, ''));
}
