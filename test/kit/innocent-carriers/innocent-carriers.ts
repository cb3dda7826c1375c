/**
 * Carriers that differ from ours without breaking a sentence of the document. Each changes the responses of our carrier:
 * their form, or the result of some requests, where two codes of the document fit.
 */
import { constants, publicEncrypt } from 'node:crypto';
import keys from '../../../contracts/keys.json' with { type: 'json' };
import { isObject } from '../../../contracts/kit/pointer.js';
import { decrypted, publicKey } from '../../../contracts/kit/sign.js';
import type { WireAnswer, WireRequest } from '../../../contracts/kit/wire.js';
import { parsedJson } from '../../../src/text/shown-json.js';

type Fields = Readonly<Record<string, unknown>>;

export interface InnocentCarrier {
  /** Completes "a carrier that …". */
  readonly does: string;
  readonly change: (answer: WireAnswer, request: WireRequest) => WireAnswer;
}

type ChangeOfForm = (answer: WireAnswer) => WireAnswer;

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

const IS_JSON = /^\s*application\/json\b/i;
/** The code for an invalid parameter instead of a success. */
const REFUSED_PARAMETER = { '103000': '103414', '000': '102', '001': '102' } as const;
const KNOWN_FIELDS =
  'version msgid systemtime strictcheck appid expandparams token sign encryptionalgorithm header body msgId timestamp appId openType requesterType message expandParams keyType phoneNum'.split(
    ' ',
  );

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
  {
    does: 'returns 102 for a malformed phoneNum',
    change: recoded({ '004': '102' }, () => true),
  },
  {
    does: 'returns 303 for a missing header or body',
    change: recoded({ '102': '303' }, ({ header, body }) => !isObject(header) || !isObject(body)),
  },
  {
    does: 'returns 303 for a timestamp in another format',
    change: recoded({ '102': '303' }, ({ timestamp }) => !/^[0-9]{17}$/.test(String(timestamp))),
  },
  {
    does: 'checks the signature before it is missing',
    change: recoded({ '103414': '103101', '102': '302' }, ({ sign }) => sign === undefined),
  },
  {
    does: 'returns 606 for a missing token',
    change: recoded({ '102': '606' }, ({ token }) => token === undefined),
  },
  {
    does: 'returns 004 for a missing phoneNum',
    change: recoded(
      { '102': '004' },
      ({ header, phoneNum }) => isObject(header) && phoneNum === undefined,
    ),
  },
  {
    does: 'returns 103414 for an appid that is not digits',
    change: recoded({ '103119': '103414' }, ({ appid }) => !/^\d{12}$/.test(String(appid))),
  },
  {
    does: 'looks for the app before it checks the parameters',
    change: recoded(
      { '103414': '103119', '102': '302' },
      (fields) => 'version' in fields && !('appid' in fields) && !('appId' in fields),
    ),
  },
  {
    does: 'refuses a msgid with other characters than letters, digits and dashes',
    change: recoded(
      REFUSED_PARAMETER,
      ({ msgid, msgId = msgid }) => !/^[\w-]*$/.test(String(msgId)),
    ),
  },
  {
    does: 'returns 103414 for an RSA signature that is not 256 hex digits',
    change: recoded(
      { '103101': '103414' },
      ({ sign, encryptionalgorithm }) =>
        encryptionalgorithm === 'RSA' && !/^[0-9A-F]{256}$/i.test(String(sign)),
    ),
  },
  {
    does: 'returns 103414 for an MD5 signature that is not 32 hex digits',
    change: recoded(
      { '103101': '103414' },
      ({ sign, encryptionalgorithm }) =>
        encryptionalgorithm !== 'RSA' && !/^[0-9A-F]{32}$/i.test(String(sign)),
    ),
  },
  {
    does: 'refuses unknown fields',
    change: recoded(REFUSED_PARAMETER, (fields) =>
      Object.keys(fields).some((name) => !KNOWN_FIELDS.includes(name)),
    ),
  },
  { does: 'refuses a msgid that it has seen before', change: refusingRepeatedIds() },
  {
    does: 'returns 102 for a body that is not JSON',
    change: (answer, { body }) =>
      parsedJson(body.toString()) === undefined ? withCode(answer, { '303': '102' }) : answer,
  },
  {
    does: 'echoes nothing if it cannot read the body',
    change: (answer, { body }) =>
      parsedJson(body.toString()) === undefined
        ? withFields(answer, { msgId: undefined, appId: undefined, inresponseto: undefined })
        : answer,
  },
  {
    does: 'has a page of its framework for a body that is not JSON',
    change: (answer, { body }) =>
      parsedJson(body.toString()) === undefined && isRefusal(answer)
        ? { ...answer, status: 400, body: JSON.stringify(ERROR_PAGE) }
        : answer,
  },
  {
    does: 'refuses other content types with 415 and no body',
    change: (answer, { headers }) =>
      headers.every(
        ([name, value]) => name.toLowerCase() !== 'content-type' || !IS_JSON.test(value),
      )
        ? { ...answer, status: 415, body: '' }
        : answer,
  },
  {
    does: 'has no taskId with 001',
    change: (answer) =>
      codeIn(answer) === '001' ? withFields(answer, { taskId: undefined }) : answer,
  },
  {
    does: 'has null for the fields that a refusal does not have',
    change: (answer) =>
      isRefusal(answer)
        ? withFields(answer, { msisdn: null, accessToken: null, expandParams: null })
        : answer,
  },
  {
    does: 'has an empty accessToken in all other results',
    change: (answer) =>
      codeIn(answer) === '001' ? answer : withFields(answer, { accessToken: '' }),
  },
];

type Codes = Readonly<Record<string, string>>;

/** Another code for the requests whose fields, of all levels, are meant. */
function recoded(codes: Codes, isMeant: (fields: Fields) => boolean): InnocentCarrier['change'] {
  return (answer, { body }) => {
    const json = parsedJson(body.toString());
    if (!isObject(json)) return answer;
    const fields = { ...json, ...Object(json['header']), ...Object(json['body']) };
    return isMeant(fields) ? withCode(answer, codes) : answer;
  };
}

/** A success that becomes a refusal has no number and no accessToken. */
function withCode(answer: WireAnswer, codes: Codes): WireAnswer {
  const resultCode = codes[codeIn(answer) ?? ''];
  if (resultCode === undefined) return answer;
  return withFields(answer, { resultCode, msisdn: undefined, accessToken: undefined });
}

function codeIn({ body }: WireAnswer): string | undefined {
  const json = JSON.parse(body);
  return json.resultCode ?? json.header?.resultCode;
}

/** Sets the fields where responses have them. */
function withFields(answer: WireAnswer, fields: Fields): WireAnswer {
  const own = JSON.parse(answer.body);
  const of = (names: readonly string[]) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
  const body =
    own.header === undefined
      ? { ...own, ...of(['resultCode', 'msisdn', 'inresponseto', 'taskId']) }
      : {
          header: { ...own.header, ...of(['resultCode', 'msgId', 'appId']) },
          body: { ...own.body, ...of(['accessToken', 'expandParams', 'taskId']) },
        };
  return { ...answer, body: JSON.stringify(body) };
}

/** By the documents' rules a msgid identifies a request. */
function refusingRepeatedIds(): InnocentCarrier['change'] {
  const seen = new Set<unknown>();
  const isRepeated = (id: unknown) => {
    const isKnown = seen.has(id);
    seen.add(id);
    return isKnown;
  };
  return recoded(REFUSED_PARAMETER, ({ msgid, msgId = msgid }) => isRepeated(msgId));
}

function withJson(change: (json: Fields) => Fields): ChangeOfForm {
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
function withField(field: string, change: (text: string) => string | undefined): ChangeOfForm {
  return withJson((json) =>
    mapped(json, (part) =>
      typeof part[field] === 'string' ? { ...part, [field]: change(part[field]) } : part,
    ),
  );
}

function withCiphertext(change: (hex: string) => string): ChangeOfForm {
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
