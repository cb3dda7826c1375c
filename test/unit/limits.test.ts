/** docs/limits has the numbers of the code, in both languages. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
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
import { recordsIn } from '../../mock-server/options/settings.js';
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

const KIB = 1024;
const MIB = KIB * KIB;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 3600 * SECOND_MS;
const DAY_MS = 24 * HOUR_MS;

/** In the order of the table. */
const LIMITS: readonly (readonly number[])[] = [
  [BODY_BYTES_MAX / KIB],
  [CONTROL_BODY_BYTES_MAX / MIB, UNCHECKED_BODY_BYTES_MAX / KIB],
  [HEADER_BYTES_MAX / KIB, HEADERS_MAX],
  [REQUEST_TIMEOUT_MS / SECOND_MS],
  [KEEP_ALIVE_TIMEOUT_MS / SECOND_MS],
  [DEFAULT_MAX_CONNECTIONS],
  [BACKLOG],
  [UNANSWERED_MAX],
  [HELD_MAX, HELD_MS_MAX / MINUTE_MS],
  [STREAMS_MAX],
  [UNREAD_BYTES_MAX / MIB],
  [LIMIT_MAX],
  [CAUSES_REQUESTS_MAX],
  [CANDIDATES_MAX],
  [LOGGED_APPS_MAX],
  [APPS_MAX],
  [SUBSCRIBERS_MAX],
  [DEFAULT_LIMITS.tokensMax],
  [TOKENS_AT_ONCE_MAX],
  [TOKEN_LENGTH_MAX],
  [BODY_BYTES_MAX / KIB],
  [DEFAULT_LIMITS.journalRecordsMax],
  [DEFAULT_LIMITS.journalRecordsTotalMax],
  [KEPT_BODY_BYTES_MAX / KIB, RECORD_BYTES_MAX / KIB],
  [DEFAULT_LIMITS.ledgerRecordsMax],
  [ACCESS_TOKENS_MAX],
  [MSG_IDS_MAX],
  [COUNTERS_MAX],
  [SNAPSHOTS_MAX],
  [SCRIPT_LENGTH_MAX],
  [NUMBER_SCRIPT_LENGTH_MAX],
  [NUMBERS_MAX],
  [DESC_LENGTH_MAX],
  [PER_MS_MAX / DAY_MS],
  [DURATION_MS_MAX / HOUR_MS],
  [WHITELIST_LENGTH_MAX],
  [MODULUS_BITS_MIN, MODULUS_BITS_MAX],
  [SECRET_LENGTH_MAX],
  [APP_NAME_LENGTH_MAX],
  [CALLS_MAX],
];

test.each(['docs/limits.md', 'docs/limits.zh-CN.md'])('%s has the number of each limit', (page) => {
  const rows = rowsOf(page);
  for (const [at, numbers] of LIMITS.entries()) {
    const [what = 'no row', bound = ''] = rows[at] ?? [];
    expect(numbersIn(bound), `row ${at + 1}, ${what}`).toEqual(numbers);
  }
  expect(rows, 'the rows of the table').toHaveLength(LIMITS.length);
});

test.each(['docs/limits.md', 'docs/limits.zh-CN.md'])('%s has a reason for each limit', (page) => {
  expect(rowsOf(page).filter(([what, , , why]) => !what || !why)).toEqual([]);
});

test('both pages name each limit of the configuration', () => {
  for (const page of ['docs/limits.md', 'docs/limits.zh-CN.md'])
    for (const name of Object.keys(DEFAULT_LIMITS))
      expect(readFileSync(page, 'utf8')).toContain(`\`${name}\``);
});

test.each([
  { heap: '256 MiB', heapBytes: 256 * MIB, expected: 2730 },
  { heap: '16 GiB', heapBytes: 16 * 1024 * MIB, expected: 100_000 },
])(
  'with a heap of $heap all journals have at most $expected records',
  ({ heapBytes, expected }) => {
    expect(recordsIn(heapBytes)).toBe(expected);
  },
);

function rowsOf(page: string): readonly (readonly string[])[] {
  const [, table = ''] = readFileSync(page, 'utf8').split('<!-- limits -->');
  const lines = table.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** `10 000` is one number. */
function numbersIn(text: string): readonly number[] {
  return Array.from(text.replace(/(\d) (?=\d{3})/g, '$1').matchAll(/\d+/g), ([digits]) =>
    Number(digits),
  );
}
