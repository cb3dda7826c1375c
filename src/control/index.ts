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
  Snippet,
  Snippets,
} from './api/journal.js';
export type {
  AnswerField,
  Bilingual,
  IpWhitelistCheck,
  IpWhitelistEntry,
  KeyPair,
  OperationRow,
  ReadingRow,
  RequestField,
  RuleRow,
  SignedRequest,
  SigningWish,
  Subscriber,
} from './api/reference.js';
export type {
  Basis,
  Capability,
  DecidedBy,
  Operation,
  Operator,
  Persona,
  Readings,
  Requirement,
  ResultCode,
  Signing,
  SignSecret,
  Way,
} from './api/vocabulary.js';
export { ControlError, type ControlErrorCode, MockAssertionError } from './errors.js';
export type { RequestStream } from './events.js';
export { connectMock, type Mock, type SnippetWish } from './mock.js';
export type { CallFilter, Duration, MockApp, RequestFilter, SavedSnapshot, Snapshot } from './mock-app.js';
export type { Language, MockConnection } from './transport.js';
