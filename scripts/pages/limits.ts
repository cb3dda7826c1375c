/** Every limit of the server: its value in the code, and what it limits and why in `limit-words-of-*.json`. */
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
import APPS from './limit-words-of-apps.json' with { type: 'json' };
import REQUESTS from './limit-words-of-requests.json' with { type: 'json' };
import { table } from './markdown.js';

const KIB = 1024;
const MIB = KIB * KIB;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 3600 * SECOND_MS;
const DAY_MS = 24 * HOUR_MS;

interface LimitWords {
  readonly what: Bilingual;
  /** `{0}` is the first of the values; by default only that. */
  readonly bound?: Bilingual;
  /** The key or flag that sets it, in code. */
  readonly setBy?: string;
  readonly why: Bilingual;
}

type Values = readonly number[];

const VALUE: Bilingual = { en: '{0}', zh: '{0}' };

const OF_REQUESTS: Readonly<Record<keyof typeof REQUESTS, Values>> = {
  carrierBody: [BODY_BYTES_MAX / KIB],
  controlBody: [CONTROL_BODY_BYTES_MAX / MIB, UNCHECKED_BODY_BYTES_MAX / KIB],
  head: [HEADER_BYTES_MAX / KIB, HEADERS_MAX],
  requestTime: [REQUEST_TIMEOUT_MS / SECOND_MS],
  idleConnection: [KEEP_ALIVE_TIMEOUT_MS / SECOND_MS],
  connections: [DEFAULT_MAX_CONNECTIONS],
  backlog: [BACKLOG],
  unanswered: [UNANSWERED_MAX],
  delayed: [HELD_MAX, HELD_MS_MAX / MINUTE_MS],
  listeners: [STREAMS_MAX],
  unreadEvents: [UNREAD_BYTES_MAX / MIB],
  page: [LIMIT_MAX],
  causes: [CAUSES_REQUESTS_MAX],
  candidates: [CANDIDATES_MAX],
  remarks: [LOGGED_APPS_MAX],
  signedField: [BODY_BYTES_MAX / KIB],
};

const OF_APPS: Readonly<Record<keyof typeof APPS, Values>> = {
  apps: [APPS_MAX],
  subscribers: [SUBSCRIBERS_MAX],
  tokens: [DEFAULT_LIMITS.tokensMax],
  tokensAtOnce: [TOKENS_AT_ONCE_MAX],
  tokenText: [TOKEN_LENGTH_MAX],
  journal: [DEFAULT_LIMITS.journalRecordsMax],
  journals: [DEFAULT_LIMITS.journalRecordsTotalMax],
  record: [KEPT_BODY_BYTES_MAX / KIB, RECORD_BYTES_MAX / KIB],
  ledger: [DEFAULT_LIMITS.ledgerRecordsMax],
  accessTokens: [ACCESS_TOKENS_MAX],
  msgIds: [MSG_IDS_MAX],
  counters: [COUNTERS_MAX],
  snapshots: [SNAPSHOTS_MAX],
  script: [SCRIPT_LENGTH_MAX],
  numberScript: [NUMBER_SCRIPT_LENGTH_MAX],
  scriptedNumbers: [NUMBERS_MAX],
  desc: [DESC_LENGTH_MAX],
  rate: [PER_MS_MAX / DAY_MS],
  delay: [DURATION_MS_MAX / HOUR_MS],
  whitelist: [WHITELIST_LENGTH_MAX],
  publicKeys: [MODULUS_BITS_MIN, MODULUS_BITS_MAX],
  secrets: [SECRET_LENGTH_MAX],
  appName: [APP_NAME_LENGTH_MAX],
  calls: [CALLS_MAX],
};

const GROUPS: Readonly<
  Record<string, readonly [Readonly<Record<string, LimitWords>>, Readonly<Record<string, Values>>]>
> = {
  requests: [REQUESTS, OF_REQUESTS],
  apps: [APPS, OF_APPS],
};

const HEAD = {
  en: ['What', 'Limit', 'Set by', 'Reason'],
  zh: ['对象', '上限', '修改方式', '原因'],
};

export function limits(language: Language, group: string): string {
  const [words, values] = GROUPS[group] ?? [];
  if (words === undefined) throw new Error(`no limits of ${group}`);
  const rows = Object.entries(words).map(([id, { what, bound = VALUE, setBy = '', why }]) => [
    what[language],
    withValues(bound[language], values?.[id] ?? [], language),
    setBy,
    why[language],
  ]);
  return table(HEAD[language], rows);
}

function withValues(text: string, values: Values, language: Language): string {
  return text.replace(/\{(\d)\}/g, (_, at: string) => shown(values[Number(at)] ?? 0, language));
}

/** `10 000` in English; Chinese has no spaces in numbers. */
function shown(value: number, language: Language): string {
  const digits = String(value);
  if (language === 'zh' || digits.length < 5) return digits;
  return digits.replaceAll(/\B(?=(?:\d{3})+$)/g, ' ');
}
