/** Every limit of the server, with its reason. */
import { NUMBERS_MAX } from '../../mock-server/carrier/apps/scripts.js';
import {
  APPS_MAX,
  MODULUS_BITS_MAX,
  MODULUS_BITS_MIN,
} from '../../mock-server/carrier/engine/app-settings.js';
import { KEPT_BODY_BYTES_MAX } from '../../mock-server/carrier/engine/request.js';
import { PER_MS_MAX } from '../../mock-server/carrier/outcomes/frequency.js';
import { DESC_LENGTH_MAX, DURATION_MS_MAX } from '../../mock-server/carrier/outcomes/step.js';
import { RECORD_BYTES_MAX } from '../../mock-server/carrier/store/journal-exchange.js';
import {
  ACCESS_TOKENS_MAX,
  COUNTERS_MAX,
  DEFAULT_LIMITS,
  MSG_IDS_MAX,
  SNAPSHOTS_MAX,
} from '../../mock-server/carrier/store/state-store.js';
import { STREAMS_MAX, UNREAD_BYTES_MAX } from '../../mock-server/control-api/event-streams.js';
import {
  CONTROL_BODY_BYTES_MAX,
  UNCHECKED_BODY_BYTES_MAX,
} from '../../mock-server/control-api/json-body.js';
import { CAUSES_REQUESTS_MAX } from '../../mock-server/control-api/request-search.js';
import { CANDIDATES_MAX } from '../../mock-server/explain/sign/search.js';
import { HELD_MAX, HELD_MS_MAX } from '../../mock-server/http/deliver.js';
import { HEADERS_MAX, UNANSWERED_MAX } from '../../mock-server/http/network-listener.js';
import { DEFAULT_MAX_CONNECTIONS } from '../../mock-server/options/option-rows.js';
import { SUBSCRIBERS_MAX } from '../../mock-server/schemas/schemas.js';
import { BACKLOG } from '../../mock-server/server/listeners.js';
import {
  HEADER_BYTES_MAX,
  KEEP_ALIVE_TIMEOUT_MS,
  REQUEST_TIMEOUT_MS,
} from '../../mock-server/server/server-limits.js';
import { LOGGED_APPS_MAX } from '../../mock-server/telemetry/finding-log.js';
import { LIMIT_MAX } from '../../src/control/calls/query.js';
import {
  APP_NAME_LENGTH_MAX,
  CALLS_MAX,
  NUMBER_SCRIPT_LENGTH_MAX,
  SCRIPT_LENGTH_MAX,
  TOKEN_LENGTH_MAX,
  TOKENS_AT_ONCE_MAX,
  WHITELIST_LENGTH_MAX,
} from '../../src/control/calls/settings.js';
import { SECRET_LENGTH_MAX } from '../../src/control/calls/titles.js';
import { BODY_BYTES_MAX } from '../../src/protocol/limits.js';

import type { Bilingual, Language } from '../../src/text/bilingual.js';
import { table } from './markdown.js';

const KIB = 1024;
const MIB = KIB * KIB;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 3600 * SECOND_MS;
const DAY_MS = 24 * HOUR_MS;

interface LimitRow {
  readonly what: Bilingual;
  readonly values: readonly number[];
  /** `{0}` is the first of the values. */
  readonly bound: Bilingual;
  /** The key or flag that sets it, in code. */
  readonly setBy: string;
  readonly why: Bilingual;
}

const LIMITS: readonly LimitRow[] = [
  {
    what: { en: 'body of a carrier request', zh: '模拟接口的请求体' },
    values: [BODY_BYTES_MAX / KIB],
    bound: { en: '{0} KiB', zh: '{0} KiB' },
    setBy: '',
    why: {
      en: 'a request is under 1 KiB. A larger body is counted, discarded, and answered with `103412` or `303`',
      zh: '正常请求不到 1 KiB；超出部分只计数、不保存，返回 `103412` 或 `303`',
    },
  },
  {
    what: { en: 'body of a control request', zh: '控制接口的请求体' },
    values: [CONTROL_BODY_BYTES_MAX / MIB, UNCHECKED_BODY_BYTES_MAX / KIB],
    bound: {
      en: '{0} MB, {1} KiB for `/_mock/requests/count`',
      zh: '{0} MB，`/_mock/requests/count` 为 {1} KiB',
    },
    setBy: '',
    why: {
      en: 'the largest is an app with its keys and lists, about ten kilobytes. The body of a count names the app, so it is read before the token is compared; a call without a token is refused first',
      zh: '最大的请求是带密钥和白名单的应用，约 10 KB。计数请求要从请求体里得知是哪个应用，所以先读请求体、后核对令牌；完全没带令牌的调用直接拒绝',
    },
  },
  {
    what: { en: 'request line and headers', zh: '请求行和请求头' },
    values: [HEADER_BYTES_MAX / KIB, HEADERS_MAX],
    bound: { en: '{0} KiB, {1} headers', zh: '{0} KiB，请求头 {1} 个' },
    setBy: '',
    why: {
      en: "Node's own limit, and ten times what clients send; above either limit, the mock returns 431",
      zh: '前者是 Node 自身的上限，后者是正常请求的十倍；超出任何一个都返回 431',
    },
  },
  {
    what: {
      en: 'time for a request to arrive, headers and body; for a TLS handshake',
      zh: '收完整个请求（头和体）的时间；TLS 握手的时间',
    },
    values: [REQUEST_TIMEOUT_MS / SECOND_MS],
    bound: { en: '{0} s each', zh: '各 {0} 秒' },
    setBy: '`requestTimeoutMs`',
    why: {
      en: 'a slow sender must not hold a connection; the mock returns 408',
      zh: '不能让发得慢的调用方一直占着连接；超时返回 408',
    },
  },
  {
    what: { en: 'idle connection', zh: '空闲连接' },
    values: [KEEP_ALIVE_TIMEOUT_MS / SECOND_MS],
    bound: { en: '{0} s', zh: '{0} 秒' },
    setBy: '',
    why: {
      en: "Java's connection pools close an idle connection after a minute. If the server closed it first, the next request could fail",
      zh: 'Java 连接池的空闲连接保持一分钟，应当由客户端先关',
    },
  },
  {
    what: { en: 'connections to a port', zh: '一个端口的连接数' },
    values: [DEFAULT_MAX_CONNECTIONS],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '`--max-connections`, `maxConnections`',
    why: {
      en: 'an idle one costs about 20 KB and a file descriptor. Further ones are closed at once, and the log reports it',
      zh: '每个空闲连接约占 20 KB 内存和一个文件句柄；超出的立即关闭，并写日志',
    },
  },
  {
    what: { en: 'connections that wait to be accepted', zh: '等待 accept 的连接' },
    values: [BACKLOG],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '',
    why: { en: 'a load test may start with a thousand at once', zh: '压测刚开始时会同时来上千个' },
  },
  {
    what: {
      en: 'requests of one connection that wait for a response',
      zh: '一个连接上等待响应的请求',
    },
    values: [UNANSWERED_MAX],
    bound: { en: '{0}', zh: '{0} 个' },
    setBy: '',
    why: {
      en: 'they are answered one after another; a client that sends more at once, or chunks behind a waiting request, is disconnected',
      zh: '按顺序逐个处理；一次发得更多，或者在等待期间又发分块的请求体，就断开连接',
    },
  },
  {
    what: {
      en: 'responses delayed for more than five seconds (`hang`, `delay`, `drip`)',
      zh: '挂起超过五秒的响应（`hang`、`delay`、`drip`）',
    },
    values: [HELD_MAX, HELD_MS_MAX / MINUTE_MS],
    bound: { en: '{0}, for {1} minutes each', zh: '{0} 个，每个 {1} 分钟' },
    setBy: '',
    why: {
      en: 'each is an open connection. It is reset above either limit',
      zh: '每个占一个连接；超出任何一个上限就重置连接',
    },
  },
  {
    what: { en: 'listeners to events', zh: '订阅事件的连接' },
    values: [STREAMS_MAX],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '',
    why: {
      en: 'each is an open connection: a few consoles and tests',
      zh: '一般是一两个控制台加几个测试',
    },
  },
  {
    what: { en: 'events that a listener has not read', zh: '每个订阅方还没有读走的事件' },
    values: [UNREAD_BYTES_MAX / MIB],
    bound: { en: '{0} MiB each', zh: '{0} MiB' },
    setBy: '',
    why: {
      en: 'about a thousand; the listener receives the number of skipped events',
      zh: '约一千条；超出的事件丢弃，只推送漏掉的条数',
    },
  },
  {
    what: { en: 'records in one response', zh: '一次返回的记录数' },
    values: [LIMIT_MAX],
    bound: { en: '{0}', zh: '{0} 条' },
    setBy: '`limit`',
    why: {
      en: 'the typed client loads the pages; `more` shows whether there are others',
      zh: '客户端会自动翻页；`more` 表示是否还有',
    },
  },
  {
    what: { en: 'requests in the list of causes', zh: '原因统计所看的请求' },
    values: [CAUSES_REQUESTS_MAX],
    bound: { en: 'the newest {0}', zh: '最新的 {0} 个' },
    setBy: '',
    why: {
      en: 'as many as the console loads. A call computes for 0.2 seconds: `complete` is `false` until all are explained',
      zh: '与控制台加载的一样多；每次调用最多计算 0.2 秒，没算完时 `complete` 为 `false`',
    },
  },
  {
    what: { en: 'texts that the search for a signature tries', zh: '反推签名时尝试的文本' },
    values: [CANDIDATES_MAX],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '',
    why: {
      en: 'a tenth of a second; documented fields need up to 25 000',
      zh: '约需十分之一秒；只有文档字段时最多用到 25000',
    },
  },
  {
    what: {
      en: 'apps whose reported remarks are remembered',
      zh: '记住已报过哪些提示，最多多少个应用',
    },
    values: [LOGGED_APPS_MAX],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '',
    why: {
      en: 'a test suite may create an app for each test; the oldest are removed first',
      zh: '测试可能每个用例建一个应用；超出时先丢最早的',
    },
  },
  {
    what: { en: 'apps', zh: '应用数' },
    values: [APPS_MAX],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '',
    why: {
      en: 'only a test suite that never removes its apps reaches it',
      zh: '测试只建不删应用时，能及早发现',
    },
  },
  {
    what: { en: 'subscribers', zh: '`subscribers` 里的号码' },
    values: [SUBSCRIBERS_MAX],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '',
    why: {
      en: 'every request looks for its number in the list. Other numbers work too, and need no entry',
      zh: '每个请求都要在表里找自己的号码；表里没有的号码照样能用，不必列出',
    },
  },
  {
    what: { en: 'tokens of an app', zh: '每个应用的 token' },
    values: [DEFAULT_LIMITS.tokensMax],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '`tokensMax`',
    why: {
      en: 'enough for a load test, about 75 MB. Above it, used tokens are removed first, then the oldest. Raise it for a load test that issues more tokens in advance',
      zh: '够一次压测，约占 75 MB。超出后先丢用掉的，再丢最早的；压测前要预先签发更多时请调大',
    },
  },
  {
    what: { en: 'tokens in one request', zh: '一次签发的 token' },
    values: [TOKENS_AT_ONCE_MAX],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '',
    why: { en: 'one response of about 20 MB', zh: '响应约 20 MB' },
  },
  {
    what: { en: 'text of a token', zh: 'token 文本' },
    values: [TOKEN_LENGTH_MAX],
    bound: { en: '{0} characters', zh: '{0}' },
    setBy: '',
    why: { en: 'a real token has 56', zh: '字符；真实的是 56 个' },
  },
  {
    what: { en: 'a field in a call of `signed-requests`', zh: '生成签好名的请求时的单个字段' },
    values: [BODY_BYTES_MAX / KIB],
    bound: { en: '{0} KiB', zh: '{0} KiB' },
    setBy: '',
    why: { en: 'as long as the body of a carrier request', zh: '与模拟接口的请求体上限相同' },
  },
  {
    what: { en: 'journal of an app', zh: '每个应用的请求记录' },
    values: [DEFAULT_LIMITS.journalRecordsMax],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '`journalRecordsMax`',
    why: {
      en: 'more than a person reads; the oldest are removed first, `evicted` counts them',
      zh: '没人会往前翻这么多；超出时先丢最早的，`evicted` 是丢弃的条数',
    },
  },
  {
    what: { en: 'journals of all apps', zh: '所有应用的请求记录' },
    values: [DEFAULT_LIMITS.journalRecordsTotalMax],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '`journalRecordsTotalMax`',
    why: {
      en: "by default also at most a third of Node's heap at the size of the next row: with `--max-old-space-size=256`, 3242. Above the limit, the largest journals lose their oldest records, so only the apps that send too much are affected. The newest record of each app stays",
      zh: '默认还要求按下一行的大小计算，不超过 Node 堆的三分之一：`--max-old-space-size=256` 时是 3242 条。超出时，记录最多的应用先丢最早的：谁发得多丢谁的；每个应用最新的一条总会保留',
    },
  },
  {
    what: { en: 'a record of a journal', zh: '一条请求记录' },
    values: [KEPT_BODY_BYTES_MAX / KIB, RECORD_BYTES_MAX / KIB],
    bound: {
      en: '{0} KiB of each body, {1} KiB together with path and headers',
      zh: '请求体和响应体各 {0} KiB，加上路径和请求头共 {1} KiB',
    },
    setBy: '',
    why: {
      en: 'a normal body is under 1 KiB. The [explanation](explanation-fields.md#long-bodies) of a request with a longer one reports that its body is kept in part',
      zh: '正常的不到 1 KiB；更长的只保留一部分，[原因说明](explanation-fields.zh-CN.md#很长的请求体)里会写明',
    },
  },
  {
    what: { en: 'ledger of an app', zh: '每个应用的话单' },
    values: [DEFAULT_LIMITS.ledgerRecordsMax],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '`ledgerRecordsMax`',
    why: {
      en: 'enough for a load test; `charged` stays exact',
      zh: '够一次压测对账；`charged` 始终准确',
    },
  },
  {
    what: { en: 'accessTokens of an app', zh: '每个应用的短验辅助凭证' },
    values: [ACCESS_TOKENS_MAX],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '',
    why: { en: 'more than any test needs', zh: '任何测试都够用' },
  },
  {
    what: { en: 'msgids remembered', zh: '记住的 msgid' },
    values: [MSG_IDS_MAX],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '',
    why: {
      en: 'only with the reading `msgid-replay` `refused`',
      zh: '仅当解释口径 `msgid-replay` 为 `refused` 时',
    },
  },
  {
    what: { en: 'counters of an app', zh: '每个应用的计数器' },
    values: [COUNTERS_MAX],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '',
    why: {
      en: "the quota has one per day of the app's clock: 27 years",
      zh: '按应用时钟每天一个，够 27 年',
    },
  },
  {
    what: { en: 'snapshots of an app', zh: '每个应用的快照' },
    values: [SNAPSHOTS_MAX],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '',
    why: { en: "each is a copy of the app's state", zh: '每个快照都是应用全部数据的副本' },
  },
  {
    what: { en: 'text of a script', zh: '脚本文本' },
    values: [SCRIPT_LENGTH_MAX],
    bound: { en: '{0} characters', zh: '{0}' },
    setBy: '',
    why: { en: 'several hundred steps', zh: '字符；几百步' },
  },
  {
    what: { en: 'scripts of a number', zh: '号码的脚本' },
    values: [NUMBER_SCRIPT_LENGTH_MAX],
    bound: { en: '{0} characters each', zh: '{0}' },
    setBy: '',
    why: { en: 'they are loaded with their app', zh: '每份的字符数；脚本随应用一起加载' },
  },
  {
    what: { en: 'numbers of an app with scripts', zh: '每个应用设了脚本的号码' },
    values: [NUMBERS_MAX],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '',
    why: { en: 'a few test numbers for each tester', zh: '够每个测试人员用几个号码' },
  },
  {
    what: { en: 'text of an undocumented code', zh: '文档外返回码的描述' },
    values: [DESC_LENGTH_MAX],
    bound: { en: '{0} characters', zh: '{0}' },
    setBy: '',
    why: { en: 'longer than any text in the document', zh: '字符；比文档里的任何描述都长' },
  },
  {
    what: { en: 'time of a rate in a script', zh: '脚本里频率的时长' },
    values: [PER_MS_MAX / DAY_MS],
    bound: { en: '{0} day', zh: '{0} 天' },
    setBy: '',
    why: {
      en: 'enough for a daily limit; a longer time is a mistake in the unit',
      zh: '足够写每日限额；更长多半是单位写错',
    },
  },
  {
    what: { en: 'delay in a script', zh: '脚本里的延迟' },
    values: [DURATION_MS_MAX / HOUR_MS],
    bound: { en: '{0} h', zh: '{0} 小时' },
    setBy: '',
    why: {
      en: 'a longer time is a mistake in the unit; the connection is reset after ten minutes',
      zh: '更长多半是单位写错；响应挂起满十分钟，连接会被重置',
    },
  },
  {
    what: { en: 'whitelist', zh: '白名单' },
    values: [WHITELIST_LENGTH_MAX],
    bound: { en: '{0} characters', zh: '{0}' },
    setBy: '',
    why: { en: "the portal's own limit", zh: '字符；与开发者社区的限制相同' },
  },
  {
    what: { en: 'public keys', zh: '应用公钥' },
    values: [MODULUS_BITS_MIN, MODULUS_BITS_MAX],
    bound: { en: '{0} to {1} bits', zh: '{0}–{1} 位' },
    setBy: '',
    why: {
      en: 'smaller keys prove nothing, nor do keys whose exponent is 1 or even; larger keys cost milliseconds per check',
      zh: '再小，或指数为 1 或偶数，验签就没有意义；再大，每次验签要花几毫秒',
    },
  },
  {
    what: { en: 'credentials and control tokens', zh: '凭据和控制令牌' },
    values: [SECRET_LENGTH_MAX],
    bound: { en: '{0} characters', zh: '{0}' },
    setBy: '',
    why: { en: 'a generated one has 32', zh: '字符' },
  },
  {
    what: { en: 'name of an app', zh: '应用名称' },
    values: [APP_NAME_LENGTH_MAX],
    bound: { en: '{0} characters', zh: '{0}' },
    setBy: '',
    why: { en: 'one line in a list', zh: '字符；在列表里占一行' },
  },
  {
    what: { en: 'calls of a quota or package', zh: '每日次数或套餐次数' },
    values: [CALLS_MAX],
    bound: { en: '{0}', zh: '{0}' },
    setBy: '',
    why: { en: 'a larger value is a mistake', zh: '更多就是写错了' },
  },
];

const HEAD = {
  en: ['What', 'Limit', 'Set by', 'Reason'],
  zh: ['对象', '上限', '修改方式', '原因'],
};

export function limits(language: Language): string {
  const rows = LIMITS.map(({ what, values, bound, setBy, why }) => [
    what[language],
    withValues(bound[language], { values, language }),
    setBy,
    why[language],
  ]);
  return table(HEAD[language], rows);
}

function withValues(
  text: string,
  { values, language }: { readonly values: readonly number[]; readonly language: Language },
): string {
  return text.replace(/\{(\d)\}/g, (_, at: string) => shown(values[Number(at)] ?? 0, language));
}

/** `10 000` in English; Chinese has no spaces in numbers. */
function shown(value: number, language: Language): string {
  const digits = String(value);
  if (language === 'zh' || digits.length < 5) return digits;
  return digits.replaceAll(/\B(?=(?:\d{3})+$)/g, ' ');
}
