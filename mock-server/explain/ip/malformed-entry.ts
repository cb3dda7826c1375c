/** What people type into 服务器IP白名单 that its syntax does not have, and the addresses that they mean by it. */
import { canonicalIp } from '../../engine/ip-whitelist.js';

/** An address as a number, and how many bits it has. */
interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

interface Meant {
  readonly entry: string;
  /** As canonicalIp() writes it. */
  readonly ip: string;
}

interface MalformedForm {
  readonly looksLike: RegExp;
  readonly means: (meant: Meant) => boolean;
}

// Things that stand between two addresses where a comma is due, and are no part of an address themselves.
const SEPARATORS = /[\s;；、|]+/;
const BLANKS_AROUND_HYPHEN = /\s*-\s*/g;
const WILDCARD = /^[\d.]*[*xX][\d.*xX]*$/;

const MALFORMED_FORMS: readonly MalformedForm[] = [
  { looksLike: SEPARATORS, means: isOneOfSeveral },
  { looksLike: /^[^/]+\/\d{1,3}$/, means: isInNetwork },
  { looksLike: WILDCARD, means: fitsWildcard },
  { looksLike: /^[^-]+-[^-]+$/, means: isInWideRange },
  { looksLike: /^[\d.]+:\d+$/, means: ({ entry, ip }) => canonicalIp(entry.split(':')[0] ?? '') === ip },
];

/** Whether whoever typed a malformed entry would say that it covers an address. */
export function wouldCover(meant: Meant): boolean {
  const entry = meant.entry.replace(BLANKS_AROUND_HYPHEN, '-');
  return MALFORMED_FORMS.find(({ looksLike }) => looksLike.test(entry))?.means({ entry, ip: meant.ip }) === true;
}

function isOneOfSeveral({ entry, ip }: Meant): boolean {
  return entry.split(SEPARATORS).some((part) => canonicalIp(part) === ip || wouldCover({ entry: part, ip }));
}

function isInNetwork({ entry, ip }: Meant): boolean {
  const [network = '', length = ''] = entry.split('/');
  const [base, address] = [addressOf(network), addressOf(ip)];
  if (base === undefined || base.bits !== address?.bits || Number(length) > base.bits) return false;
  const hostBits = BigInt(base.bits - Number(length));
  return base.value >> hostBits === address.value >> hostBits;
}

/** `10.0.0.*`, `10.*`, `*`, `10.0.0.x`: each star stands for one octet, the last one for all that follow as well. */
function fitsWildcard({ entry, ip }: Meant): boolean {
  const octets = ip.split('.');
  const wanted = entry.split('.');
  const isAny = (octet: string | undefined) => octet !== undefined && /[*xX]/.test(octet);
  if (wanted.length < octets.length && !isAny(wanted.at(-1))) return false;
  return wanted.every((octet, at) => isAny(octet) || octet === octets[at]);
}

/** `10.0.0.1-10.0.1.10`, `10.0.0.1-10` and ranges of IPv6. */
function isInWideRange({ entry, ip }: Meant): boolean {
  const [from = '', to = ''] = entry.split('-');
  const wholeEnd = /^\d{1,3}$/.test(to) ? from.replace(/\d+$/, to) : to;
  const [first, last, address] = [addressOf(from), addressOf(wholeEnd), addressOf(ip)];
  if (first === undefined || first.bits !== last?.bits || first.bits !== address?.bits) return false;
  return first.value <= address.value && address.value <= last.value;
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
