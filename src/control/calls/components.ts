/** The responses of the calls, and all components of their schemas with their types. No component allows additional fields. */
import { OPERATIONS } from '../../protocol/operations.js';
import { CAPABILITIES, OPERATORS, SIGN_SECRETS } from '../../protocol/portal.js';
import { REQUIREMENT_IDS } from '../../protocol/requirements.js';
import { RESULT_CODES } from '../../protocol/result-codes.js';
import { NUMBER_FAILURES } from '../../protocol/test-numbers.js';
import { BODIES } from './bodies.js';
import { fields, object, type TypeOf, type } from './notation.js';
import { REFERENCE_RESPONSES } from './reference.js';
import { APP_FIELDS, ofOperations, READING_SCHEMAS, RESULT_CODE_PATTERN } from './settings.js';

const NAMES = OPERATIONS.map(({ operation }) => operation);
const AT_MS = "Epoch milliseconds, by the app's clock.";
const REAL_MS = 'Epoch milliseconds, in real time.';

/** The response describes a setting as the request does. */
const SETTINGS = {
  name: ['string | null', APP_FIELDS.name.description],
  appKey: ['string', APP_FIELDS.appKey.description],
  appSecret: ['string', APP_FIELDS.appSecret.description],
  signSecret: ['SignSecret', APP_FIELDS.signSecret.description],
  appVerifyKey: ['string | null', APP_FIELDS.appVerifyKey.description],
  appEncryptKey: ['string | null', APP_FIELDS.appEncryptKey.description],
  capabilities: ['Capability[]', APP_FIELDS.capabilities.description],
  ipWhitelist: [fields(ofOperations('string | null')), APP_FIELDS.ipWhitelist.description],
  contracted: ['boolean', APP_FIELDS.contracted.description],
  dailyQuota: ['integer', APP_FIELDS.dailyQuota.description],
  callPackage: ['integer | null', APP_FIELDS.callPackage.description],
  tokenTtlMs: [{ type: 'integer', minimum: 1 }, APP_FIELDS.tokenTtlMs.description],
  readings: ['Readings', APP_FIELDS.readings.description],
} as const;

const APP = {
  appId: 'string',
  ...SETTINGS,
  platformPublicKey: ['string', '平台公钥: Base64 of the SPKI, for tokenValidate with keyType 1.'],
  origin: [{ enum: ['configuration', 'console', 'api'] }, 'What created the app.'],
  hasControlToken: [
    'boolean',
    'Whether the app has its own control token. The token is not shown.',
  ],
} as const;

const TOKEN = {
  token: 'string',
  phoneNumber: 'string',
  capability: ['Operation', 'The operation that the token is for.'],
  operator: 'Operator',
  issuedAtMs: ['instant', AT_MS],
  expiresAtMs: ['instant', 'Epoch milliseconds. The token is expired from this time on.'],
  'userInformation?': [
    'string',
    'For h5TokenValidate: what the SDK of the page returned with the token.',
  ],
} as const;

const ANY_CODE_OR_NULL = {
  anyOf: [type('ResultCode'), type('UndocumentedCode'), { type: 'null' }],
} as const;

const ROLE = {
  role: [
    { enum: ['cause', 'remark'] },
    'A cause explains the refusal; a remark is about anything else. Causes come first.',
  ],
} as const;

const JOURNAL_RECORD = object('A request to the carrier and its response.', {
  id: ['string', "Also in the response's header X-Mock-Request-Id."],
  atMs: ['instant', AT_MS],
  appId: ['string | null', 'As sent, even if the app is unknown; null if it could not be read.'],
  operation: [
    type('Operation'),
    'For a path that the carrier does not have: the operation that the body resembles.',
  ],
  method: 'string',
  path: 'string',
  clientIp: 'string',
  resultCode: [
    ANY_CODE_OR_NULL,
    'null if a script or header forced an outcome without a result, and for a path that the carrier does not have.',
  ],
  decidedBy: 'DecidedBy',
  forced: 'boolean',
  charged: 'boolean',
  taskId: ['string | null', '话单流水号; null if nothing was decided.'],
  phoneNumber: ['string | null', 'The number of the token; null if the token is unknown.'],
  durationMs: [{ type: 'number', minimum: 0 }, 'From the complete request to its decision.'],
  receivedAtMs: ['instant', REAL_MS],
  decidedAtMs: ['instant', REAL_MS],
  delivery: fields({
    state: [
      { enum: ['pending', 'delivered', 'notDelivered'] },
      'pending while a script or a latency delays the response; delivered when all of it was handed to the connection.',
    ],
    atMs: [
      'instant | null',
      'Epoch milliseconds, in real time; null while it is pending, and if a killed server left it so, which is serverStopped after ten minutes.',
    ],
    reason: [
      { enum: ['reset', 'truncated', 'clientClosed', 'serverStopped', 'limit', null] },
      'Why it was not delivered, else null. reset, truncated: a script or header forced it. limit: too many responses waited, or this one waited ten minutes.',
    ],
  }),
  outcome: ['string | null', 'The step of a script or header that was applied, as text.'],
  outcomeBy: [
    { enum: ['header', 'script', 'numberScript', 'token', null] },
    'What forced the outcome: a request header, the script of the app or of the number, or a magic token; null if nothing did.',
  ],
  request: fields({
    headers: [
      { type: 'object', additionalProperties: { anyOf: [type('string'), type('string[]')] } },
      'By lower-case name. A header that was sent more than once has a list.',
    ],
    body: ['string', 'At most 8 KiB of it.'],
  }),
  response: fields({
    status: [{ type: ['integer', 'null'] }, 'null if no response was sent.'],
    body: 'string',
  }),
  'undocumented?': [{ enum: [true] }, 'Present if the document does not contain the result code.'],
  'expected?': [
    { enum: [true] },
    'Present if a test marked the result as the one that it expects.',
  ],
});

/** By component name. */
const RESPONSES = {
  Operation: { enum: NAMES, description: "The carrier's operations." },
  Operator: { enum: OPERATORS, description: "A SIM card's carrier: 移动, 联通, 电信." },
  Capability: { enum: CAPABILITIES, description: '能力: an operation, or 短验辅助.' },
  SignSecret: { enum: SIGN_SECRETS, description: '验签方式: the secret of an MD5 signature.' },
  NumberFailure: {
    enum: NUMBER_FAILURES.map(({ failure }) => failure),
    description: 'The failure that a test number always causes.',
  },
  Basis: {
    enum: ['documented', 'observed', 'inferred', 'assumed'],
    description:
      'The evidence for a fact. documented: a sentence of the document. observed: public evidence. inferred: follows from evidence. assumed: our choice.',
  },
  Readings: object(
    'How the mock interprets the document where it is silent or contradicts itself.',
    READING_SCHEMAS,
  ),
  ResultCode: {
    enum: RESULT_CODES,
    description:
      'Every documented code, and 102315. tokenValidate returns 102315 and 105312 only with the reading verify-quota-code.',
  },
  UndocumentedCode: {
    type: 'string',
    pattern: RESULT_CODE_PATTERN,
    description:
      'A code outside the document, which only a script, header or magic token can force.',
  },
  Requirement: {
    enum: REQUIREMENT_IDS,
    description: 'What the carrier requires of a request.',
  },
  DecidedBy: {
    anyOf: [type('Requirement'), { enum: ['allMet', 'forced'] }],
    description:
      'The requirement that was not met; allMet for a success; forced for a script, header or magic token.',
  },
  Health: fields({
    status: { const: 'ok' },
    version: ['string', 'The version of the build that answers.'],
    configuration: [
      { enum: ['current', 'outdated'] },
      'outdated: the changed configuration file has a mistake, so that the previous one is in effect.',
    ],
  }),
  App: object('An app with all its settings.', APP),
  CreatedApp: object('A new app, with its generated secrets.', {
    ...APP,
    'appSignPrivateKey?': [
      'string',
      'The private key of 应用公钥1, PKCS#8 in Base64, if generateKeys was true. Shown once.',
    ],
    'appDecryptPrivateKey?': [
      'string',
      'The private key of 应用公钥2, PKCS#8 in Base64, if generateKeys was true. Shown once.',
    ],
    'controlToken?': [
      'string',
      "The app's own control token, if generateControlToken was true. Shown once.",
    ],
  }),
  Apps: fields({ apps: 'App[]' }),
  MintedToken: object('A new token.', TOKEN),
  Minted: {
    anyOf: [type('MintedToken'), type('MintedTokens')],
    description: 'A list if the request has a count.',
  },
  MintedTokens: fields({ tokens: 'MintedToken[]' }),
  Token: object('A token and its state.', {
    ...TOKEN,
    status: { enum: ['live', 'used', 'expired'] },
    usedBy: ['string | null', 'The id of the request that consumed it; null if none did.'],
  }),
  AccessToken: object('短验辅助凭证: the credential in the response 001.', {
    accessToken: 'string',
    taskId: 'string',
    status: { enum: ['live', 'redeemed', 'expired'] },
    issuedAtMs: ['instant', AT_MS],
    expiresAtMs: ['instant', AT_MS],
  }),
  Clock: object("An app's clock.", {
    nowMs: 'instant',
    offsetMs: [{ type: 'number' }, "How many milliseconds it is ahead of the machine's clock."],
    frozen: 'boolean',
  }),
  Outcomes: object('A script and its progress.', {
    script: ['string', 'Empty without a script.'],
    remaining: ['string', 'The remaining steps; empty when the script is finished.'],
  }),
  SubscriberOutcomes: object(
    'The scripts of a number: those of the app, or else of the configuration file.',
    {
      phoneNumber: 'string',
      outcomes: fields(ofOperations('Outcomes')),
    },
  ),
  AppSubscribers: object('The numbers for which the app has scripts, in ascending order.', {
    subscribers: 'SubscriberOutcomes[]',
  }),
  Snapshot: fields({ id: 'string' }),
  Snapshots: fields({ snapshots: 'SavedSnapshot[]' }),
  SavedSnapshot: fields({ id: 'string', atMs: ['instant', AT_MS] }),
  JournalRecord: JOURNAL_RECORD,
  JournalPage: object('A page of the journal, newest first.', {
    requests: 'JournalRecord[]',
    evicted: ['integer', 'The number of records that the searched journals have dropped.'],
    more: ['boolean', 'Whether there are older records.'],
    after: [
      'string | null',
      'The next page begins after this record; null only at the end of the journal.',
    ],
    complete: [
      'boolean',
      'false if the page ends before its limit, because explaining its requests took too long: read the next one.',
    ],
  }),
  RequestCount: object('How many requests matched.', {
    count: 'integer',
    complete: ['boolean', 'false if the searched journals have dropped records.'],
  }),
  Causes: object(
    'The causes of refusals and the remarks on accepted requests, the most frequent first.',
    {
      causes: 'Cause[]',
      complete: ['boolean', 'false if some requests are not explained yet: call again.'],
    },
  ),
  Cause: object(
    'A finding, and the requests of which it is the first cause or, if they were accepted, the first remark.',
    {
      finding: ['string', 'The id of the finding.'],
      ...ROLE,
      title: 'Bilingual',
      requests: ['string[]', 'The ids of the requests, newest first.'],
      count: 'integer',
    },
  ),
  Gate: object('A requirement, and whether the request met it.', {
    requires: 'Requirement',
    otherwise: ['ResultCode', 'The result code if the requirement is not met.'],
    basis: 'Basis',
    outcome: { enum: ['met', 'unmet', 'not reached'] },
  }),
  Finding: object('A known mistake that the request contains.', {
    id: ['string', 'Stable: sign.secret-swapped, token.used …'],
    ...ROLE,
    title: 'string',
    detail: 'string',
    evidence: {
      type: 'object',
      additionalProperties: { anyOf: [type('string'), { type: 'number' }, type('string[]')] },
    },
  }),
  Segment: object('A piece of a string to sign.', {
    field: [
      'string | null',
      'The wire name of the field, appKey or appSecret; null for a separator or a signed field name.',
    ],
    value: 'string',
  }),
  Explanation: object('Why a request got its response.', {
    requestId: 'string',
    operation: 'Operation',
    resultCode: ANY_CODE_OR_NULL,
    decidedBy: 'DecidedBy',
    forced: 'boolean',
    gates: ['Gate[]', 'The rules in order. If a test forced the outcome, none was reached.'],
    next: [
      'ResultCode | null',
      'The result code of the request without its causes; null for a success, and if no such request can be built.',
    ],
    missing: [
      'string | null',
      'What is missing to build that request, such as the private key of 应用公钥1.',
    ],
    findings: [
      'Finding[]',
      'The known mistakes: causes first, then what the repaired request still has wrong. Secrets show their last four characters.',
    ],
    stringToSign: ['string | null', 'Complete, with the secret.'],
    stringToSignSegments: [
      'Segment[] | null',
      'stringToSign in pieces: the value of each field in order, and the secret if the string contains it.',
    ],
    expectedSign: ['string | null', 'null for RSA, because only the private key can make it.'],
    receivedSign: 'string | null',
    signedString: [
      'string | null',
      'The string that the client signed, if the search found it; null if the signature is right.',
    ],
    observed: [
      'ObservedReading[]',
      'The readings of this operation whose current option was observed by a calibration.',
    ],
    signedStringSegments: [
      'Segment[] | null',
      'signedString in pieces: the signed values, and the text between them.',
    ],
  }),
  Ledger: object('The charged calls, newest first.', {
    charged: ['integer', 'Exact, even if records were dropped.'],
    remaining: ['integer | null', 'Remaining calls; null without a limit.'],
    records: 'LedgerRecord[]',
  }),
  LedgerRecord: object('话单: one charged call.', {
    taskId: 'string',
    operation: 'Operation',
    resultCode: 'ResultCode',
    atMs: ['instant', AT_MS],
  }),
  ...REFERENCE_RESPONSES,
  OpenapiDocument: { type: 'object', description: 'OpenAPI 3.1.' },
  Problem: object('An error of the control API (RFC 9457).', {
    type: ['string', 'The id of the problem, as a reference to its page: `problems#app.exists`.'],
    title: 'string',
    status: { type: 'integer' },
    detail: [
      'string',
      'One sentence that quotes the invalid value. In the language of `?lang`, else of Accept-Language, else of the server.',
    ],
    'pointer?': ['string', 'A JSON Pointer to the field; empty for the whole body.'],
  }),
} as const;

/** All components, by name. */
export const COMPONENTS = { ...BODIES, ...RESPONSES };

/** The values of the components. */
export type Api = {
  readonly [Name in keyof typeof COMPONENTS]: TypeOf<(typeof COMPONENTS)[Name], typeof COMPONENTS>;
};
