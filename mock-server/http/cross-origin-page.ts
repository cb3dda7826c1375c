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
  return otherOrigin(headers) ?? (mayVisit && isNavigation(headers) ? undefined : otherSite(headers));
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

function otherOrigin({ origin, host = '' }: IncomingHttpHeaders): Bilingual | undefined {
  if (origin === undefined || hostOf(origin) === host.toLowerCase()) return undefined;
  return { en: `a page of ${quote(origin)}`, zh: `${quote(origin)} 的网页` };
}

function otherSite(headers: IncomingHttpHeaders): Bilingual | undefined {
  const site = headers[SITE];
  if (site === undefined || OWN_SITES.includes(site)) return undefined;
  const header = `Sec-Fetch-Site ${quote(site)}`;
  return { en: `a page of another origin (${header})`, zh: `其他来源的网页（${header}）` };
}

function isNavigation(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
