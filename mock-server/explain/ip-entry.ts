/** Entries that break the syntax of 服务器IP白名单: the addresses that they are meant to cover, and a sentence about each. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { canonicalIp } from '../carrier/engine/ip-whitelist.js';

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

interface Ends {
  readonly first: Address;
  readonly last: Address;
}

interface EntryAndAddress {
  readonly entry: string;
  /** In the form that canonicalIp() returns. */
  readonly ip: string;
}

interface MalformedForm {
  readonly form: 'list' | 'network' | 'wildcard' | 'range' | 'port';
  readonly pattern: RegExp;
  readonly covers: (pair: EntryAndAddress) => boolean;
}

/** Characters that people type instead of a comma, and that no address contains. */
const SEPARATORS = /[\s;；、|]+/;
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

function rowOf(entry: string): MalformedForm | undefined {
  return MALFORMED_FORMS.find(({ pattern }) => pattern.test(entry));
}

/** Removes the spaces around a hyphen, which a range may have. */
function tidied(entry: string): string {
  return entry
    .split('-')
    .map((end) => end.trim())
    .join('-');
}

/** Removes the port and the brackets from `10.0.0.1:8080`, `[::1]:8080` and `[::1]`. */
function withoutPort(entry: string): string {
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
function networkEnds(entry: string): Ends | undefined {
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
function rangeEnds(entry: string): Ends | undefined {
  const [from = '', to = ''] = tidied(entry).split('-');
  const [first, last] = [addressOf(from), addressOf(isShortEnd(to) ? from.replace(/\d+$/, to) : to)];
  return first === undefined || first.bits !== last?.bits ? undefined : { first, last };
}

/** Whether the end is only an octet, such as `10` in `10.0.0.1-10`. */
function isShortEnd(to: string): boolean {
  return /^\d{1,3}$/.test(to);
}

function isBetween(address: Address | undefined, ends: Ends | undefined): boolean {
  if (address === undefined || ends === undefined || address.bits !== ends.first.bits) return false;
  return ends.first.value <= address.value && address.value <= ends.last.value;
}

function addressOf(text: string): Address | undefined {
  const ip = canonicalIp(text);
  if (ip === undefined) return undefined;
  const isIpv6 = ip.includes(':');
  const parts = isIpv6 ? ip.split(':').map((group) => BigInt(`0x${group}`)) : ip.split('.').map(BigInt);
  const bitsEach = isIpv6 ? 16n : 8n;
  return { bits: isIpv6 ? 128 : 32, value: parts.reduce((value, part) => (value << bitsEach) + part, 0n) };
}

/** The mistake, and the advice if the correct form of the entry is unknown. */
interface Words {
  readonly wrong: Bilingual;
  readonly advice: Bilingual;
}

const ONE_BY_ONE: Bilingual = { en: 'write the addresses one by one', zh: '请逐个填写地址' };
const SPLIT: Bilingual = {
  en: 'write a range for each last octet, or the addresses one by one',
  zh: '请按最后一段拆成多个区间，或逐个填写地址',
};

const LIST = words('Separate entries with a comma', '各条之间只能用英文逗号分隔', {
  en: 'replace the other separators',
  zh: '请把分隔符改成英文逗号',
});
const NETWORK = words('CIDR is not supported', '不支持 CIDR 写法', SPLIT);
const IPV6_NETWORK: Words = { ...NETWORK, advice: ONE_BY_ONE };
const WILDCARD = words('Wildcards are not supported', '不支持通配符', SPLIT);
const WIDE_RANGE = words('A range can span only the last octet', '区间只能是最后一段的', SPLIT);
const SHORT_RANGE = words('Both ends of a range must be complete addresses', '区间两端都要写完整的地址', SPLIT);
const REVERSED_RANGE = words('The range ends before it begins', '区间的起点大于终点', SPLIT);
const IPV6_RANGE = words('IPv6 has no ranges', 'IPv6 不支持区间', ONE_BY_ONE);
const PORT = words('An address has no port and no brackets', '只填地址，不带端口和方括号', ONE_BY_ONE);
const NAME = words('Host names are not supported', '不支持域名', {
  en: 'write the egress address of the server',
  zh: '请填服务器的出口 IP',
});
const NO_ADDRESS = words('This is not an address', '这不是 IP 地址', {
  en: 'write an IPv4 (10.0.0.1), an IPv6 (2001:db8::1), or a range over the last octet of an IPv4 (10.0.0.1-10.0.0.9)',
  zh: '请填单个 IPv4（10.0.0.1）、单个 IPv6（2001:db8::1），或最后一段的 IPv4 区间（10.0.0.1-10.0.0.9）',
});

function words(en: string, zh: string, advice: Bilingual): Words {
  return { wrong: { en, zh }, advice };
}

const HOST_NAME = /^(?=.*[a-z])[\w-]+(?:\.[\w-]+)+$/i;
// The longest suggestion that RANGES_MAX allows. For a longer one, the advice is shown.
const SHOWN_LENGTH_MAX = 120;
// A suggestion covers up to about a thousand addresses. A larger network is probably a mistake.
const RANGES_MAX = 4;
const BLOCK = 256n;

/** For an entry that matches no address. */
export function entryProblem(entry: string): Bilingual {
  switch (rowOf(tidied(entry))?.form) {
    case 'list':
      return sentence(LIST, tidied(entry).split(SEPARATORS).filter(Boolean).join(','));
    case 'network':
      return networkProblem(networkEnds(entry));
    case 'wildcard':
      return sentence(WILDCARD, writtenOut(networkEnds(`${entry.replace(/\.[*xX]$/, '.0')}/24`)));
    case 'range':
      return rangeProblem(entry);
    case 'port':
      return canonicalIp(withoutPort(entry)) === undefined ? sentence(NO_ADDRESS) : sentence(PORT, withoutPort(entry));
    case undefined:
      return sentence(HOST_NAME.test(entry) ? NAME : NO_ADDRESS);
  }
}

function networkProblem(ends: Ends | undefined): Bilingual {
  return ends?.first.bits === 128 ? sentence(IPV6_NETWORK) : sentence(NETWORK, writtenOut(ends));
}

function rangeProblem(entry: string): Bilingual {
  const ends = rangeEnds(entry);
  const [, to = ''] = tidied(entry).split('-');
  if (ends === undefined) return sentence(NO_ADDRESS);
  if (ends.first.bits === 128) return sentence(IPV6_RANGE);
  const isReversed = ends.first.value > ends.last.value;
  if (isReversed) return sentence(REVERSED_RANGE, writtenOut({ first: ends.last, last: ends.first }));
  return sentence(isShortEnd(to) ? SHORT_RANGE : WIDE_RANGE, writtenOut(ends));
}

/** The ranges in the portal's syntax; undefined if there would be too many, or if the addresses are not IPv4. */
function writtenOut(ends: Ends | undefined): string | undefined {
  if (ends === undefined || ends.first.bits !== 32) return undefined;
  const [from, to] = [ends.first.value, ends.last.value];
  const blocks = Number(to / BLOCK - from / BLOCK) + 1;
  if (blocks > RANGES_MAX) return undefined;
  return Array.from({ length: blocks }, (_, at) => {
    const start = (from / BLOCK + BigInt(at)) * BLOCK;
    const end = start + BLOCK - 1n;
    return range(start > from ? start : from, end < to ? end : to);
  }).join(',');
}

function range(from: bigint, to: bigint): string {
  return from === to ? ipv4(from) : `${ipv4(from)}-${ipv4(to)}`;
}

function ipv4(value: Address['value']): string {
  return [24n, 16n, 8n, 0n].map((bits) => (value >> bits) % BLOCK).join('.');
}

function sentence({ wrong, advice }: Words, write = ''): Bilingual {
  if (write === '' || write.length > SHOWN_LENGTH_MAX)
    return { en: `${wrong.en}: ${advice.en}.`, zh: `${wrong.zh}，${advice.zh}。` };
  return { en: `${wrong.en}: write ${write}.`, zh: `${wrong.zh}，请写成 ${write}。` };
}
