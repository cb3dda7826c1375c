/** The names that a certificate is for, and how they are written in one. */
import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

const DNS_NAME = /^(?:\*\.)?[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)*$/i;

/** Whether a text can stand in a certificate, as a host name or an address. */
export function isCertificateName(text: string): boolean {
  return isIP(text) !== 0 || DNS_NAME.test(text);
}

// The object identifier 2.5.29.30 in DER.
const NAME_CONSTRAINTS_ID = Buffer.from('0603551d1e', 'hex');

/** Whether a CA may sign for some names only. Which they are is for node-forge to read. */
export function hasNameConstraints({ raw }: X509Certificate): boolean {
  return raw.includes(NAME_CONSTRAINTS_ID);
}

/** The names and addresses of a certificate. */
export function certificateNames({ subjectAltName = '' }: X509Certificate): ReadonlySet<string> {
  const names = subjectAltName.split(', ').map((entry) => entry.replace(/^(?:DNS|IP Address):/, ''));
  return new Set(names.map(canonicalName));
}

/** One text for one name or address. */
export function canonicalName(name: string): string {
  return isIP(name) === 6 ? shortIpv6(name) : name.toLowerCase();
}

/** `0:0:0:0:0:0:0:1` and `::1` are one address: URL has the one short form. */
function shortIpv6(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
