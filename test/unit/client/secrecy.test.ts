/** No secret, token or number in anything that may be logged. The tests cause each error of the client and search it. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  CmpassportError,
  type CmpassportErrorCode,
  type Fetch,
  type FetchInit,
} from '../../../src/index.js';
import {
  APP,
  type Changes,
  clientOf,
  loginText,
  MSG_ID,
  OWN,
  TOKEN,
} from '../../support/client.js';
import { ERROR_CODES } from '../../support/client-errors.js';
import { TEST_KEYS } from '../../support/keys.js';

const KEYS = {
  appSignPrivateKey: TEST_KEYS.demoAppSign.privateKey,
  appDecryptPrivateKey: TEST_KEYS.demoAppDecrypt.privateKey,
  platformPublicKey: TEST_KEYS.platform.publicKey,
};

/** An HTTP client whose errors quote everything that was sent. */
const quoting =
  (code?: string): Fetch =>
  async (url, init: FetchInit) => {
    const cause = Object.assign(new Error(`${url}: ${init.body}, ${init.body}`), {
      code,
      config: init,
      data: loginText(),
    });
    throw Object.assign(new TypeError(`failed: ${JSON.stringify(init)}`, { cause }), {
      request: init,
    });
  };

const text =
  (body: string, status = 200, headers = {}): Fetch =>
  async () =>
    new Response(body, { status, headers });

const MINTED = `STsid000000${'1'.repeat(13)}MOCKabcdef${'0'.repeat(22)}`;

interface Row {
  readonly code: CmpassportErrorCode;
  readonly how: string;
  readonly fetch?: Fetch;
  readonly changes?: Changes;
  readonly token?: string;
  readonly phoneNumber?: string;
  readonly signal?: AbortSignal;
}

const ROWS: readonly Row[] = [
  { code: 'ERR_NETWORK', how: 'an error that quotes the request', fetch: quoting() },
  {
    code: 'ERR_NETWORK',
    how: 'a quoting error that is retried',
    fetch: quoting('UND_ERR_CONNECT_TIMEOUT'),
  },
  {
    code: 'ERR_NETWORK',
    how: 'a body whose reading fails with a quoting error',
    fetch: async (_, { body }) => ({
      status: 200,
      headers: new Headers(),
      text: () => Promise.reject(new Error(`cannot read the answer to ${body}`)),
    }),
  },
  {
    code: 'ERR_NETWORK',
    how: 'an AggregateError',
    fetch: async (_, { body }) => {
      throw new AggregateError([new Error(body)], body);
    },
  },
  {
    code: 'ERR_NETWORK',
    how: 'an error that quotes the beginning of each text',
    fetch: async (_, { body }) => {
      const fields: Record<string, string> = JSON.parse(body);
      throw new Error(
        Object.values(fields)
          .map((text) => `${text.slice(0, 30)}…`)
          .join(),
      );
    },
  },
  { code: 'ERR_NETWORK', how: 'a thrown text', fetch: async (_, { body }) => Promise.reject(body) },
  {
    code: 'ERR_TIMEOUT',
    how: 'no response',
    fetch: () => new Promise(() => undefined),
    changes: { timeoutMs: 5 },
  },
  { code: 'ERR_ABORTED', how: 'an aborted signal', signal: AbortSignal.abort() },
  { code: 'ERR_HTTP_STATUS', how: 'a page that quotes', fetch: text(loginText(), 502) },
  {
    code: 'ERR_RESPONSE_TOO_LARGE',
    how: 'a large response',
    fetch: text(loginText({ x: 'x'.repeat(70_000) })),
  },
  { code: 'ERR_RESPONSE_NOT_JSON', how: 'half a response', fetch: text(loginText().slice(0, 99)) },
  { code: 'ERR_RESPONSE_NOT_JSON', how: 'the number and a letter', fetch: text(`${OWN}x`) },
  {
    code: 'ERR_RESPONSE_FORMAT',
    how: 'a number with +86',
    fetch: text(loginText({ msisdn: `+86${OWN}` })),
  },
  { code: 'ERR_RESPONSE_FORMAT', how: 'the number alone', fetch: text(JSON.stringify(OWN)) },
  {
    code: 'ERR_RESPONSE_FORMAT',
    how: 'the number as the code',
    fetch: text(loginText({ resultCode: Number(OWN) })),
  },
  {
    code: 'ERR_RESPONSE_MISMATCH',
    how: 'the token as the id',
    fetch: text(loginText({ inresponseto: TOKEN })),
  },
  {
    code: 'ERR_DECRYPTION',
    how: 'an unencrypted number',
    fetch: text(loginText()),
    changes: { keys: KEYS },
  },
  { code: 'ERR_MOCK', how: 'a mock’s response', fetch: text(loginText(), 200, { 'x-mock': '1' }) },
  { code: 'ERR_MOCK', how: 'a mock’s token', token: MINTED },
  { code: 'ERR_ARGUMENT', how: 'a token with a line break', token: `${TOKEN}\n` },
  { code: 'ERR_ARGUMENT', how: 'a number with +86', phoneNumber: `+86${OWN}` },
  {
    code: 'ERR_CONFIGURATION',
    how: 'white space around a secret',
    changes: { appSecret: () => `${APP.appSecret} `, appKey: () => `${APP.appKey} ` },
  },
  {
    code: 'ERR_CONFIGURATION',
    how: 'half a key',
    changes: { keys: { ...KEYS, appSignPrivateKey: () => KEYS.appSignPrivateKey.slice(0, -8) } },
  },
  {
    code: 'ERR_SECRET_UNAVAILABLE',
    how: 'a vault that fails',
    changes: { appSecret: () => Promise.reject(new Error('sealed')) },
  },
];

/** Texts that no error may contain. Keys and tokens are searched by a part, because a message may cut them. */
const SECRETS = [
  APP.appKey,
  APP.appSecret,
  TOKEN,
  TOKEN.slice(0, 30),
  MINTED,
  OWN,
  KEYS.appSignPrivateKey.slice(60, 100),
  KEYS.appDecryptPrivateKey.slice(60, 100),
];

async function failureOf({
  fetch = text(loginText()),
  changes = {},
  token = TOKEN,
  phoneNumber,
  signal,
}: Row): Promise<CmpassportError> {
  const client = clientOf(fetch, changes);
  const options = signal === undefined ? {} : { signal };
  const call =
    phoneNumber === undefined
      ? client.getPhoneNumber(token, options)
      : client.verifyPhoneNumber({ token, phoneNumber, ...options });
  const error = await call.then(String, (thrown: unknown) => thrown);
  if (error instanceof CmpassportError) return error;
  throw new Error(`not a CmpassportError: ${error}`);
}

/** All texts in the own properties of a value and of its causes, including those that are not enumerable. */
function textsOf(value: unknown, seen = new Set<unknown>()): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  return Reflect.ownKeys(value).flatMap((key) => textsOf(Reflect.get(value, key), seen));
}

describe('an error contains no secret', () => {
  test.each(ROWS)('$code: $how', async (row) => {
    const error = await failureOf(row);
    expect(error.code).toBe(row.code);
    const seen = [
      ...textsOf(error),
      inspect(error, { showHidden: true, depth: 12 }),
      String(error),
      JSON.stringify(error),
      JSON.stringify({ error: { ...error, message: error.message, stack: error.stack } }),
    ].join('\n');
    for (const secret of SECRETS) expect(seen).not.toContain(secret);
    expect(seen).not.toMatch(/[0-9A-F]{32}/);
  });

  test('every code is tested', () => {
    expect([...new Set(ROWS.map(({ code }) => code))].toSorted()).toEqual(ERROR_CODES.toSorted());
  });
});

test('a cause keeps texts that are not secret', async () => {
  const error = await failureOf({
    code: 'ERR_NETWORK',
    how: 'quoting',
    fetch: quoting('ECONNRESET'),
  });
  expect(error.message).toBe(
    `loginTokenValidate ${MSG_ID}: no response (ECONNRESET); the carrier may have received the request`,
  );
  expect(error.cause).toMatchObject({
    name: 'TypeError',
    cause: { name: 'Error', code: 'ECONNRESET' },
  });
  const { cause } = error.cause as Error;
  expect((cause as Error).message).toBe(
    'https://www.cmpassport.com/unisdk/rsapi/loginTokenValidate: [hidden], [hidden]',
  );
});

test('only the beginning of a token is removed from a message', async () => {
  const fetch: Fetch = async () => {
    throw new Error(`bad header "${TOKEN.slice(0, 40)}…", and STsid000 is none`);
  };
  const { cause } = await failureOf({ code: 'ERR_NETWORK', how: 'quoting', fetch });
  expect((cause as Error).message).toBe('bad header "[hidden]…", and STsid000 is none');
});
