/** The names and addresses in a certificate. */
import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

const DNS_NAME =
  /^(?:\*\.)?[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)*$/i;

/** Whether a certificate can contain the text as a host name or an address. */
export function isCertificateName(text: string): boolean {
  return isIP(text) !== 0 || DNS_NAME.test(text);
}

export function certificateNames({ subjectAltName = '' }: X509Certificate): ReadonlySet<string> {
  const names = subjectAltName
    .split(', ')
    .map((entry) => entry.replace(/^(?:DNS|IP Address):/, ''));
  return new Set(names.map(canonicalName));
}

/** A name or address in its canonical form. `0:0:0:0:0:0:0:1` and `::1` are the same address. URL writes the short form. */
export function canonicalName(name: string): string {
  return isIP(name) === 6 ? new URL(`http://[${name}]`).hostname.slice(1, -1) : name.toLowerCase();
}
