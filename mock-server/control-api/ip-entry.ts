/** A sentence about each entry that breaks the syntax of 服务器IP白名单: the mistake, and what to write. */
import type { Bilingual } from '../../src/text/bilingual.js';
import { canonicalIp } from '../carrier/engine/ip-whitelist.js';

interface MistakeRow {
  readonly found: (entry: string) => boolean;
  readonly sentence: Bilingual;
}

const IPV4 = String.raw`\d{1,3}(?:\.\d{1,3}){3}`;

function matches(pattern: RegExp): MistakeRow['found'] {
  return (entry) => pattern.test(entry);
}

/** `10.0.0.1:8080`, `[::1]:8080` and `[::1]`. */
function hasPort(entry: string): boolean {
  const [, ipv4, ipv6] = /^(?:([\d.]+):\d+|\[([^[\]]+)\](?::\d+)?)$/.exec(entry) ?? [];
  return canonicalIp(ipv4 ?? ipv6 ?? '') !== undefined;
}

const RANGE_ADVICE: Bilingual = {
  en: 'write a range over the last octet, such as 10.0.0.1-10.0.0.9, or the addresses one by one',
  zh: '请写成最后一段的区间，例如 10.0.0.1-10.0.0.9，或逐个填写地址',
};

function row(found: MistakeRow['found'], wrong: Bilingual, advice: Bilingual = RANGE_ADVICE): MistakeRow {
  return { found, sentence: { en: `${wrong.en}: ${advice.en}.`, zh: `${wrong.zh}，${advice.zh}。` } };
}

/** The first one applies. */
const MISTAKES: readonly MistakeRow[] = [
  row(
    // Characters that people type instead of a comma, and that no address contains.
    matches(/[\s;；、|]/),
    { en: 'Separate entries with a comma', zh: '各条之间只能用英文逗号分隔' },
    { en: 'replace the other separators', zh: '请把分隔符改成英文逗号' },
  ),
  row(matches(/^[^/]+\/\d{1,3}$/), { en: 'CIDR is not supported', zh: '不支持 CIDR 写法' }),
  row(matches(/^[\d.]*[*xX][\d.*xX]*$/), { en: 'Wildcards are not supported', zh: '不支持通配符' }),
  row(matches(new RegExp(`^${IPV4}-(?:${IPV4}|\\d{1,3})$`)), {
    en: 'A range needs two complete addresses that differ only in the last octet, the smaller one first',
    zh: '区间两端都要写完整的地址，只有最后一段不同，小的在前',
  }),
  row(
    hasPort,
    { en: 'An address has no port and no brackets', zh: '只填地址，不带端口和方括号' },
    { en: 'write the address alone', zh: '请只写地址' },
  ),
  row(
    matches(/^(?=.*[a-z])[\w-]+(?:\.[\w-]+)+$/i),
    { en: 'Host names are not supported', zh: '不支持域名' },
    { en: 'write the egress address of the server', zh: '请填服务器的出口 IP' },
  ),
];

const NO_ADDRESS: Bilingual = {
  en: 'This is not an address: write an IPv4 (10.0.0.1), an IPv6 (2001:db8::1), or a range over the last octet of an IPv4 (10.0.0.1-10.0.0.9).',
  zh: '这不是 IP 地址，请填单个 IPv4（10.0.0.1）、单个 IPv6（2001:db8::1），或最后一段的 IPv4 区间（10.0.0.1-10.0.0.9）。',
};

/** For an entry that matches no address. A range may have spaces around its hyphen. */
export function entryProblem(text: string): Bilingual {
  const ends = text.split('-').map((end) => end.trim());
  const entry = ends.join('-');
  return MISTAKES.find(({ found }) => found(entry))?.sentence ?? NO_ADDRESS;
}
