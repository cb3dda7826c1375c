/** A sentence about each entry that breaks the syntax of 服务器IP白名单, with the correct form if it is known. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { canonicalIp } from '../carrier/engine/ip-whitelist.js';

/** Characters that people type instead of a comma, and that no address contains. */
const SEPARATORS = /[\s;；、|]+/;
const NETWORK_ENTRY = /^([^/]+)\/(\d{1,3})$/;
const WILDCARD_ENTRY = /^[\d.]*[*xX][\d.*xX]*$/;
const RANGE_ENTRY = /^([^-]+)-([^-]+)$/;
/** `10.0.0.1:8080`, `[::1]:8080` and `[::1]`. */
const WITH_PORT = /^(?:([\d.]+):\d+|\[([^[\]]+)\](?::\d+)?)$/;

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
const BLOCK = 256;

/** For an entry that matches no address. */
export function entryProblem(text: string): Bilingual {
  const entry = tidied(text);
  if (SEPARATORS.test(entry)) return sentence(LIST, entry.split(SEPARATORS).filter(Boolean).join(','));
  const [, network, length] = NETWORK_ENTRY.exec(entry) ?? [];
  if (network !== undefined) return networkProblem(network, Number(length));
  if (WILDCARD_ENTRY.test(entry))
    return sentence(WILDCARD, writtenOut(networkEnds(entry.replace(/\.[*xX]$/, '.0'), 24)));
  const [, from, to] = RANGE_ENTRY.exec(entry) ?? [];
  if (from !== undefined && to !== undefined) return rangeProblem(from, to);
  const [, ipv4Alone, ipv6Alone] = WITH_PORT.exec(entry) ?? [];
  const withoutPort = ipv4Alone ?? ipv6Alone ?? '';
  if (canonicalIp(withoutPort) !== undefined) return sentence(PORT, withoutPort);
  return sentence(HOST_NAME.test(entry) ? NAME : NO_ADDRESS);
}

/** Removes the spaces around a hyphen, which a range may have. */
function tidied(entry: string): string {
  return entry
    .split('-')
    .map((end) => end.trim())
    .join('-');
}

interface Ends {
  readonly first: number;
  readonly last: number;
}

function networkProblem(network: string, length: number): Bilingual {
  return isIpv6(network) ? sentence(IPV6_NETWORK) : sentence(NETWORK, writtenOut(networkEnds(network, length)));
}

/** undefined if the network is invalid. */
function networkEnds(network: string, length: number): Ends | undefined {
  const base = numberOf(network);
  if (base === undefined || length > 32) return undefined;
  const size = 2 ** (32 - length);
  const first = Math.floor(base / size) * size;
  return { first, last: first + size - 1 };
}

function rangeProblem(from: string, to: string): Bilingual {
  // Only the last octet, such as `10` in `10.0.0.1-10`.
  const isShort = /^\d{1,3}$/.test(to);
  if (isIpv6(from) && isIpv6(to)) return sentence(IPV6_RANGE);
  const [first, last] = [numberOf(from), numberOf(isShort ? from.replace(/\d+$/, to) : to)];
  if (first === undefined || last === undefined) return sentence(NO_ADDRESS);
  if (first > last) return sentence(REVERSED_RANGE, writtenOut({ first: last, last: first }));
  return sentence(isShort ? SHORT_RANGE : WIDE_RANGE, writtenOut({ first, last }));
}

function isIpv6(text: string): boolean {
  return canonicalIp(text)?.includes(':') === true;
}

/** undefined if the text is not an IPv4 address. */
function numberOf(text: string): number | undefined {
  const ip = canonicalIp(text);
  if (ip === undefined || ip.includes(':')) return undefined;
  return ip.split('.').reduce((value, octet) => value * BLOCK + Number(octet), 0);
}

/** The ranges in the portal's syntax; undefined if there would be too many. */
function writtenOut(ends: Ends | undefined): string | undefined {
  if (ends === undefined) return undefined;
  const { first, last } = ends;
  const block = Math.floor(first / BLOCK);
  const count = Math.floor(last / BLOCK) - block + 1;
  if (count > RANGES_MAX) return undefined;
  return Array.from({ length: count }, (_, at) => {
    const start = (block + at) * BLOCK;
    return range(Math.max(start, first), Math.min(start + BLOCK - 1, last));
  }).join(',');
}

function range(from: number, to: number): string {
  return from === to ? ipv4(from) : `${ipv4(from)}-${ipv4(to)}`;
}

function ipv4(value: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(value / 2 ** bits) % BLOCK).join('.');
}

function sentence({ wrong, advice }: Words, write = ''): Bilingual {
  if (write === '' || write.length > SHOWN_LENGTH_MAX)
    return { en: `${wrong.en}: ${advice.en}.`, zh: `${wrong.zh}，${advice.zh}。` };
  return { en: `${wrong.en}: write ${write}.`, zh: `${wrong.zh}，请写成 ${write}。` };
}
