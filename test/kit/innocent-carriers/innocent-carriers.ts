/** Carriers that differ from ours without breaking a sentence of the document. Each changes the responses of our carrier. */
import { constants, publicEncrypt } from 'node:crypto';
import keys from '../../../contracts/keys.json' with { type: 'json' };
import { decrypted, publicKey } from '../../../contracts/kit/sign.js';
import type { WireAnswer } from '../../../contracts/kit/wire.js';

type Fields = Readonly<Record<string, unknown>>;

export interface InnocentCarrier {
  /** Completes "a carrier that …". */
  readonly does: string;
  readonly change: (answer: WireAnswer) => WireAnswer;
}

const UUID = '$1-$2-$3-$4-$5';
const IN_FIVE = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;
const NOT_FOUND = {
  status: 404,
  headers: { 'content-type': 'text/html' },
  body: '<html>404 Not Found</html>',
} as const;
const ERROR_PAGE = {
  timestamp: 1795610674617,
  status: 405,
  error: 'Method Not Allowed',
  path: '/',
};
const SUCCESSES: readonly unknown[] = ['103000', '000', '001'];
const OTHER_WORDS = '请求没有成功，请稍后重试';

export const INNOCENT_CARRIERS: readonly InnocentCarrier[] = [
  {
    does: 'refuses with HTTP 400',
    change: (answer) => (isRefusal(answer) ? { ...answer, status: 400 } : answer),
  },
  { does: 'has UUIDs as taskId', change: withField('taskId', (id) => id.replace(IN_FIVE, UUID)) },
  {
    does: 'has accessTokens in Base64url',
    change: withField('accessToken', (token) => Buffer.from(token, 'hex').toString('base64url')),
  },
  {
    does: 'has an empty msisdn in refusals',
    change: (answer) =>
      isRefusal(answer) ? withJson((json) => ({ ...json, msisdn: '' }))(answer) : answer,
  },
  {
    does: 'encrypts msisdn in lower-case hex',
    change: withCiphertext((text) => text.toLowerCase()),
  },
  {
    does: 'encrypts msisdn in Base64',
    change: withCiphertext((text) => Buffer.from(text, 'hex').toString('base64')),
  },
  { does: 'encrypts msisdn with OAEP', change: withCiphertext(inOaep) },
  {
    does: 'has no message in refusals',
    change: (answer) =>
      isRefusal(answer) ? withField('message', () => undefined)(answer) : answer,
  },
  { does: 'never has a message', change: withField('message', () => undefined) },
  {
    does: 'has no taskId in refusals',
    change: (answer) => (isRefusal(answer) ? withField('taskId', () => undefined)(answer) : answer),
  },
  {
    does: 'has more fields',
    change: withJson((json) =>
      mapped({ ...json, traceId: '1' }, (part) => ({ ...part, costMs: 3 })),
    ),
  },
  {
    does: 'has its fields in another order',
    change: withJson((json) =>
      mapped(json, (part) => Object.fromEntries(Object.entries(part).reverse())),
    ),
  },
  {
    does: 'has white space in its JSON',
    change: (answer) => ({
      ...answer,
      body: `\n${JSON.stringify(JSON.parse(answer.body), undefined, 2)}\n`,
    }),
  },
  { does: 'describes results in other words', change: withWords },
  {
    does: 'names its charset in capitals',
    change: (answer) => ({
      ...answer,
      headers: { ...answer.headers, 'content-type': 'APPLICATION/JSON;charset=UTF-8' },
    }),
  },
  { does: 'masks the appId, as in the sample', change: withField('appId', () => '3000*****40') },
  {
    does: 'writes its times in UTC',
    change: (answer) => withField('timestamp', inUtc)(withField('systemtime', inUtc)(answer)),
  },
  {
    does: 'has a web page for another address or method',
    change: (answer) => (isElsewhere(answer) ? { ...answer, ...NOT_FOUND } : answer),
  },
  {
    does: 'has an error page in JSON for another address or method',
    change: (answer) =>
      isElsewhere(answer)
        ? { ...answer, status: ERROR_PAGE.status, body: JSON.stringify(ERROR_PAGE) }
        : answer,
  },
];

function withJson(change: (json: Fields) => Fields): InnocentCarrier['change'] {
  return (answer) => ({ ...answer, body: JSON.stringify(change(JSON.parse(answer.body))) });
}

/** The response and its header and body, if it has them. */
function mapped(json: Fields, change: (part: Fields) => Fields): Fields {
  const parts = Object.entries(json).map(([name, value]) => [
    name,
    typeof value === 'object' && value !== null ? change(value as Fields) : value,
  ]);
  return change(Object.fromEntries(parts));
}

/** Changes a text, at the level where it is. */
function withField(
  field: string,
  change: (text: string) => string | undefined,
): InnocentCarrier['change'] {
  return withJson((json) =>
    mapped(json, (part) =>
      typeof part[field] === 'string' ? { ...part, [field]: change(part[field]) } : part,
    ),
  );
}

function withCiphertext(change: (hex: string) => string): InnocentCarrier['change'] {
  return withField('msisdn', (text) => (text.length > 11 ? change(text) : text));
}

function inOaep(hex: string): string {
  const number = decrypted(hex, keys.appDecryptKey)?.text;
  const padding = { key: publicKey(keys.appEncryptKey), padding: constants.RSA_PKCS1_OAEP_PADDING };
  // A case may have registered another key.
  return number === undefined
    ? hex
    : publicEncrypt(padding, Buffer.from(number)).toString('hex').toUpperCase();
}

function withWords(answer: WireAnswer): WireAnswer {
  return withField('desc', () => OTHER_WORDS)(withField('resultDesc', () => OTHER_WORDS)(answer));
}

const OFFSET_MS = 8 * 3_600_000;

function inUtc(time: string): string {
  const [, date, hours] = /^(\d{8})(\d{9})$/.exec(time) ?? [];
  if (date === undefined || hours === undefined) return time;
  const iso = `${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${hours.replace(/(..)(..)(..)(...)/, '$1:$2:$3.$4')}Z`;
  return new Date(Date.parse(iso) - OFFSET_MS).toISOString().replace(/\D/g, '');
}

function isRefusal({ body }: WireAnswer): boolean {
  const json = JSON.parse(body);
  return !SUCCESSES.includes(json.resultCode ?? json.header?.resultCode);
}

function isElsewhere({ headers }: WireAnswer): boolean {
  return headers['x-mock-decided-by'] === 'urlRight';
}
