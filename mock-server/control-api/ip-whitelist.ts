/** POST /_mock/ip-whitelist/check: checks a 服务器IP白名单. */
import type { Bilingual } from '../../src/text/bilingual.js';
import { quote } from '../../src/text/shown-json.js';
import {
  canonicalIp,
  compileIpWhitelist,
  parseIpWhitelist,
  type WhitelistEntry,
} from '../carrier/engine/ip-whitelist.js';
import { entryProblem } from '../explain/ip-entry.js';
import { invalid } from './problem.js';
import type { Call } from './route.js';

interface CheckBody {
  readonly ipWhitelist: string;
  readonly clientIp?: string;
}

const FULL_WIDTH_COMMA: Bilingual = {
  en: 'The list contains a full-width comma. It works here, but use a half-width comma.',
  zh: '白名单里有全角逗号，在模拟服务里能用，请改成半角。',
};
const EMPTY_LIST: Bilingual = {
  en: 'The list has no entry, so it admits no address.',
  zh: '白名单是空的，任何 IP 都不能调用。',
};

export function checkIpWhitelist({ input: { ipWhitelist, clientIp } }: Call<CheckBody>) {
  if (clientIp !== undefined && canonicalIp(clientIp) === undefined)
    throw invalid({
      pointer: '/clientIp',
      detail: {
        en: `must be an IPv4 or IPv6 address, found ${quote(clientIp)}`,
        zh: `应为 IPv4 或 IPv6 地址，实际为 ${quote(clientIp)}`,
      },
    });
  const entries = parseIpWhitelist(ipWhitelist);
  return {
    entries: entries.map(entryView),
    notes: [...(entries.length === 0 ? [EMPTY_LIST] : []), ...(ipWhitelist.includes('，') ? [FULL_WIDTH_COMMA] : [])],
    clientIpAdmitted: clientIp === undefined ? null : compileIpWhitelist(ipWhitelist)(clientIp),
  };
}

function entryView({ text, admits }: WhitelistEntry) {
  return {
    entry: text,
    admits: admits === undefined ? null : admittedBy(admits),
    problem: admits === undefined ? entryProblem(text) : null,
  };
}

function admittedBy(admits: NonNullable<WhitelistEntry['admits']>): string {
  switch (admits.kind) {
    case 'single':
      return admits.ip;
    case 'range':
      return `${admits.network}${admits.first}-${admits.network}${admits.last}`;
    default:
      return admits satisfies never;
  }
}
