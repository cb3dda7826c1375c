/** Entries that break the syntax of 服务器IP白名单, and the addresses that they are meant to cover. */
import { canonicalIp } from '../../carrier/engine/ip-whitelist.js';

export interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

export interface Ends {
  readonly first: Address;
  readonly last: Address;
}

interface EntryAndAddress {
  readonly entry: string;
  /** In the form that canonicalIp() returns. */
  readonly ip: string;
}

export type Form = 'list' | 'network' | 'wildcard' | 'range' | 'port';

interface MalformedForm {
  readonly form: Form;
  readonly pattern: RegExp;
  readonly covers: (pair: EntryAndAddress) => boolean;
}

/** Characters that people type instead of a comma, and that no address contains. */
export const SEPARATORS = /[\s;；、|]+/;
const WITH_PORT = /^(?:([\d.]+):\d+|\[([^[\]]+)\](?::\d+)?)$/;
const WILDCARD_ENTRY = /^[\d.]*[*xX][\d.*xX]*$/;

const MALFORMED_FORMS: readonly MalformedForm[] = [
  { form: 'list', pattern: SEPARATORS, covers: isOneOfSeveral },
  { form: 'network', pattern: /^[^/]+\/\d{1,3}$/, covers: isInNetwork },
  { form: 'wildcard', pattern: WILDCARD_ENTRY, covers: fitsWildcard },
  { form: 'range', pattern: /^[^-]+-[^-]+$/, covers: isInWideRange },
  { form: 'port', pattern: WITH_PORT, covers: ({ entry, ip }) => canonicalIp(withoutPort(entry)) === ip },
];

/** Whether a malformed entry is meant to cover the address. */
export function coversAddress(pair: EntryAndAddress): boolean {
  const entry = tidied(pair.entry);
  return rowOf(entry)?.covers({ entry, ip: pair.ip }) === true;
}

/** The form of a malformed entry; undefined if it has no known form. */
export function formOf(entry: string): Form | undefined {
  return rowOf(tidied(entry))?.form;
}

function rowOf(entry: string): MalformedForm | undefined {
  return MALFORMED_FORMS.find(({ pattern }) => pattern.test(entry));
}

/** Removes the spaces around a hyphen, which a range may have. */
export function tidied(entry: string): string {
  return entry
    .split('-')
    .map((end) => end.trim())
    .join('-');
}

/** Removes the port and the brackets from `10.0.0.1:8080`, `[::1]:8080` and `[::1]`. */
export function withoutPort(entry: string): string {
  const [, ipv4, ipv6] = WITH_PORT.exec(entry) ?? [];
  return ipv4 ?? ipv6 ?? entry;
}

function isOneOfSeveral({ entry, ip }: EntryAndAddress): boolean {
  return entry.split(SEPARATORS).some((part) => canonicalIp(part) === ip || coversAddress({ entry: part, ip }));
}

function isInNetwork({ entry, ip }: EntryAndAddress): boolean {
  return isBetween(addressOf(ip), networkEnds(entry));
}

/** The first and the last address of `10.0.0.0/24`; undefined if the network is invalid. */
export function networkEnds(entry: string): Ends | undefined {
  const [network = '', length = ''] = entry.split('/');
  const base = addressOf(network);
  if (base === undefined || Number(length) > base.bits) return undefined;
  const hostBits = BigInt(base.bits - Number(length));
  const first = (base.value >> hostBits) << hostBits;
  const last = first + (1n << hostBits) - 1n;
  return { first: { bits: base.bits, value: first }, last: { bits: base.bits, value: last } };
}

/** `10.0.0.*`, `10.*`, `*`, `10.0.0.x`: each star matches one octet, and the last one also all that follow. */
function fitsWildcard({ entry, ip }: EntryAndAddress): boolean {
  const octets = ip.split('.');
  const parts = entry.split('.');
  const isAny = (octet: string | undefined) => octet !== undefined && /[*xX]/.test(octet);
  if (parts.length < octets.length && !isAny(parts.at(-1))) return false;
  return parts.every((octet, at) => isAny(octet) || octet === octets[at]);
}

/** `10.0.0.1-10.0.1.10`, `10.0.0.1-10` and ranges of IPv6. */
function isInWideRange({ entry, ip }: EntryAndAddress): boolean {
  return isBetween(addressOf(ip), rangeEnds(entry));
}

/** The ends of a range in the order of the text; undefined if they are not two addresses of the same kind. */
export function rangeEnds(entry: string): Ends | undefined {
  const [from = '', to = ''] = tidied(entry).split('-');
  const [first, last] = [addressOf(from), addressOf(isShortEnd(to) ? from.replace(/\d+$/, to) : to)];
  return first === undefined || first.bits !== last?.bits ? undefined : { first, last };
}

/** Whether the end is only an octet, such as `10` in `10.0.0.1-10`. */
export function isShortEnd(to: string): boolean {
  return /^\d{1,3}$/.test(to);
}

function isBetween(address: Address | undefined, ends: Ends | undefined): boolean {
  if (address === undefined || ends === undefined || address.bits !== ends.first.bits) return false;
  return ends.first.value <= address.value && address.value <= ends.last.value;
}

function addressOf(text: string): Address | undefined {
  const ip = canonicalIp(text);
  if (ip === undefined) return undefined;
  return ip.includes(':')
    ? {
        bits: 128,
        value: joined(
          ip.split(':').map((group) => Number.parseInt(group, 16)),
          16n,
        ),
      }
    : { bits: 32, value: joined(ip.split('.').map(Number), 8n) };
}

function joined(parts: readonly number[], bitsEach: bigint): bigint {
  return parts.reduce((value, part) => (value << bitsEach) + BigInt(part), 0n);
}
