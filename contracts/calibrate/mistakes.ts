/** Requests with one mistake each. Their checks have the same names as in the mock. */
import type { Bilingual } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import type { When } from '../kit/case.js';
import { FACTS, OPERATIONS } from '../kit/operations.js';

export interface Mistake {
  readonly operation: Operation;
  /** The check that it violates: a requirement, or `requirement/part`. */
  readonly check: string;
  readonly name: Bilingual;
  /** Two mistakes in one slot do not fit in one request. */
  readonly slot: string;
  readonly when: When;
  /** A text instead of the token, a token of the other operation, or a msgid that a good call had before. */
  readonly token?: { readonly text: string } | 'other operation';
  readonly repeatsMsgId?: true;
  /** Whether carriers that follow the document accept it or can accept it. */
  readonly isUsual?: true;
}

interface Row extends Partial<Omit<Mistake, 'operation' | 'name'>> {
  readonly check: string;
  readonly slot: string;
  readonly name: readonly [en: string, zh: string];
}

interface OperationRows {
  /** The required fields, in the order of the document, with a value that breaks the field's rule. */
  readonly fields: readonly (readonly [property: string, path: string, wrong?: string])[];
  /** Where the checks of the body and of the values are. */
  readonly checks: Readonly<Record<'body' | 'type' | 'values', string>>;
  readonly paths: Readonly<Record<'url' | 'number' | 'optional' | 'unknown', string>>;
  readonly others: readonly Row[];
  /** Of a signature. */
  readonly digits: number;
  readonly malformedToken: string;
  /** The checks that the operation does not have. */
  readonly without?: readonly string[];
}

const replace = (path: string, value: unknown): When => ({ fields: [{ op: 'replace', path, value }] });
const add = (path: string, value: unknown): When => ({ fields: [{ op: 'add', path, value }] });
const remove = (path: string): When => ({ fields: [{ op: 'remove', path }] });
const phoneNum = (...parts: readonly string[]): When => ({
  derived: { '/body/phoneNum': { algorithm: 'none', parts } },
});
const text = (token: string) => ({ slot: 'token', token: { text: token } });

const MALFORMED = `${FACTS.loginTokenValidate.unknownToken.slice(0, -3)}-x`;

const ROWS: Readonly<Record<Operation, OperationRows>> = {
  loginTokenValidate: {
    fields: [
      ['version', '/version', '9.9'],
      ['msgId', '/msgid', '{msgId}-too-long'],
      ['sentAt', '/systemtime', '2026112912000012'],
      ['strictCheck', '/strictcheck', '7'],
      ['appId', '/appid'],
    ],
    checks: { body: 'bodyReadable', type: 'valuesAreStrings/contentType', values: 'valuesAreStrings' },
    paths: {
      url: '/unisdk/rsapi/loginTokenValid',
      number: '/strictcheck',
      optional: '/expandparams',
      unknown: '/channel',
    },
    others: [
      { check: 'tokenPresent/missing', name: ['token missing', '缺少 token'], ...text(''), when: remove('/token') },
      { check: 'tokenPresent/empty', name: ['token empty', 'token 为空'], ...text('') },
    ],
    digits: 32,
    malformedToken: MALFORMED,
  },
  tokenValidate: {
    fields: [
      ['version', '/header/version', '9.9.9'],
      ['msgId', '/header/msgId', '{msgId}-too-long'],
      ['sentAt', '/header/timestamp', '2026112912000012'],
      ['appId', '/header/appId'],
      ['openType', '/body/openType', '7'],
      ['requesterType', '/body/requesterType', '7'],
    ],
    checks: { body: 'bodyReadable/json', type: 'bodyReadable/contentType', values: 'parametersValid' },
    paths: {
      url: '/openapi/rs/tokenValid',
      number: '/body/requesterType',
      optional: '/body/expandParams',
      unknown: '/body/channel',
    },
    others: [
      { check: 'parametersValid/token.missing', name: ['token empty', 'token 为空'], ...text('') },
      {
        check: 'parametersValid/phoneNum.missing',
        name: ['phoneNum missing', '缺少 phoneNum'],
        slot: 'phoneNum',
        when: phoneNum(),
      },
      {
        check: 'phoneNumReadable',
        name: ['phoneNum malformed', 'phoneNum 格式错误'],
        slot: 'phoneNum',
        when: phoneNum('zz'),
      },
      {
        check: 'parametersValid/message.encoding',
        name: ['message not URL-encoded', 'message 没有做 urlencode'],
        slot: 'message',
        when: add('/body/message', 'a b&c'),
        isUsual: true,
      },
      {
        check: 'parametersValid/keyType',
        name: ['keyType a number', 'keyType 是数字'],
        slot: 'keyType',
        when: replace('/body/keyType', 0),
        isUsual: true,
      },
    ],
    digits: 64,
    malformedToken: MALFORMED,
  },
  h5TokenValidate: {
    fields: [
      ['version', '/@headers/interfaceVersion', '9.9'],
      ['msgId', '/@headers/traceId'],
      ['sentAt', '/@headers/timestamp', '2026112912000012'],
      ['appId', '/@headers/appId'],
      ['businessType', '/@headers/businessType'],
      ['userInformation', '/userInformation'],
    ],
    checks: { body: 'bodyReadable/json', type: 'bodyReadable/contentType', values: 'parametersValid' },
    paths: {
      url: '/h5/onekeylogin/tokenValid',
      number: '/userInformation',
      optional: '/expandParams',
      unknown: '/channel',
    },
    others: [
      { check: 'parametersValid/token.missing', name: ['token empty', 'token 为空'], ...text('') },
      {
        check: 'businessTypeRight',
        name: ['businessType of another product', 'businessType 是别的产品的'],
        slot: 'businessType',
        when: replace('/@headers/businessType', '1'),
      },
      {
        check: 'userInformationRight',
        name: ['another userInformation', 'userInformation 不是取 token 时的'],
        slot: 'userInformation',
        when: replace('/userInformation', 'of-another-browser'),
      },
    ],
    digits: 256,
    malformedToken: 'test',
    // No source limits the length of traceId.
    without: ['parametersValid/msgId.uuid'],
  },
};

const OTHER_TOKEN: Row = {
  check: 'tokenOfThisCapability',
  name: ['token of the other operation', '另一个接口的 token'],
  slot: 'token',
  token: 'other operation',
};

function rowsOf(operation: Operation): readonly Row[] {
  const { fields, checks, paths, others, digits, malformedToken } = ROWS[operation];
  const { request, sharesTokensWith } = FACTS[operation];
  const { sign, appId } = request;
  const zeros = '0'.repeat(digits);
  return [
    ...fields.map(([slot, path]) => {
      const [name, check] = [nameIn(path), `parametersValid/${slot}.missing`];
      return { check, name: [`${name} missing`, `缺少 ${name}`], slot, when: remove(path) } as const;
    }),
    ...fields.flatMap(([slot, path, wrong]) => {
      const [name, check] = [nameIn(path), `parametersValid/${slot}.value`];
      const words = [`${name} malformed`, `${name} 取值错误`] as const;
      return wrong === undefined ? [] : [{ check, name: words, slot, when: replace(path, wrong) }];
    }),
    {
      check: 'parametersValid/sign.missing',
      name: ['sign missing', '缺少 sign'],
      slot: 'sign',
      when: { signed: [{ op: 'remove', path: sign }] },
    },
    ...others.filter(({ slot }) => slot === 'token'),
    { check: 'appKnown', name: ['unknown app', '应用不存在'], slot: 'appId', when: replace(appId, '300099999999') },
    {
      check: 'signValid',
      name: ['wrong signature', '签名错误'],
      slot: 'sign',
      when: { signed: [{ op: 'replace', path: sign, value: zeros }] },
    },
    { check: 'tokenWellFormed', name: ['token malformed', 'token 格式错误'], ...text(malformedToken) },
    ...(sharesTokensWith === undefined ? [] : [OTHER_TOKEN]),
    ...others.filter(({ slot }) => slot !== 'token'),
    ...usualRows(operation).map((row) => ({ ...row, isUsual: true as const })),
    { check: checks.body, name: ['body not JSON', '请求体不是 JSON'], slot: 'body', when: { body: { text: '{' } } },
    // Last: a gateway can answer them itself.
    { check: 'urlRight/method', name: ['wrong method', '请求方法错误'], slot: 'method', when: { method: 'PUT' } },
    { check: 'urlRight/path', name: ['wrong path', '请求地址错误'], slot: 'path', when: { path: paths.url } },
  ];
}

/** The mistakes that carriers can accept. */
function usualRows(operation: Operation): readonly Row[] {
  const { fields, checks, paths } = ROWS[operation];
  const { msgId, time } = FACTS[operation].request;
  const [timeName, idName] = [nameIn(time), nameIn(msgId)];
  const sentAt = (part: string, en: string, zh: string, when: When): Row => ({
    check: `parametersValid/sentAt.${part}`,
    name: [`${timeName} ${en}`, `${timeName} ${zh}`],
    slot: 'sentAt',
    when,
  });
  return [
    sentAt('date', 'no date', '不是日期', add(time, '20261329120000123')),
    sentAt('window', 'years ago', '早了几年', { timeOffset: '-4000d' }),
    {
      check: 'parametersValid/msgId.uuid',
      name: [`${idName} no UUID`, `${idName} 不是 UUID`],
      slot: 'msgId',
      // 33 characters, and another text in each request.
      when: add(msgId, 'x{msgId}'),
    },
    {
      check: 'parametersValid/msgId.replay',
      name: [`${idName} repeated`, `${idName} 重复`],
      slot: 'msgId',
      repeatsMsgId: true,
    },
    {
      check: 'parametersValid/unknownField',
      name: ['unknown field', '多传字段'],
      slot: 'unknown',
      when: add(paths.unknown, 'x'),
    },
    {
      check: `${checks.values}/null`,
      name: ['null in an optional field', '选填字段为 null'],
      slot: 'optional',
      when: add(paths.optional, null),
    },
    {
      check: `${checks.values}/number`,
      name: ['number instead of a String', '数字代替 String'],
      slot: fields.find(([, path]) => path === paths.number)?.[0] ?? paths.number,
      when: add(paths.number, 0),
    },
    {
      check: checks.type,
      name: ['another Content-Type', '其他 Content-Type'],
      slot: 'type',
      when: { headers: { 'content-type': 'text/plain' } },
    },
  ];
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export const MISTAKES: readonly Mistake[] = OPERATIONS.flatMap((operation) =>
  rowsOf(operation)
    .filter(({ check }) => ROWS[operation].without?.includes(check) !== true)
    .map(({ name: [en, zh], when = {}, ...row }) => ({ ...row, operation, name: { en, zh }, when })),
);
