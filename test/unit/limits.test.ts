/** docs/limits: each limit that is told is the one in the code, in both languages. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { APPS_MAX } from '../../mock-server/engine/app-settings.js';
import { BODY_BYTES_MAX } from '../../mock-server/engine/request.js';
import { DEFAULT_MAX_CONNECTIONS } from '../../mock-server/options.js';
import { HEADER_BYTES_MAX, KEEP_ALIVE_TIMEOUT_MS, REQUEST_TIMEOUT_MS } from '../../mock-server/server-limits.js';
import {
  ACCESS_TOKENS_MAX,
  COUNTERS_MAX,
  DEFAULT_LIMITS,
  MSG_IDS_MAX,
  SNAPSHOTS_MAX,
} from '../../mock-server/state-store.js';

const KIB = 1024;
const MIB = KIB * KIB;
const SECOND_MS = 1000;
const HOUR_MS = 3600 * SECOND_MS;

/** In the order of the table. */
const LIMITS: readonly (readonly number[])[] = [
  [BODY_BYTES_MAX / KIB],
  [Number.parseInt(textIn('control/control-app.ts', 'BODY_LIMIT'), 10)],
  [HEADER_BYTES_MAX / KIB],
  [REQUEST_TIMEOUT_MS / SECOND_MS],
  [KEEP_ALIVE_TIMEOUT_MS / SECOND_MS],
  [DEFAULT_MAX_CONNECTIONS],
  [Number(/backlog: (\d+)/.exec(source('listeners.ts'))?.[1])],
  [numberIn('control/events.ts', 'STREAMS_MAX')],
  [numberIn('control/event-outbox.ts', 'WAITING_BYTES_MAX') / MIB],
  [numberIn('control/query.ts', 'LIMIT_MAX')],
  [APPS_MAX],
  [DEFAULT_LIMITS.tokensMax],
  [numberIn('schemas.ts', 'TOKENS_AT_ONCE_MAX')],
  [numberIn('schemas.ts', 'TOKEN_LENGTH_MAX')],
  [BODY_BYTES_MAX / KIB],
  [DEFAULT_LIMITS.journalRecordsMax],
  [DEFAULT_LIMITS.journalBytesMax / MIB],
  [DEFAULT_LIMITS.journalBytesTotalMax / MIB],
  [DEFAULT_LIMITS.ledgerRecordsMax],
  [ACCESS_TOKENS_MAX],
  [MSG_IDS_MAX],
  [COUNTERS_MAX],
  [SNAPSHOTS_MAX],
  [numberIn('schemas.ts', 'SCRIPT_LENGTH_MAX')],
  [numberIn('outcomes/script.ts', 'DURATION_MS_MAX') / HOUR_MS],
  [numberIn('schemas.ts', 'WHITELIST_LENGTH_MAX')],
  [numberIn('engine/app-settings.ts', 'MODULUS_BITS_MIN'), numberIn('engine/app-settings.ts', 'MODULUS_BITS_MAX')],
  [Number(/CONTROL_TOKEN: Schema = \{[^}]*\{1,(\d+)\}/.exec(source('schemas.ts'))?.[1])],
  [numberIn('schemas.ts', 'CALLS_MAX')],
];

test.each(['docs/limits.md', 'docs/limits.zh-CN.md'])('%s tells each limit as it is', (page) => {
  expect(rowsOf(page).map(([, bound = '']) => numbersIn(bound))).toEqual(LIMITS);
});

test.each(['docs/limits.md', 'docs/limits.zh-CN.md'])('%s gives each limit a reason', (page) => {
  expect(rowsOf(page).filter(([what, , , why]) => !what || !why)).toEqual([]);
});

test('each limit of the configuration is told', () => {
  for (const page of ['docs/limits.md', 'docs/limits.zh-CN.md'])
    for (const name of Object.keys(DEFAULT_LIMITS)) expect(readFileSync(page, 'utf8')).toContain(`\`${name}\``);
});

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
  return Array.from(text.replace(/(\d) (?=\d{3})/g, '$1').matchAll(/\d+/g), ([digits]) => Number(digits));
}

function source(file: string): string {
  return readFileSync(`mock-server/${file}`, 'utf8');
}

function textIn(file: string, name: string): string {
  return new RegExp(`const ${name} = '([^']+)'`).exec(source(file))?.[1] ?? '';
}

/** A constant that is a number, or a product of some. */
function numberIn(file: string, name: string): number {
  const product = new RegExp(`const ${name} = ([\\d_ *]+);`).exec(source(file))?.[1] ?? 'NaN';
  return product.split('*').reduce((result, factor) => result * Number(factor.replaceAll('_', '').trim()), 1);
}
