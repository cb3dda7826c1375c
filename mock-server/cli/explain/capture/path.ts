/** The path and query of an address. */

const SCHEME_AND_HOST = /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*/i;
const HOST_ALONE = /^[^/?#]+/;

/** Without scheme, host, query and fragment. */
export function pathOf(url: string): string {
  const [path = ''] = url.replace(SCHEME_AND_HOST, '').split(/[?#]/);
  return path === '' ? '/' : path;
}

/** The query without question mark and fragment, as a property of a capture. */
export function queryOf(url: string): { readonly query?: string } {
  const query = /^[^?#]*\?([^#]*)/.exec(url)?.[1];
  return query === undefined ? {} : { query };
}

/** The path of an address for curl, which can omit the scheme. */
export function pathOfLooseUrl(url: string): string {
  return pathOf(SCHEME_AND_HOST.test(url) ? url : url.replace(HOST_ALONE, ''));
}
