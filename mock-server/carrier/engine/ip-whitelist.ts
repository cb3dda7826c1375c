/** 服务器IP白名单 in the portal's syntax: IPv4 and IPv6 addresses, and ranges of the last IPv4 octet, separated by commas. */

import { isIPv4, isIPv6 } from 'node:net';

export type IpMatcher = (ip: string) => boolean;

/** One entry as entered, and what it admits; `admits` is undefined for a malformed entry. */
export interface WhitelistEntry {
  readonly text: string;
  readonly admits:
    | { readonly kind: 'single'; readonly ip: string }
    /** `network` is the first three octets with their dots: `10.0.0.` */
    | {
        readonly kind: 'range';
        readonly network: string;
        readonly first: number;
        readonly last: number;
      }
    | undefined;
}

// The portal's examples also use the full-width comma.
const SEPARATOR = /[,，]/;
const NO_ENTRY = /^[\s,，]*$/;
const IPV6_GROUPS = 8;
/** An IPv4-mapped address as URL writes it. */
const MAPPED = /^::ffff:([\da-f]+):([\da-f]+)$/;

/** The entries of a list, without empty ones. */
export function parseIpWhitelist(text: string): readonly WhitelistEntry[] {
  return text
    .split(SEPARATOR)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => ({ text: entry, admits: parseEntry(entry) }));
}

/** The list of an app that is given none, if only this machine can reach the server. */
export const LOOPBACK_WHITELIST = '127.0.0.1,::1';

/** True for a list without an entry, which admits no address. null admits every address. */
export function isWithoutEntry(text: string | null): boolean {
  return text !== null && NO_ENTRY.test(text);
}

// The last compiled list: nearly all apps have the default list.
let lastText: string | null | undefined;
let lastMatcher: IpMatcher = () => false;

/** null admits every address, "" admits none. A malformed entry admits none; the other entries still count. */
export function compileIpWhitelist(text: string | null): IpMatcher {
  if (text !== lastText) {
    lastMatcher = compile(text);
    lastText = text;
  }
  return lastMatcher;
}

function compile(text: string | null): IpMatcher {
  if (text === null) return () => true;
  const entries = parseIpWhitelist(text).map(({ admits }) => admits);
  const singles = new Set(entries.flatMap((entry) => (entry?.kind === 'single' ? [entry.ip] : [])));
  const ranges = entries.filter((entry) => entry?.kind === 'range');
  return (ip) => {
    const canonical = canonicalIp(ip);
    if (canonical === undefined || singles.has(canonical)) return canonical !== undefined;
    const { network, octet } = splitLastOctet(canonical);
    return ranges.some(
      (range) => range.network === network && octet >= range.first && octet <= range.last,
    );
  };
}

/** The same text for the same address: IPv4 unchanged, IPv4-mapped as IPv4, IPv6 as eight groups. undefined for an invalid address. */
export function canonicalIp(text: string): string | undefined {
  if (!text.includes(':')) return isIPv4(text) ? text : undefined;
  const [address = ''] = text.split('%');
  if (!isIPv6(address)) return undefined;
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = MAPPED.exec(short) ?? [];
  if (high !== undefined && low !== undefined) {
    const values = [high, low].map((group) => Number.parseInt(group, 16));
    return values.flatMap((value) => [value >> 8, value & 0xff]).join('.');
  }
  const [head = [], tail = []] = short
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':')));
  return [
    ...head,
    ...Array<string>(IPV6_GROUPS - head.length - tail.length).fill('0'),
    ...tail,
  ].join(':');
}

function parseEntry(text: string): WhitelistEntry['admits'] {
  const [from = '', to, ...others] = text.split('-').map((end) => end.trim());
  if (to === undefined) {
    const ip = canonicalIp(text);
    return ip === undefined ? undefined : { kind: 'single', ip };
  }
  if (others.length > 0 || !isIPv4(from) || !isIPv4(to)) return undefined;
  const start = splitLastOctet(from);
  const end = splitLastOctet(to);
  if (start.network !== end.network || start.octet > end.octet) return undefined;
  return { kind: 'range', network: start.network, first: start.octet, last: end.octet };
}

function splitLastOctet(ip: string): { readonly network: string; readonly octet: number } {
  const at = ip.lastIndexOf('.') + 1;
  return { network: ip.slice(0, at), octet: Number(ip.slice(at)) };
}
