/** Whether a request is of a web page of somebody else's: browsers say in Origin and Sec-Fetch-Site whose page it is. */
import type { IncomingHttpHeaders } from 'node:http';
import { quote } from '../schemas/schema-problem.js';

const ORIGIN = 'origin';
const SITE = 'sec-fetch-site';
/** `none`: typed into the address bar. */
const OWN_SITES: readonly unknown[] = ['same-origin', 'none'];

/**
 * Names the page; undefined for one of the server's own, and for what is no browser. `mayVisit`: a link that somebody
 * follows is let through, which is right where it changes nothing: the page that has the link does not see where it leads.
 */
export function strangePage(
  headers: IncomingHttpHeaders,
  { mayVisit }: { readonly mayVisit: boolean },
): string | undefined {
  return otherOrigin(headers) ?? (mayVisit && isVisit(headers) ? undefined : otherSite(headers));
}

/** Whether a browser may have sent them. Looked at for each request of the carrier, and cheaper than having Node sort the headers. */
export function areOfBrowser(rawHeaders: readonly string[]): boolean {
  return rawHeaders.some(
    (name, index) =>
      index % 2 === 0 &&
      (name.length === ORIGIN.length || name.length === SITE.length) &&
      (name.toLowerCase() === ORIGIN || name.toLowerCase() === SITE),
  );
}

function otherOrigin({ origin, host = '' }: IncomingHttpHeaders): string | undefined {
  if (origin === undefined || hostOf(origin) === host.toLowerCase()) return undefined;
  return `a page of ${quote(origin)}`;
}

function otherSite(headers: IncomingHttpHeaders): string | undefined {
  const site = headers[SITE];
  return site === undefined || OWN_SITES.includes(site)
    ? undefined
    : `a page of another origin (Sec-Fetch-Site ${quote(site)})`;
}

function isVisit(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
