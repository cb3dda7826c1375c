/** JSON Schemas of the control API's responses. They allow no additional fields. */
import { OPERATIONS } from '../../../src/protocol/operations.js';
import {
  LOGIN_TOKEN_VALIDATE_RESULTS,
  TOKEN_VALIDATE_RESULTS,
  UNLISTED_TOKEN_VALIDATE_RESULTS,
} from '../../../src/protocol/result-codes.js';
import { CAPABILITIES, SIGN_SECRETS } from '../../carrier/engine/app-settings.js';
import { READINGS } from '../../carrier/engine/readings.js';
import { LOGIN_TOKEN_VALIDATE_RULES } from '../../carrier/engine/rules/login-token-validate.js';
import { TOKEN_VALIDATE_RULES } from '../../carrier/engine/rules/token-validate.js';
import { OPERATORS } from '../../carrier/engine/state.js';
import { PERSONAS } from '../../carrier/outcomes/personas.js';
import { APP_FIELDS, closed, RESULT_CODE_PATTERN, type Schema } from '../../schemas/schemas.js';
import { WAY_NAMES } from '../atlas/choices.js';
import { REFERENCE_RESPONSES } from './reference-responses.js';
import {
  described,
  type Fields,
  FLAG,
  INSTANT,
  list,
  NEXT_STEPS,
  NUMBER,
  ref,
  TEXT,
  TEXT_OR_NULL,
  whole,
} from './schema-parts.js';

const OPERATION_NAMES = OPERATIONS.map(({ operation }) => operation);
const CODES = [
  ...new Set(
    [...LOGIN_TOKEN_VALIDATE_RESULTS, ...TOKEN_VALIDATE_RESULTS, ...UNLISTED_TOKEN_VALIDATE_RESULTS].map(
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

/** The response describes a setting as the request does. */
function setting(name: string, schema: Schema): Schema {
  return { ...schema, description: APP_FIELDS[name]?.['description'] };
}

const APP: Fields = {
  appId: TEXT,
  name: setting('name', TEXT_OR_NULL),
  appKey: setting('appKey', TEXT),
  appSecret: setting('appSecret', TEXT),
  signSecret: setting('signSecret', ref('SignSecret')),
  appVerifyKey: setting('appVerifyKey', TEXT_OR_NULL),
  appEncryptKey: setting('appEncryptKey', TEXT_OR_NULL),
  capabilities: setting('capabilities', list(ref('Capability'))),
  ipWhitelist: setting('ipWhitelist', whole({ loginTokenValidate: TEXT_OR_NULL, tokenValidate: TEXT_OR_NULL })),
  contracted: setting('contracted', FLAG),
  dailyQuota: setting('dailyQuota', NUMBER),
  callPackage: setting('callPackage', { type: ['integer', 'null'], minimum: 0 }),
  tokenTtlMs: setting('tokenTtlMs', { type: 'integer', minimum: 1 }),
  readings: setting('readings', ref('Readings')),
  platformPublicKey: described(TEXT, '平台公钥: Base64 of the SPKI, for tokenValidate with keyType 1.'),
  origin: { enum: ['configuration', 'api'], description: 'What created the app.' },
  hasControlToken: described(FLAG, 'Whether the app has its own control token. The token is not shown.'),
};

const GENERATED: Fields = {
  appSignPrivateKey: described(
    TEXT,
    'The private key of 应用公钥1, PKCS#8 in Base64, if generateKeys was true. Shown once.',
  ),
  appDecryptPrivateKey: described(
    TEXT,
    'The private key of 应用公钥2, PKCS#8 in Base64, if generateKeys was true. Shown once.',
  ),
  controlToken: described(TEXT, "The app's own control token, if generateControlToken was true. Shown once."),
};

const TOKEN: Fields = {
  token: TEXT,
  phoneNumber: TEXT,
  capability: described(ref('Operation'), 'The operation that the token is for.'),
  operator: ref('Operator'),
  issuedAtMs: described(INSTANT, "Epoch milliseconds, by the app's clock."),
  expiresAtMs: described(INSTANT, 'Epoch milliseconds. The token is expired from this time on.'),
};

const ANY_CODE_OR_NULL = [ref('ResultCode'), ref('UndocumentedCode'), { type: 'null' }];

const JOURNAL_RECORD: Fields = {
  id: described(TEXT, "Also in the response's header X-Mock-Request-Id."),
  atMs: described(INSTANT, "Epoch milliseconds, by the app's clock."),
  appId: described(TEXT_OR_NULL, 'As sent, even if the app is unknown; null if it could not be read.'),
  operation: ref('Operation'),
  method: TEXT,
  path: TEXT,
  clientIp: TEXT,
  resultCode: {
    anyOf: ANY_CODE_OR_NULL,
    description: 'null if a script or header forced an outcome without a result.',
  },
  decidedBy: ref('DecidedBy'),
  forced: FLAG,
  charged: FLAG,
  taskId: described(TEXT_OR_NULL, '话单流水号; null if nothing was decided.'),
  durationMs: { type: 'number', minimum: 0 },
  outcome: described(TEXT_OR_NULL, 'The step of a script or header that was applied, as text.'),
  outcomeBy: {
    enum: ['header', 'script', 'numberScript', 'token', null],
    description:
      'What forced the outcome: a request header, the script of the app or of the number, or a magic token; null if nothing did.',
  },
  request: whole({
    headers: {
      type: 'object',
      additionalProperties: { anyOf: [TEXT, list(TEXT)] },
      description: 'By lower-case name. A header that was sent more than once has a list.',
    },
    body: TEXT,
  }),
  response: whole({
    status: { type: ['integer', 'null'], description: 'null if no response was sent.' },
    body: TEXT,
  }),
};

const UNDOCUMENTED: Schema = { enum: [true], description: 'Present if the document does not contain the result code.' };

const GATE = whole(
  {
    requires: ref('Requirement'),
    otherwise: described(ref('ResultCode'), 'The result code if the requirement is not met.'),
    basis: ref('Basis'),
    outcome: { enum: ['met', 'unmet', 'not reached'] },
  },
  'A requirement, and whether the request met it.',
);

const ROLE: Schema = {
  enum: ['cause', 'remark'],
  description: 'A cause explains the refusal; a remark is about anything else. Causes come first.',
};

const FINDING = whole(
  {
    id: described(TEXT, 'Stable: sign.secret-swapped, token.used …'),
    role: ROLE,
    title: TEXT,
    detail: TEXT,
    evidence: { type: 'object', additionalProperties: { anyOf: [TEXT, { type: 'number' }, list(TEXT)] } },
  },
  'A known mistake that the request contains.',
);

const SEGMENTS_OR_NULL: Schema = { anyOf: [list(ref('Segment')), { type: 'null' }] };

const LISTED_FINDINGS: Schema = {
  anyOf: [list(whole({ id: TEXT, role: ROLE, title: TEXT, detail: TEXT })), { type: 'null' }],
  description: 'With remarks=true: the findings of the explanation; null beyond the first records of a page.',
};

const RESULT_CODE_ROW = whole(
  {
    operation: ref('Operation'),
    code: ref('ResultCode'),
    name: TEXT,
    desc: described(TEXT, 'As in the document.'),
    descEn: TEXT,
    cause: ref('Bilingual'),
    basis: ref('Basis'),
    decidedBy: described(
      list({ anyOf: [ref('Requirement'), { const: 'allMet' }] }),
      'The requirements whose violation returns this code, in order of precedence; allMet for a success.',
    ),
    charged: FLAG,
    usesToken: described(FLAG, 'Whether the token is consumed.'),
    nextStep: {
      enum: [...NEXT_STEPS, null],
      description: 'What a client does next; null for a success.',
    },
    ways: list(whole({ way: ref('Way'), curl: TEXT })),
  },
  'A result code, its cause, and how to get it.',
);

/** By component name. */
export const RESPONSE_SCHEMAS: Readonly<Record<string, Schema>> = {
  Operation: { enum: OPERATION_NAMES, description: "The carrier's two operations: 获取手机号码 and 本机号码校验." },
  Operator: { enum: OPERATORS, description: "A SIM card's carrier: 移动, 联通, 电信." },
  Capability: { enum: CAPABILITIES, description: '能力: an operation, or 短验辅助.' },
  SignSecret: { enum: SIGN_SECRETS, description: '验签方式: the secret of an MD5 signature.' },
  Persona: {
    enum: PERSONAS.map(({ persona }) => persona),
    description: 'The failure that a test number always causes.',
  },
  Basis: {
    enum: ['documented', 'observed', 'inferred', 'assumed'],
    description:
      'The evidence for a fact. documented: a sentence of the document. observed: public evidence. inferred: follows from evidence. assumed: our choice.',
  },
  Way: {
    enum: WAY_NAMES,
    description: 'How a code is obtained: by its cause, or forced by a magic token, a request header or a script.',
  },
  Readings: whole(
    Object.fromEntries(READINGS.map((row) => [row.id, readingSchema(row)])),
    'How the mock interprets the document where it is silent or contradicts itself.',
  ),
  ResultCode: {
    enum: CODES,
    description:
      'Every documented code, and 102315. tokenValidate returns 102315 and 105312 only with the reading verify-quota-code.',
  },
  UndocumentedCode: {
    type: 'string',
    pattern: RESULT_CODE_PATTERN,
    description: 'A code outside the document, which only a script, header or magic token can force.',
  },
  Requirement: { enum: REQUIREMENTS, description: 'What the carrier requires of a request.' },
  DecidedBy: {
    anyOf: [ref('Requirement'), { enum: ['allMet', 'forced'] }],
    description: 'The requirement that was not met; allMet for a success; forced for a script, header or magic token.',
  },
  Health: whole({ status: { const: 'ok' } }),
  App: whole(APP, 'An app with all its settings.'),
  CreatedApp: {
    ...closed({ ...APP, ...GENERATED }, Object.keys(APP)),
    description: 'A new app, with its generated secrets.',
  },
  Apps: whole({ apps: list(ref('App')) }),
  MintedToken: whole(TOKEN, 'A new token.'),
  Minted: { anyOf: [ref('MintedToken'), ref('MintedTokens')], description: 'A list if the request has a count.' },
  MintedTokens: whole({ tokens: list(ref('MintedToken')) }),
  Token: whole(
    {
      ...TOKEN,
      status: { enum: ['live', 'used', 'expired'] },
      usedBy: described(TEXT_OR_NULL, 'The id of the request that consumed it; null if none did.'),
    },
    'A token and its state.',
  ),
  AccessToken: whole(
    {
      accessToken: TEXT,
      taskId: TEXT,
      status: { enum: ['live', 'redeemed', 'expired'] },
      issuedAtMs: described(INSTANT, "Epoch milliseconds, by the app's clock."),
      expiresAtMs: described(INSTANT, "Epoch milliseconds, by the app's clock."),
    },
    '短验辅助凭证: the credential in the response 001.',
  ),
  Clock: whole(
    {
      nowMs: INSTANT,
      offsetMs: { type: 'number', description: "How many milliseconds it is ahead of the machine's clock." },
      frozen: FLAG,
    },
    "An app's clock.",
  ),
  Outcomes: whole(
    {
      script: described(TEXT, 'Empty without a script.'),
      remaining: described(TEXT, 'The remaining steps; empty when the script is finished.'),
    },
    'A script and its progress.',
  ),
  SubscriberOutcomes: whole(
    {
      phoneNumber: TEXT,
      outcomes: whole({ loginTokenValidate: ref('Outcomes'), tokenValidate: ref('Outcomes') }),
    },
    'The scripts of a number: those of the app, or else of the configuration file.',
  ),
  AppSubscribers: whole(
    { subscribers: list(ref('SubscriberOutcomes')) },
    'The numbers for which the app has scripts, in ascending order.',
  ),
  Snapshot: whole({ id: TEXT }),
  Snapshots: whole({ snapshots: list(ref('SavedSnapshot')) }),
  SavedSnapshot: whole({ id: TEXT, atMs: described(INSTANT, "Epoch milliseconds, by the app's clock.") }),
  JournalRecord: {
    ...closed(
      { ...JOURNAL_RECORD, undocumented: UNDOCUMENTED, findings: LISTED_FINDINGS },
      Object.keys(JOURNAL_RECORD),
    ),
    description: 'A request to the carrier and its response.',
  },
  JournalPage: whole(
    {
      requests: list(ref('JournalRecord')),
      evicted: described(NUMBER, 'The number of dropped records that could have matched.'),
      more: described(FLAG, 'Whether there are older records: request those after the last one.'),
    },
    'A page of the journal, newest first. It can have fewer records than requested if they are large.',
  ),
  RequestCount: whole(
    {
      count: NUMBER,
      complete: described(FLAG, 'false if records that could match were dropped.'),
    },
    'How many requests matched.',
  ),
  Gate: GATE,
  Finding: FINDING,
  Segment: whole(
    {
      field: described(
        TEXT_OR_NULL,
        'The wire name of the field, appKey or appSecret; null for a separator or a signed field name.',
      ),
      value: TEXT,
    },
    'A piece of a string to sign.',
  ),
  Explanation: whole(
    {
      requestId: TEXT,
      operation: ref('Operation'),
      resultCode: { anyOf: ANY_CODE_OR_NULL },
      decidedBy: ref('DecidedBy'),
      forced: FLAG,
      gates: list(ref('Gate')),
      next: {
        anyOf: [ref('ResultCode'), { type: 'null' }],
        description: 'The result code if the unmet requirement were met; null for a success.',
      },
      findings: list(ref('Finding')),
      stringToSign: described(TEXT_OR_NULL, 'Complete, with the secret.'),
      stringToSignSegments: described(
        SEGMENTS_OR_NULL,
        'stringToSign in pieces: the value of each field in order, and the secret if the string contains it.',
      ),
      expectedSign: TEXT_OR_NULL,
      receivedSign: TEXT_OR_NULL,
      signedString: described(
        TEXT_OR_NULL,
        'The string that the client signed, if the search found it; null if the signature is right.',
      ),
      observed: described(
        list(ref('ObservedReading')),
        'The readings of this operation whose current option was observed by a calibration.',
      ),
      signedStringSegments: described(
        SEGMENTS_OR_NULL,
        'signedString in pieces: the signed values, and the text between them.',
      ),
    },
    'Why a request got its response.',
  ),
  Ledger: whole(
    {
      charged: described(NUMBER, 'Exact, even if records were dropped.'),
      remaining: { type: ['integer', 'null'], minimum: 0, description: 'Remaining calls; null without a limit.' },
      records: list(ref('LedgerRecord')),
    },
    'The charged calls, newest first.',
  ),
  LedgerRecord: whole(
    {
      taskId: TEXT,
      operation: ref('Operation'),
      resultCode: ref('ResultCode'),
      atMs: described(INSTANT, "Epoch milliseconds, by the app's clock."),
    },
    '话单: one charged call.',
  ),
  ResultCodes: whole({ codes: list(ref('ResultCodeRow')), beyond: list(ref('BeyondCode')) }),
  ResultCodeRow: RESULT_CODE_ROW,
  ...REFERENCE_RESPONSES,
  OpenapiDocument: { type: 'object', description: 'OpenAPI 3.1.' },
  Problem: {
    ...closed(
      {
        type: { const: 'about:blank' },
        title: TEXT,
        status: { type: 'integer' },
        detail: described(
          TEXT,
          'One sentence that quotes the invalid value. In Chinese with `?lang=zh` or a Chinese Accept-Language.',
        ),
        pointer: described(TEXT, 'A JSON Pointer to the field; empty for the whole body.'),
      },
      ['type', 'title', 'status', 'detail'],
    ),
    description: 'An error of the control API (RFC 9457).',
  },
};
