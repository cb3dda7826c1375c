/** Findings about the app: 服务器IP白名单, its capabilities, its used-up calls. The document, 1.4 103511, 105019 and 105312; 2.5 124 and 103420. */
import { wireName } from '../../../src/protocol/fields.js';
import { OPERATIONS, type Operation, operationRow } from '../../../src/protocol/operations.js';
import {
  beijingDay,
  DAY_MS,
  formatTimestamp,
  parseTimestamp,
} from '../../../src/protocol/timestamp.js';
import { listed } from '../../../src/text/bilingual.js';
import type { App } from '../../carrier/engine/app-settings.js';
import {
  canonicalIp,
  compileIpWhitelist,
  isWithoutEntry,
  LOOPBACK_WHITELIST,
  parseIpWhitelist,
} from '../../carrier/engine/ip-whitelist.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import { OPERATION_WORDS } from '../field-words.js';
import type { Evidence, FindingRow } from '../finding.js';
import { withDefault, withSettings, withState } from '../repair/change.js';
import type { Subject } from '../subject.js';

const SHOWN_APPS_MAX = 5;

export const APP_FINDINGS: readonly FindingRow[] = [
  {
    id: 'app.unknown',
    explains: ['appKnown'],
    inLog: ['known'],
    title: { en: 'The app is not in this mock', zh: '模拟服务里没有这个应用' },
    detail: {
      en: '{field} {received} is not in this mock; it has {known}. Send the appid of one of these apps, or create an app with this appid.',
      zh: '模拟服务里没有 {field} 为 {received} 的应用，只有 {known}。请改用其中一个应用的 appid，或新建一个 appid 相同的应用。',
    },
    generalTo: ['body.document-sample', 'interface.not-simulated'],
    detect: ({ request: { operation, appId = '' }, state, otherApps }) => {
      if (state.app !== undefined || !state.storeUp || appId === '') return [];
      const names = otherApps.slice(0, SHOWN_APPS_MAX).map(nameOf);
      const more = otherApps.length > SHOWN_APPS_MAX ? ['…'] : [];
      const known = names.length === 0 ? '-' : listed([...names, ...more]);
      return [{ field: wireName(operation, 'appId'), received: appId, known }];
    },
    repair: (subject) => withDefault(subject, 'appId'),
  },
];

/** `300000000001 (Demo)`. */
export function nameOf({ settings: { appId, name } }: App): string {
  return name === null ? appId : `${appId} (${name})`;
}

/** The whitelist that applies to a request, and the request's address. */
interface WhitelistCheck {
  /** In the form of the list: an IPv4-mapped address is IPv4. */
  readonly ip: string;
  readonly list: string;
  readonly admitted: boolean;
  /** The lists of the other capabilities; null allows every address. */
  readonly others: readonly { readonly capability: Operation; readonly list: string | null }[];
}

export const IP_FINDINGS: readonly FindingRow[] = [
  {
    id: 'ip.other-list',
    explains: ['ipAllowed'],
    inLog: true,
    title: {
      en: 'The address is only on the whitelist of another capability',
      zh: '出口 IP 只加进了另一个能力的白名单',
    },
    detail: {
      en: 'The request came from {received}. The whitelist of {otherCapability} contains this address ({otherList}); the whitelist of this capability does not ({list}). Each capability has its own whitelist: add the address to this one too.',
      zh: '请求来自 {received}，这个 IP 在 {otherCapability} 的服务器IP白名单里（{otherList}），不在这个能力的白名单里（{list}）。每个能力有自己的白名单，请在这个能力下也加上这个 IP。',
    },
    detect: detectIfRefused(({ ip, list, others }) => {
      const other = others.find((one) => isListed(ip, one.list));
      if (other === undefined) return [];
      return [
        { received: ip, list, otherCapability: other.capability, otherList: other.list ?? '' },
      ];
    }),
    repair: withAddress,
  },
  {
    id: 'ip.list-empty',
    explains: ['ipAllowed'],
    inLog: true,
    title: { en: 'The IP whitelist is empty', zh: '服务器IP白名单是空的' },
    detail: {
      en: 'The request came from {received}. The whitelist of this capability is empty, so it allows no address. Enter the server’s egress address in the developer portal. For login and verify the document says that an app works only after that (1.1), although a login may send strictcheck 0 (1.2).',
      zh: '请求来自 {received}，而这个能力的服务器IP白名单是空的，任何 IP 都不能调用。请在开发者社区填写服务器的出口 IP。对获取手机号码和本机号码校验，文档 1.1 说填写出口 IP 后才能正常使用，虽然获取手机号码的 strictcheck 可以填 0（文档 1.2）。',
    },
    detect: detectIfRefused(({ ip, list }) =>
      isWithoutEntry(list) ? [{ received: ip, list }] : [],
    ),
    repair: withAddress,
  },
  {
    id: 'ip.list-syntax',
    explains: ['ipAllowed'],
    inLog: true,
    title: {
      en: 'The IP whitelist has entries with invalid syntax',
      zh: '服务器IP白名单里有写法错误的内容',
    },
    detail: {
      en: 'The whitelist {list} contains {entries}, which its syntax does not allow. It takes single IPv4 and IPv6 addresses, and IPv4 ranges over the last octet (10.0.0.1-10.0.0.9), separated by commas. An entry in another form, such as CIDR or a wildcard, allows no address. A full-width comma works in this mock; use the half-width one.',
      zh: '白名单 {list} 中的 {entries} 写法错误。白名单里可以写单个 IPv4、单个 IPv6，以及最后一段的 IPv4 区间（如 10.0.0.1-10.0.0.9），用英文逗号分隔。CIDR、通配符等写法一律不生效。全角逗号在模拟服务里能用，请改成半角。',
    },
    detect: (subject) => {
      const { ip: received = '', list = '' } = whitelistCheckOf(subject) ?? {};
      const malformed = parseIpWhitelist(list).filter(({ admits }) => admits === undefined);
      const entries = [
        ...malformed.map(({ text }) => text),
        ...(list.includes('，') ? ['，'] : []),
      ];
      return entries.length === 0 ? [] : [{ received, list, entries }];
    },
    // An entry that is not valid was meant to allow the address.
    repair: (subject) => {
      const { ip = '', list = '' } = whitelistCheckOf(subject) ?? {};
      const entries = parseIpWhitelist(list).map(({ text, admits }) =>
        admits === undefined ? ip : text,
      );
      return withList(subject, entries.join());
    },
  },
  {
    id: 'ip.not-listed',
    explains: ['ipAllowed'],
    inLog: true,
    title: { en: 'The address is not on the IP whitelist', zh: '出口 IP 不在服务器IP白名单内' },
    detail: {
      en: 'The carrier received the request from {received}; the whitelist of this capability is {list}. Add the address. Behind NAT, a proxy or a container, that is the egress address, not the address of the machine’s own interface.',
      zh: '移动认证平台看到的来源 IP 是 {received}，这个能力的白名单是 {list}。请加上这个 IP。经过 NAT、代理或容器时，要填出口 IP，不是机器网卡上的地址。',
    },
    // The general case.
    detect: detectIfRefused(({ ip, list, others }) => {
      const isMalformed = parseIpWhitelist(list).some(({ admits }) => admits === undefined);
      const isSpecific =
        isMalformed || isWithoutEntry(list) || others.some((other) => isListed(ip, other.list));
      return isSpecific ? [] : [{ received: ip, list }];
    }),
    repair: withAddress,
  },
];

/** For a request that the list refuses, or would refuse if the decision got that far. */
function detectIfRefused(
  detect: (check: WhitelistCheck) => readonly Evidence[],
): FindingRow['detect'] {
  return (subject) => {
    const check = whitelistCheckOf(subject);
    return check === undefined || check.admitted ? [] : detect(check);
  };
}

/** undefined if there is no list, or if the list is not checked: at login with strictcheck 0, in most interpretations. */
function whitelistCheckOf({
  request,
  state,
  exchange: { clientIp },
}: Subject): WhitelistCheck | undefined {
  const { app } = state;
  const { operation } = request;
  const list = app?.settings.ipWhitelist[operation] ?? null;
  if (app === undefined || list === null || !moduleOf(operation).checksAddress(request, state))
    return undefined;
  const others = OPERATIONS.filter((row) => row.operation !== operation);
  return {
    ip: canonicalIp(clientIp) ?? clientIp,
    list,
    admitted: app.admits[operation](clientIp),
    others: others.map(({ operation: capability }) => ({
      capability,
      list: app.settings.ipWhitelist[capability],
    })),
  };
}

/** Whether an entered list contains the address. Without a list every address is allowed. */
function isListed(ip: string, list: string | null): boolean {
  return list !== null && list !== LOOPBACK_WHITELIST && compileIpWhitelist(list)(ip);
}

export const CAPABILITY_FINDINGS: readonly FindingRow[] = [
  {
    id: 'capability.missing',
    explains: ['capabilityGranted'],
    inLog: true,
    title: { en: 'The capability is not enabled for the app', zh: '应用没有勾选这项能力' },
    detail: {
      en: 'The call needs the capability {expected}, called {name} in the developer portal. Enabled for the app: “{received}”. Enable {name} in the developer portal.',
      zh: '调用这个接口需要“{name}”能力（{expected}），应用勾选的能力是“{received}”。请到开发者社区为应用勾选。',
    },
    detect: ({ request: { operation }, state: { app } }) => {
      const { capability: expected } = operationRow(operation);
      if (app === undefined || app.capabilities.has(expected)) return [];
      const name = OPERATION_WORDS[operation].name.zh;
      return [{ received: app.settings.capabilities.join(', '), expected, name }];
    },
    repair: (subject) =>
      withSettings(subject, {
        capabilities: [
          ...(subject.state.app?.settings.capabilities ?? []),
          operationRow(subject.request.operation).capability,
        ],
      }),
  },
];

/** The whitelist of the operation with the address of the request. */
function withAddress(subject: Subject): Subject {
  const { ip = '', list = '' } = whitelistCheckOf(subject) ?? {};
  return withList(subject, [list, ip].filter(Boolean).join());
}

function withList(subject: Subject, list: string): Subject {
  const { app } = subject.state;
  if (app === undefined) return subject;
  return withSettings(subject, {
    ipWhitelist: { ...app.settings.ipWhitelist, [subject.request.operation]: list },
  });
}

function withCallsLeft(subject: Subject): Subject {
  return withState(subject, {
    callsUsed: 0,
    callLimit: subject.state.callLimit && { ...subject.state.callLimit, limit: null },
  });
}

export const CALLS_FINDINGS: readonly FindingRow[] = [
  {
    id: 'calls.daily-quota',
    explains: ['callsLeft'],
    inLog: true,
    title: { en: "Today's free calls are used up", zh: '每日次数已用完' },
    detail: {
      en: 'The daily calls of an app without a service contract are used up: {used} of {limit}. In this mock, the quota resets at {renewsAt}, midnight in Beijing by the app’s clock; the document does not give the hour. For a load test, set "contracted":true or a larger dailyQuota for the app.',
      zh: '应用没有签订服务合同，每日次数已用完：共 {limit} 次，已用 {used} 次。模拟服务按应用的时钟，在北京时间零点（{renewsAt}）恢复次数；文档只说“每天”，没有写几点。压测时把应用的 contracted 设为 true，或调大 dailyQuota。',
    },
    detect: (subject) => {
      const todayMs = parseTimestamp(`${beijingDay(subject.atMs)}000000000`) ?? subject.atMs;
      const renewsAtMs = todayMs + DAY_MS;
      const renewal = { renewsAtMs, renewsAt: formatTimestamp(renewsAtMs) };
      return usedUp(subject, { contracted: false }).map((evidence) => ({
        ...evidence,
        ...renewal,
      }));
    },
    repair: withCallsLeft,
  },
  {
    id: 'calls.package',
    explains: ['callsLeft'],
    inLog: true,
    title: { en: 'The call package is used up', zh: '套餐已用完' },
    detail: {
      en: 'The calls of the contract’s package are used up: {used} of {limit}. A package does not renew by itself: buy another one. An app with a contract has no free daily calls.',
      zh: '合同的套餐已用完：共 {limit} 次，已用 {used} 次。套餐不会自动恢复，需要另外购买。签了合同的应用没有每天的免费次数。',
    },
    detect: (subject) => usedUp(subject, { contracted: true }),
    repair: withCallsLeft,
  },
];

function usedUp(
  { state }: Subject,
  { contracted }: { readonly contracted: boolean },
): readonly Evidence[] {
  const { app, callLimit, callsUsed } = state;
  if (app === undefined || app.settings.contracted !== contracted) return [];
  const limit = callLimit?.limit ?? null;
  return limit === null || callsUsed < limit ? [] : [{ limit, used: callsUsed }];
}
