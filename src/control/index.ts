/**
 * A typed client of the mock's control API: a test creates apps, mints tokens, moves clocks, scripts results and asserts
 * requests.
 *
 * @module cmpassport-mock/control
 */
export type {
  AccessToken,
  AnswerField,
  App,
  AppSettings,
  Basis,
  BeyondCode,
  Bilingual,
  Capability,
  Clock,
  ClockSetting,
  CreatedApp,
  DecidedBy,
  Explanation,
  Finding,
  Gate,
  IpWhitelistCheck,
  IpWhitelistEntry,
  JournalRecord,
  KeyPair,
  Ledger,
  LedgerRecord,
  MintedToken,
  NewApp,
  NumberFailure,
  Operation,
  OperationRow,
  Operator,
  Outcomes,
  ReadingRow,
  Readings,
  RequestField,
  Requirement,
  ResultCode,
  ResultCodeRow,
  RuleRow,
  SignedRequest,
  SigningOptions,
  SignSecret,
  Subscriber,
  SubscriberOutcomes,
  Token,
  UndocumentedCode,
  Way,
} from './api.js';
export { ControlError, type ControlErrorCode, MockAssertionError } from './errors.js';
export type { RequestStream } from './events.js';
export { connectMock, type Mock } from './mock.js';
export type {
  CallFilter,
  Duration,
  MockApp,
  NumberOutcomes,
  RequestFilter,
  SavedSnapshot,
  Snapshot,
  TokenOptions,
} from './mock-app.js';
export type { Language, MockConnection } from './transport.js';
