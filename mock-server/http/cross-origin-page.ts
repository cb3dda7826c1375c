/** Detects requests from web pages of another origin. Browsers send the page's origin in Origin and Sec-Fetch-Site. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Bilingual } from '../../src/text/bilingual.js';
import { quote } from '../../src/text/shown-json.js';

const ORIGIN = 'origin';
const SITE = 'sec-fetch-site';
/** `none`: typed into the address bar. */
const OWN_SITES: readonly unknown[] = ['same-origin', 'none'];

/**
 * Describes the page; undefined for the server's own pages, and for clients that are not browsers. `mayVisit` accepts
 * navigation by a link. Use it for calls that change nothing: a page cannot read the target of its links.
 */
export function crossOriginPage(
  headers: IncomingHttpHeaders,
  { mayVisit }: { readonly mayVisit: boolean },
): Bilingual | undefined {
  const { origin, host = '', [SITE]: site } = headers;
  const ownHost = origin !== undefined && URL.canParse(origin) ? new URL(origin).host : undefined;
  if (origin !== undefined && ownHost !== host.toLowerCase())
    return { en: `a page of ${quote(origin)}`, zh: `${quote(origin)} 的网页` };
  const isNavigation =
    headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  if (site === undefined || OWN_SITES.includes(site) || (mayVisit && isNavigation))
    return undefined;
  const header = `Sec-Fetch-Site ${quote(site)}`;
  return { en: `a page of another origin (${header})`, zh: `其他来源的网页（${header}）` };
}

/** Whether a browser may have sent these headers. It runs for each carrier request, and is cheaper than `req.headers`. */
export function haveBrowserHeaders(rawHeaders: readonly string[]): boolean {
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (name.length !== ORIGIN.length && name.length !== SITE.length) continue;
    const lower = name.toLowerCase();
    if (lower === ORIGIN || lower === SITE) return true;
  }
  return false;
}
