/** Values, and the writes that store them. */

import type { TokenRecord } from '../../../mock-server/carrier/engine/state.js';
import { toJournalExchange } from '../../../mock-server/carrier/store/journal-exchange.js';
import type {
  AppRecord,
  ClockRecord,
  Collection,
  Collections,
  JournalRecord,
  LedgerRecord,
  StateStore,
  StoredToken,
  StoreLimits,
  Write,
} from '../../../mock-server/carrier/store/state-store.js';
import { exchangeOf, SETTINGS, stateOf } from '../engine.js';

const AT_MS = 1_764_034_580_000;

const ISSUED: TokenRecord = {
  phoneNumber: '13800138000',
  capability: 'loginTokenValidate',
  operator: 'mobile',
  issuedAtMs: AT_MS,
  expiresAtMs: AT_MS + 120_000,
  usedBy: undefined,
};

export const TOKEN: StoredToken = { record: ISSUED };

export const APP: AppRecord = {
  settings: { ...SETTINGS, name: 'an app with a name' },
  configured: SETTINGS,
  origin: 'api',
  controlTokenFrom: 'configuration',
  shortId: 'abc123',
  packageNumber: 0,
};

export const CLOCK: ClockRecord = { offsetMs: 5, frozenAtMs: undefined };

export const { platformKey: PLATFORM_KEY } = stateOf('loginTokenValidate');

export function put<C extends Collection>(
  collection: C,
  id: string,
  value: Collections[C],
  expectedRevision = 0,
): Write {
  return { kind: 'put', collection, id, expectedRevision, value } as Write;
}

export function putToken(id: string, expectedRevision = 0): Write {
  return put('token', id, TOKEN, expectedRevision);
}

export function count(counter: string, limit: number | null): Write {
  return { kind: 'count', counter, limit };
}

export function ledger(taskId: string): Write {
  const record: LedgerRecord = {
    taskId,
    operation: 'loginTokenValidate',
    resultCode: '103000',
    atMs: AT_MS,
  };
  return { kind: 'append', log: 'ledger', record };
}

interface JournalOptions {
  readonly resultCode?: string;
  readonly receivedAtMs?: number;
  readonly appId?: string;
  readonly body?: string;
}

export function journal(id: string, { body = '{}', ...changes }: JournalOptions = {}): Write {
  return { kind: 'append', log: 'journal', record: { ...journalRecord(id, body), ...changes } };
}

export function journalRecord(id: string, body = '{}'): JournalRecord {
  return {
    id,
    receivedAtMs: AT_MS,
    atMs: AT_MS,
    appId: SETTINGS.appId,
    operation: 'loginTokenValidate',
    resultCode: '103000',
    decidedBy: 'allMet',
    charged: true,
    taskId: id,
    durationMs: 1,
    token: undefined,
    exchange: toJournalExchange(exchangeOf('loginTokenValidate', body)),
    outcome: undefined,
    outcomeBy: undefined,
    status: 200,
    responseBody: '',
    state: stateOf('loginTokenValidate'),
  };
}

/** How a suite for all stores creates a store. */
export type NewStore = (limits: StoreLimits) => StateStore | Promise<StateStore>;
