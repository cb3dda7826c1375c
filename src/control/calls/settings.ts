/** The settings of an app, and other values that bodies and the configuration file share. Each limit has its reason here. */
import { byOperation, OPERATIONS, type Operation } from '../../protocol/operations.js';
import { CAPABILITIES, OPERATORS, SIGN_SECRETS } from '../../protocol/portal.js';
import { READINGS } from '../../protocol/readings.js';
import { closed, described, type OrNull, orNull, type Schema } from './notation.js';
import { KEY_LENGTH_MAX, readingTitle, SECRET_LENGTH_MAX, TITLES } from './titles.js';

// Ten years: a longer lifetime is a mistake in the unit.
export const LIFETIME_MS_MAX = 315_360_000_000;
export const CALLS_MAX = 1_000_000_000;
export const TOKENS_AT_ONCE_MAX = 100_000;
// The portal's limit for a list.
export const WHITELIST_LENGTH_MAX = 4000;
export const TOKEN_LENGTH_MAX = 1024;
// Some hundred steps: a longer script belongs in several tests.
export const SCRIPT_LENGTH_MAX = 4096;
// A number's scripts are loaded with their app for every call.
export const NUMBER_SCRIPT_LENGTH_MAX = 512;

const CALLS = { type: 'integer', minimum: 0, maximum: CALLS_MAX } as const;
export const LIFETIME_MS = { type: 'integer', minimum: 1, maximum: LIFETIME_MS_MAX } as const;
// One line in a list. Test titles are longer than names of apps.
export const APP_NAME_LENGTH_MAX = 100;
const SECRET = { type: 'string', minLength: 1, maxLength: SECRET_LENGTH_MAX } as const;
/** h5TokenValidate encrypts with the bytes of the first 16 characters, and fills up a shorter key. */
const APP_KEY = {
  ...SECRET,
  pattern: '^(?:[\\x00-\\x7f]{16}|[\\x00-\\x7f]{0,15}$)',
  title: TITLES.appKey.en,
} as const;
const WHITELIST = { type: ['string', 'null'], maxLength: WHITELIST_LENGTH_MAX } as const;
/** Any result code, documented or not. */
export const RESULT_CODE_PATTERN = '^\\d{1,6}$';
export const PHONE_NUMBER_PATTERN = '^1\\d{10}$';
export const PHONE_NUMBER = {
  type: 'string',
  pattern: PHONE_NUMBER_PATTERN,
  title: TITLES.phoneNumber.en,
} as const;
export const OPERATOR = { enum: OPERATORS } as const;
/** The characters that a header allows: RFC 6750, 2.1. An error message does not quote a `writeOnly` value. */
export const CONTROL_TOKEN = {
  type: 'string',
  pattern: `^[A-Za-z0-9._~+/=-]{1,${SECRET_LENGTH_MAX}}$`,
  writeOnly: true,
  title: TITLES.controlToken.en,
} as const;
export const APP_ID = {
  type: 'string',
  pattern: '^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$',
  title: TITLES.appId.en,
} as const;

export const OPERATION = { enum: OPERATIONS.map(({ operation }) => operation) } as const;

export function ofOperations<const T>(schema: T): Readonly<Record<Operation, T>> {
  return byOperation(() => schema);
}

type ReadingRow = (typeof READINGS)[number];

/** The options of a reading, in a response. */
type ReadingSchemas = {
  readonly [R in ReadingRow as R['id']]: R extends
    | { readonly pattern: string }
    | { readonly byOperation: true }
    ? { readonly type: 'string'; readonly pattern: string }
    : { readonly enum: R['options'] };
};

function readingSchema(row: ReadingRow): Schema {
  const pattern = readingPattern(row);
  return pattern === undefined
    ? { enum: row.options }
    : {
        type: 'string',
        pattern: [...row.options.map((option) => `^${option}$`), pattern].join('|'),
      };
}

/** What a reading can be in addition to its options, as a regular expression. */
export function readingPattern(row: ReadingRow): string | undefined {
  const own = 'pattern' in row ? [row.pattern] : [];
  if (!('byOperation' in row)) return own[0];
  const options = [...row.options, ...own.map((each) => each.slice(1, -1))].join('|');
  const operations = OPERATIONS.map(({ operation }) => operation).join('|');
  const one = `(?:${operations})=(?:${options})`;
  return [...own, `^${one}(?:;${one})*$`].join('|');
}

export const READING_SCHEMAS = Object.fromEntries(
  READINGS.map((row) => [row.id, readingSchema(row)]),
) as ReadingSchemas;

export const READINGS_INPUT = closed(
  Object.fromEntries(
    READINGS.map((row) => {
      const title = 'form' in row && { title: readingTitle(row).en };
      return [row.id, { ...orNull(READING_SCHEMAS[row.id]), ...title }];
    }),
  ) as { readonly [Id in keyof ReadingSchemas]: OrNull<ReadingSchemas[Id]> },
);

/** The settings of an app. The schemas of responses use the same descriptions. */
export const APP_FIELDS = {
  appId: orNull(APP_ID),
  name: described(
    { type: ['string', 'null'], minLength: 1, maxLength: APP_NAME_LENGTH_MAX },
    'A display name, such as the title of the test that uses the app. The carrier does not use it.',
  ),
  appKey: described(
    orNull(APP_KEY),
    'APPKEY: the secret of a tokenValidate signature, and the AES key of h5TokenValidate.',
  ),
  appSecret: described(
    orNull(SECRET),
    'APPSecret: the secret of a loginTokenValidate signature, unless signSecret is appKey.',
  ),
  signSecret: described(
    orNull({ enum: SIGN_SECRETS }),
    '验签方式: which secret the MD5 signature of loginTokenValidate contains; appKey for an app from before 2018-12-26 that never switched.',
  ),
  appVerifyKey: described(
    { type: ['string', 'null'], maxLength: KEY_LENGTH_MAX },
    '应用公钥1, which checks RSA signatures: Base64 of the SPKI, 1024 to 4096 bits, with an odd exponent of at least 3.',
  ),
  appEncryptKey: described(
    { type: ['string', 'null'], maxLength: KEY_LENGTH_MAX },
    '应用公钥2, which encrypts msisdn: in the same form.',
  ),
  capabilities: described(
    orNull({ type: 'array', items: { enum: CAPABILITIES }, uniqueItems: true }),
    '能力: what the app may use.',
  ),
  ipWhitelist: described(
    orNull(closed(ofOperations(WHITELIST))),
    '服务器IP白名单 for each operation: addresses, or ranges over the last octet such as 10.0.0.1-10.0.0.9, separated by commas. null admits every address, an empty string none. By default loopback, or every address if the server listens beyond loopback.',
  ),
  contracted: {
    type: ['boolean', 'null'],
    description: 'With a contract, callPackage limits the calls instead of dailyQuota.',
  },
  dailyQuota: described(
    orNull(CALLS),
    'Calls per day without a contract. It renews at midnight in Beijing; the document states only 每天.',
  ),
  callPackage: described(
    orNull(CALLS),
    'Calls under the contract; null means no limit. A change restarts the count.',
  ),
  tokenTtlMs: described(orNull(LIFETIME_MS), 'Lifetime of a token, in milliseconds.'),
  readings: described(
    orNull(READINGS_INPUT),
    "How the mock interprets the document where it is silent or contradicts itself; by default the server's.",
  ),
  controlToken: described(
    orNull(CONTROL_TOKEN),
    "The app's own control token. Control API calls for the app then need this token or the server's.",
  ),
} as const;

export const NUMBER_OUTCOMES = described(
  closed(ofOperations({ type: 'string', minLength: 1, maxLength: NUMBER_SCRIPT_LENGTH_MAX })),
  'A script for each operation. An omitted operation has none.',
);
