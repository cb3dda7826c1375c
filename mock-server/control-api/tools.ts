/** Calls that store nothing: signed requests, key pairs, whitelist checks. */

import { operationRow } from '../../src/protocol/operations.js';
import { generateRsaPair } from '../../src/protocol/rsa-keys.js';
import { formatTimestamp } from '../../src/protocol/timestamp.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import { nowOfApp } from '../carrier/apps/app-clock.js';
import { compileApp } from '../carrier/engine/app-settings.js';
import {
  canonicalIp,
  compileIpWhitelist,
  parseIpWhitelist,
  type WhitelistEntry,
} from '../carrier/engine/ip-whitelist.js';
import { invalid } from './problem.js';
import type { Call, Handlers } from './route.js';
import { checkInput } from './signing/input.js';
import { signedRequest } from './signing/signed.js';

export const TOOLS_HANDLERS = {
  signRequest: signRequest,
  makeKeyPair: ({ body }) => generateRsaPair(body.bits),
  checkIpWhitelist: checkIpWhitelist,
} satisfies Partial<Handlers>;

async function signRequest({ carrier, app: { settings }, body }: Call<'signRequest'>) {
  const app = compileApp(settings);
  const { operation, token, phoneNumber, key, fields } = checkInput(body, app);
  const minted = (await carrier.store.get(settings.appId, 'token', token))?.value.record;
  const signed = signedRequest({
    operation,
    app,
    msgId: carrier.random.hex(32),
    sentAt: formatTimestamp(await nowOfApp(carrier, settings.appId)),
    token,
    phoneNumber: phoneNumber ?? minted?.phoneNumber,
    operator: minted?.operator,
    rsa: key && { key, platformKey: carrier.settings.platformKey },
    fields: { userInformation: minted?.userInformation, ...fields },
  });
  const { path } = operationRow(operation);
  const { stringToSign, sign } = signed;
  return {
    method: 'POST' as const,
    path,
    headers: Object.assign({ 'Content-Type': 'application/json' as const }, signed.headers),
    body: JSON.stringify(signed.body),
    stringToSign,
    sign,
  };
}

const FULL_WIDTH_COMMA: Bilingual = {
  en: 'The list contains a full-width comma. It works here, but use a half-width comma.',
  zh: '白名单里有全角逗号，在模拟服务里能用，请改成半角。',
};
const NO_ENTRY: Bilingual = {
  en: 'This is not an entry: write an IPv4 (10.0.0.1), an IPv6 (2001:db8::1), or a range over the last octet of an IPv4 (10.0.0.1-10.0.0.9), separated by commas. CIDR, wildcards, ports and host names are not supported.',
  zh: '写法不对：请填单个 IPv4（10.0.0.1）、单个 IPv6（2001:db8::1），或最后一段的 IPv4 区间（10.0.0.1-10.0.0.9），各条用英文逗号分隔。不支持 CIDR、通配符、端口和域名。',
};
const EMPTY_LIST: Bilingual = {
  en: 'The list has no entry, so it admits no address.',
  zh: '白名单是空的，任何 IP 都不能调用。',
};

function checkIpWhitelist({ body: { ipWhitelist, clientIp } }: Call<'checkIpWhitelist'>) {
  if (clientIp !== undefined && canonicalIp(clientIp) === undefined) {
    throw invalid('/clientIp', 'whitelist.client-ip', { found: clientIp });
  }
  const entries = parseIpWhitelist(ipWhitelist);
  return {
    entries: entries.map(entryView),
    notes: [
      ...(entries.length === 0 ? [EMPTY_LIST] : []),
      ...(ipWhitelist.includes('，') ? [FULL_WIDTH_COMMA] : []),
    ],
    clientIpAdmitted: clientIp === undefined ? null : compileIpWhitelist(ipWhitelist)(clientIp),
  };
}

function entryView({ text, admits }: WhitelistEntry) {
  if (admits === undefined) return { entry: text, admits: null, problem: NO_ENTRY };
  const { network } = admits.kind === 'range' ? admits : { network: '' };
  const range =
    admits.kind === 'single' ? admits.ip : `${network}${admits.first}-${network}${admits.last}`;
  return { entry: text, admits: range, problem: null };
}
