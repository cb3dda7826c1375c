/** JSON Schemas of what the control API answers: every field, and no other. */
import { OPERATIONS } from '../../../src/protocol/operations.js';
import {
  FORMER_TOKEN_VALIDATE_RESULTS,
  LOGIN_TOKEN_VALIDATE_RESULTS,
  TOKEN_VALIDATE_RESULTS,
} from '../../../src/protocol/result-codes.js';
import { CAPABILITIES, SIGN_SECRETS } from '../../engine/app-settings.js';
import { READINGS } from '../../engine/readings.js';
import { LOGIN_TOKEN_VALIDATE_RULES } from '../../engine/rules/login-token-validate.js';
import { TOKEN_VALIDATE_RULES } from '../../engine/rules/token-validate.js';
import { OPERATORS } from '../../engine/state.js';
import { closed, type Schema } from '../../schemas.js';
import { LANGUAGE_NAMES, SIGNINGS, WAY_NAMES } from '../atlas/choices.js';
import { REFERENCE_RESPONSES } from './reference-responses.js';
import {
  BASIS,
  described,
  type Fields,
  FLAG,
  INSTANT,
  list,
  NUMBER,
  ref,
  TEXT,
  TEXT_OR_NULL,
  whole,
} from './schema-parts.js';

const WAY: Schema = { enum: WAY_NAMES };
const OPERATION_NAMES = OPERATIONS.map(({ operation }) => operation);
const CODES = [
  ...new Set(
    [...LOGIN_TOKEN_VALIDATE_RESULTS, ...TOKEN_VALIDATE_RESULTS, ...FORMER_TOKEN_VALIDATE_RESULTS].map(
      ({ code }) => code,
    ),
  ),
];
const REQUIREMENTS = [
  ...new Set([...LOGIN_TOKEN_VALIDATE_RULES, ...TOKEN_VALIDATE_RULES].map(({ requires }) => requires)),
];

function readingSchema(row: (typeof READINGS)[number]): Schema {
  return 'pattern' in row
    ? { type: 'string', pattern: [...row.options.map((option) => `^${option}$`), row.pattern].join('|') }
    : { enum: row.options };
}

const APP: Fields = {
  appId: TEXT,
  appKey: described(TEXT, 'What verify signs with.'),
  appSecret: described(TEXT, 'APPSecret: what login signs with, unless signSecret says appKey.'),
  signSecret: { enum: SIGN_SECRETS, description: "验签方式: which of the two login's MD5 is made with." },
  appVerifyKey: described(TEXT_OR_NULL, '应用公钥1: Base64 of the SPKI.'),
  appEncryptKey: described(TEXT_OR_NULL, '应用公钥2: Base64 of the SPKI.'),
  capabilities: list({ enum: CAPABILITIES }),
  ipWhitelist: whole(
    { loginTokenValidate: TEXT_OR_NULL, tokenValidate: TEXT_OR_NULL },
    "服务器IP白名单, in the portal's syntax; null admits anybody, an empty text nobody.",
  ),
  contracted: described(FLAG, 'A contract ends the daily quota and makes callPackage count.'),
  dailyQuota: described(NUMBER, 'Calls a day without a contract.'),
  callPackage: { type: ['integer', 'null'], minimum: 0, description: 'Calls under the contract; null has no limit.' },
  tokenTtlMs: { type: 'integer', minimum: 1, description: 'How long a token lives, in milliseconds.' },
  readings: whole(
    Object.fromEntries(READINGS.map((row) => [row.id, readingSchema(row)])),
    'How the mock reads the document where it is silent.',
  ),
  platformPublicKey: described(TEXT, '平台公钥: Base64 of the SPKI, for verify with keyType 1.'),
  origin: { enum: ['configuration', 'api'], description: 'Who made it.' },
  hasControlToken: described(FLAG, 'Whether its calls ask for a control token of its own; the token is not shown.'),
};

const PRIVATE_KEYS: Fields = {
  appSignPrivateKey: described(TEXT, 'The private half of 应用公钥1: PKCS#8 in Base64, shown this once.'),
  appDecryptPrivateKey: described(TEXT, 'The private half of 应用公钥2: PKCS#8 in Base64, shown this once.'),
};

const DRAWN: Fields = {
  controlToken: described(TEXT, "The app's own control token, shown this once."),
};

const TOKEN: Fields = {
  token: TEXT,
  phoneNumber: TEXT,
  capability: { enum: OPERATION_NAMES },
  operator: { enum: OPERATORS },
  issuedAtMs: described(INSTANT, "Epoch milliseconds, by the app's clock."),
  expiresAtMs: described(INSTANT, 'Epoch milliseconds: from this moment on it is dead.'),
};

const JOURNAL_RECORD: Fields = {
  id: described(TEXT, "Also in the answer's header X-Mock-Request-Id."),
  atMs: described(INSTANT, "Epoch milliseconds, by the app's clock."),
  appId: described(TEXT_OR_NULL, 'As it was sent, known or not; null where it could not be read.'),
  operation: ref('Operation'),
  method: TEXT,
  path: TEXT,
  clientIp: TEXT,
  resultCode: {
    anyOf: [ref('ResultCode'), { type: 'null' }],
    description: 'null where a script or header kept the carrier from deciding.',
  },
  decidedBy: ref('DecidedBy'),
  forced: FLAG,
  charged: FLAG,
  taskId: described(TEXT_OR_NULL, '话单流水号; null where nothing was decided.'),
  durationMs: { type: 'number', minimum: 0 },
  outcome: described(TEXT_OR_NULL, 'The step of a script or header that was taken, as text.'),
  request: whole({
    headers: {
      type: 'object',
      additionalProperties: { anyOf: [TEXT, list(TEXT)] },
      description: 'By lower-case name; a list for a header that was sent more than once.',
    },
    body: TEXT,
  }),
  response: whole({
    status: { type: ['integer', 'null'], description: 'null where no answer was sent.' },
    body: TEXT,
  }),
};

const GATE = whole({
  requires: ref('Requirement'),
  otherwise: ref('ResultCode'),
  basis: BASIS,
  outcome: { enum: ['met', 'unmet', 'not reached'] },
});

const FINDING = whole({
  id: described(TEXT, 'Stable: sign.secret-swapped, token.used …'),
  title: TEXT,
  detail: TEXT,
  evidence: { type: 'object', additionalProperties: { anyOf: [TEXT, { type: 'number' }, list(TEXT)] } },
});

const ATLAS_ROW = whole({
  operation: ref('Operation'),
  code: ref('ResultCode'),
  name: TEXT,
  desc: described(TEXT, "The document's own words."),
  descEn: TEXT,
  cause: whole({ en: TEXT, zh: TEXT }),
  basis: BASIS,
  decidedBy: described(
    list({ enum: [...REQUIREMENTS, 'allMet'] }),
    'The requirements that it refuses for, in order of precedence; allMet for a success.',
  ),
  charged: FLAG,
  usesToken: described(FLAG, 'Whether the token is used up by it.'),
  nextStep: {
    enum: ['getNewToken', 'fallBackToSms', 'fixConfiguration', 'contactCarrier', 'retryLater', null],
    description: 'What a client does about it; null for a success.',
  },
  ways: list(whole({ way: WAY, curl: TEXT })),
});

const SNIPPET = whole({
  language: { enum: LANGUAGE_NAMES },
  file: described(TEXT, 'The name that it is to be saved under: ResultCode.java …'),
  run: described(TEXT, 'The command that runs it: java ResultCode.java …'),
  text: described(TEXT, 'The program. It needs the standard library only.'),
});

/** By component name. */
export const RESPONSE_SCHEMAS: Readonly<Record<string, Schema>> = {
  Operation: { enum: OPERATION_NAMES },
  ResultCode: { enum: CODES, description: 'Every code of the document, and 102315, which only a reading answers.' },
  Requirement: { enum: REQUIREMENTS },
  DecidedBy: {
    enum: [...REQUIREMENTS, 'allMet', 'forced'],
    description: 'The requirement that was not met; allMet on success; forced by a script, header or magic token.',
  },
  Health: whole({ status: { const: 'ok' } }),
  App: whole(APP),
  CreatedApp: closed({ ...APP, ...PRIVATE_KEYS, ...DRAWN }, Object.keys(APP)),
  Apps: whole({ apps: list(ref('App')) }),
  MintedToken: whole(TOKEN),
  Minted: { anyOf: [ref('MintedToken'), ref('MintedTokens')], description: 'A list where a count was given.' },
  MintedTokens: whole({ tokens: list(ref('MintedToken')) }),
  Token: whole({
    ...TOKEN,
    status: { enum: ['live', 'used', 'expired'] },
    usedBy: described(TEXT_OR_NULL, 'The id of the request that used it up.'),
  }),
  AccessToken: whole({
    accessToken: TEXT,
    taskId: TEXT,
    status: { enum: ['live', 'redeemed', 'expired'] },
    issuedAtMs: INSTANT,
    expiresAtMs: INSTANT,
  }),
  Clock: whole({
    nowMs: INSTANT,
    offsetMs: { type: 'number', description: "Milliseconds that it is ahead of the machine's clock." },
    frozen: FLAG,
  }),
  Outcomes: whole({
    script: described(TEXT, 'Empty where there is none.'),
    remaining: described(TEXT, 'The steps not yet used; empty when it is finished.'),
  }),
  Snapshot: whole({ id: TEXT }),
  Snapshots: whole({ snapshots: list(ref('SavedSnapshot')) }),
  SavedSnapshot: whole({ id: TEXT, atMs: described(INSTANT, "Epoch milliseconds, by the app's clock.") }),
  JournalRecord: whole(JOURNAL_RECORD),
  JournalPage: whole({
    requests: list(ref('JournalRecord')),
    evicted: described(NUMBER, 'How many dropped records may have been among them.'),
    more: described(FLAG, 'Whether there are older ones: ask for those after the last.'),
  }),
  RequestCount: whole({
    count: NUMBER,
    complete: described(FLAG, 'false when records that could match were dropped.'),
  }),
  Gate: GATE,
  Finding: FINDING,
  Explanation: whole({
    requestId: TEXT,
    operation: ref('Operation'),
    resultCode: { anyOf: [ref('ResultCode'), { type: 'null' }] },
    decidedBy: ref('DecidedBy'),
    forced: FLAG,
    gates: list(ref('Gate')),
    next: {
      anyOf: [ref('ResultCode'), { type: 'null' }],
      description: 'The code that the request would get with the unmet one mended; null on success.',
    },
    findings: list(ref('Finding')),
    stringToSign: described(TEXT_OR_NULL, 'Whole, the secret included.'),
    expectedSign: TEXT_OR_NULL,
    receivedSign: TEXT_OR_NULL,
    signedString: described(
      TEXT_OR_NULL,
      'The text that the sign was made of, where one reproduces it; null where the sign is right.',
    ),
  }),
  Ledger: whole({
    charged: described(NUMBER, 'Exact, whatever was dropped.'),
    remaining: { type: ['integer', 'null'], minimum: 0, description: 'Calls left; null without a limit.' },
    records: list(ref('LedgerRecord')),
  }),
  LedgerRecord: whole({ taskId: TEXT, operation: ref('Operation'), resultCode: ref('ResultCode'), atMs: INSTANT }),
  ResultCodes: whole({ codes: list(ref('ResultCodeRow')) }),
  ResultCodeRow: ATLAS_ROW,
  ...REFERENCE_RESPONSES,
  Snippet: SNIPPET,
  Snippets: whole({
    operation: ref('Operation'),
    code: ref('ResultCode'),
    way: WAY,
    signing: { enum: [...new Set(Object.values(SIGNINGS).flat())] },
    snippets: list(ref('Snippet')),
  }),
  OpenapiDocument: { type: 'object', description: 'OpenAPI 3.1.' },
  Problem: {
    ...closed(
      {
        type: { const: 'about:blank' },
        title: TEXT,
        status: { type: 'integer' },
        detail: described(TEXT, 'One sentence that quotes the offending text.'),
        pointer: described(TEXT, 'A JSON Pointer to the field; empty for the whole body.'),
      },
      ['type', 'title', 'status', 'detail'],
    ),
    description: 'RFC 9457.',
  },
};
