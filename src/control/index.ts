/**
 * The mock driven from a test: apps made, tokens minted, clocks moved, answers scripted, requests asserted.
 *
 * @module cmpassport-mock/control
 */
export type {
  AccessToken,
  App,
  AppSettings,
  Clock,
  ClockSetting,
  CreatedApp,
  MintedToken,
  NewApp,
  Outcomes,
  Token,
  TokenWish,
} from './api/apps.js';
export type {
  Explanation,
  Finding,
  Gate,
  JournalRecord,
  Ledger,
  LedgerRecord,
  ResultCodeRow,
} from './api/journal.js';
export type {
  Basis,
  Capability,
  DecidedBy,
  Operation,
  Operator,
  Readings,
  Requirement,
  ResultCode,
  SignSecret,
} from './api/vocabulary.js';
export { ControlError, type ControlErrorCode, MockAssertionError } from './errors.js';
export type { RequestStream } from './events.js';
export { connectMock, type Mock } from './mock.js';
export type { CallFilter, Duration, MockApp, RequestFilter, Snapshot } from './mock-app.js';
export type { Language, MockConnection } from './transport.js';
