/** Requests with one mistake each, and requests with several of them. Their checks have the same names as in the mock. */
import type { Bilingual } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import type { Patch, When } from '../kit/case.js';
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

interface Row {
  readonly check: string;
  readonly en: string;
  readonly zh: string;
  readonly slot: string;
  readonly when?: When;
  readonly token?: NonNullable<Mistake['token']>;
  readonly repeatsMsgId?: true;
  readonly isUsual?: true;
}

interface Field {
  readonly property: string;
  readonly path: string;
  /** A value that breaks the field's rule. */
  readonly wrong?: string;
}

interface OperationRows {
  /** The required fields, in the order of the document. */
  readonly fields: readonly Field[];
  /** Where the checks of the body and of the values are. */
  readonly checks: { readonly body: string; readonly type: string; readonly values: string };
  readonly paths: {
    readonly url: string;
    readonly number: string;
    readonly optional: string;
    readonly unknown: string;
  };
  readonly others: readonly Row[];
  /** Of a signature. */
  readonly digits: number;
  readonly malformedToken: string;
  /** The checks that the operation does not have. */
  readonly without?: readonly string[];
}

const replace = (path: string, value: unknown): Patch => ({ op: 'replace', path, value });
const fields = (...patches: Patch[]): When => ({ fields: patches });

const MALFORMED = `${FACTS.loginTokenValidate.unknownToken.slice(0, -3)}-x`;

const ROWS: Readonly<Record<Operation, OperationRows>> = {
  loginTokenValidate: {
    fields: [
      { property: 'version', path: '/version', wrong: '9.9' },
      { property: 'msgId', path: '/msgid', wrong: '{msgId}-too-long' },
      { property: 'sentAt', path: '/systemtime', wrong: '2026112912000012' },
      { property: 'strictCheck', path: '/strictcheck', wrong: '7' },
      { property: 'appId', path: '/appid' },
    ],
    checks: {
      body: 'bodyReadable',
      type: 'valuesAreStrings/contentType',
      values: 'valuesAreStrings',
    },
    paths: {
      url: '/unisdk/rsapi/loginTokenValid',
      number: '/strictcheck',
      optional: '/expandparams',
      unknown: '/channel',
    },
    others: [
      {
        check: 'tokenPresent/missing',
        en: 'token missing',
        zh: '缺少 token',
        slot: 'token',
        when: fields({ op: 'remove', path: '/token' }),
        token: { text: '' },
      },
      { check: 'tokenPresent/empty', en: 'token empty', zh: 'token 为空', slot: 'token', token: { text: '' } },
    ],
    digits: 32,
    malformedToken: MALFORMED,
  },
  tokenValidate: {
    fields: [
      { property: 'version', path: '/header/version', wrong: '9.9.9' },
      { property: 'msgId', path: '/header/msgId', wrong: '{msgId}-too-long' },
      { property: 'sentAt', path: '/header/timestamp', wrong: '2026112912000012' },
      { property: 'appId', path: '/header/appId' },
      { property: 'openType', path: '/body/openType', wrong: '7' },
      { property: 'requesterType', path: '/body/requesterType', wrong: '7' },
    ],
    checks: {
      body: 'bodyReadable/json',
      type: 'bodyReadable/contentType',
      values: 'parametersValid',
    },
    paths: {
      url: '/openapi/rs/tokenValid',
      number: '/body/requesterType',
      optional: '/body/expandParams',
      unknown: '/body/channel',
    },
    others: [
      {
        check: 'parametersValid/token.missing',
        en: 'token empty',
        zh: 'token 为空',
        slot: 'token',
        token: { text: '' },
      },
      {
        check: 'parametersValid/phoneNum.missing',
        en: 'phoneNum missing',
        zh: '缺少 phoneNum',
        slot: 'phoneNum',
        when: { derived: { '/body/phoneNum': { algorithm: 'none', parts: [] } } },
      },
      {
        check: 'phoneNumReadable',
        en: 'phoneNum malformed',
        zh: 'phoneNum 格式错误',
        slot: 'phoneNum',
        when: { derived: { '/body/phoneNum': { algorithm: 'none', parts: ['zz'] } } },
      },
      {
        check: 'parametersValid/message.encoding',
        en: 'message not URL-encoded',
        zh: 'message 没有做 urlencode',
        slot: 'message',
        when: fields({ op: 'add', path: '/body/message', value: 'a b&c' }),
        isUsual: true,
      },
      {
        check: 'parametersValid/keyType',
        en: 'keyType a number',
        zh: 'keyType 是数字',
        slot: 'keyType',
        when: fields(replace('/body/keyType', 0)),
        isUsual: true,
      },
    ],
    digits: 64,
    malformedToken: MALFORMED,
  },
  h5TokenValidate: {
    fields: [
      { property: 'version', path: '/@headers/interfaceVersion', wrong: '9.9' },
      { property: 'msgId', path: '/@headers/traceId' },
      { property: 'sentAt', path: '/@headers/timestamp', wrong: '2026112912000012' },
      { property: 'appId', path: '/@headers/appId' },
      { property: 'businessType', path: '/@headers/businessType' },
      { property: 'userInformation', path: '/userInformation' },
    ],
    checks: { body: 'bodyReadable/json', type: 'bodyReadable/contentType', values: 'parametersValid' },
    paths: {
      url: '/h5/onekeylogin/tokenValid',
      number: '/userInformation',
      optional: '/expandParams',
      unknown: '/channel',
    },
    others: [
      {
        check: 'parametersValid/token.missing',
        en: 'token empty',
        zh: 'token 为空',
        slot: 'token',
        token: { text: '' },
      },
      {
        check: 'businessTypeRight',
        en: 'businessType of another product',
        zh: 'businessType 是别的产品的',
        slot: 'businessType',
        when: fields(replace('/@headers/businessType', '1')),
      },
      {
        check: 'userInformationRight',
        en: 'another userInformation',
        zh: 'userInformation 不是取 token 时的',
        slot: 'userInformation',
        when: fields(replace('/userInformation', 'of-another-browser')),
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
  en: 'token of the other operation',
  zh: '另一个接口的 token',
  slot: 'token',
  token: 'other operation',
};

function rowsOf(operation: Operation): readonly Row[] {
  const { fields: required, checks, paths, others, digits, malformedToken } = ROWS[operation];
  const { request, sharesTokensWith } = FACTS[operation];
  const { sign, msgId, time, appId } = request;
  return [
    ...required.map(
      ({ property, path }): Row => ({
        check: `parametersValid/${property}.missing`,
        en: `${nameIn(path)} missing`,
        zh: `缺少 ${nameIn(path)}`,
        slot: property,
        when: fields({ op: 'remove', path }),
      }),
    ),
    ...required.flatMap(({ property, path, wrong }): readonly Row[] =>
      wrong === undefined
        ? []
        : [
            {
              check: `parametersValid/${property}.value`,
              en: `${nameIn(path)} malformed`,
              zh: `${nameIn(path)} 取值错误`,
              slot: property,
              when: fields(replace(path, wrong)),
            },
          ],
    ),
    {
      check: 'parametersValid/sign.missing',
      en: 'sign missing',
      zh: '缺少 sign',
      slot: 'sign',
      when: { signed: [{ op: 'remove', path: sign }] },
    },
    ...others.filter(({ slot }) => slot === 'token'),
    {
      check: 'appKnown',
      en: 'unknown app',
      zh: '应用不存在',
      slot: 'appId',
      when: fields(replace(appId, '300099999999')),
    },
    {
      check: 'signValid',
      en: 'wrong signature',
      zh: '签名错误',
      slot: 'sign',
      when: { signed: [replace(sign, '0'.repeat(digits))] },
    },
    {
      check: 'tokenWellFormed',
      en: 'token malformed',
      zh: 'token 格式错误',
      slot: 'token',
      token: { text: malformedToken },
    },
    ...(sharesTokensWith === undefined ? [] : [OTHER_TOKEN]),
    ...others.filter(({ slot }) => slot !== 'token'),
    ...usualRows({ sent: { msgId, time }, checks, paths }),
    { check: checks.body, en: 'body not JSON', zh: '请求体不是 JSON', slot: 'body', when: { body: { text: '{' } } },
    // Last: a gateway can answer them itself.
    { check: 'urlRight/method', en: 'wrong method', zh: '请求方法错误', slot: 'method', when: { method: 'PUT' } },
    { check: 'urlRight/path', en: 'wrong path', zh: '请求地址错误', slot: 'path', when: { path: paths.url } },
  ];
}

/** The mistakes that carriers can accept. */
function usualRows({ sent, checks, paths }: UsualInputs): readonly Row[] {
  const row = (check: string, words: Bilingual, others: Pick<Row, 'slot' | 'when' | 'repeatsMsgId'>): Row => ({
    check,
    ...words,
    ...others,
    isUsual: true,
  });
  const value = (path: string, text: unknown) => fields({ op: 'add', path, value: text });
  const [time, id] = [nameIn(sent.time), nameIn(sent.msgId)];
  return [
    row(
      'parametersValid/sentAt.date',
      { en: `${time} no date`, zh: `${time} 不是日期` },
      {
        slot: 'sentAt',
        when: value(sent.time, '20261329120000123'),
      },
    ),
    row(
      'parametersValid/sentAt.window',
      { en: `${time} years ago`, zh: `${time} 早了几年` },
      {
        slot: 'sentAt',
        when: { timeOffset: '-4000d' },
      },
    ),
    row(
      'parametersValid/msgId.uuid',
      { en: `${id} no UUID`, zh: `${id} 不是 UUID` },
      {
        slot: 'msgId',
        // 33 characters, and another text in each request.
        when: value(sent.msgId, 'x{msgId}'),
      },
    ),
    row(
      'parametersValid/msgId.replay',
      { en: `${id} repeated`, zh: `${id} 重复` },
      {
        slot: 'msgId',
        repeatsMsgId: true,
      },
    ),
    row(
      'parametersValid/unknownField',
      { en: 'unknown field', zh: '多传字段' },
      {
        slot: 'unknown',
        when: value(paths.unknown, 'x'),
      },
    ),
    row(
      `${checks.values}/null`,
      { en: 'null in an optional field', zh: '选填字段为 null' },
      {
        slot: 'optional',
        when: value(paths.optional, null),
      },
    ),
    row(
      `${checks.values}/number`,
      { en: 'number instead of a String', zh: '数字代替 String' },
      {
        slot: propertyAt(paths.number),
        when: value(paths.number, 0),
      },
    ),
    row(
      checks.type,
      { en: 'another Content-Type', zh: '其他 Content-Type' },
      {
        slot: 'type',
        when: { headers: { 'content-type': 'text/plain' } },
      },
    ),
  ];
}

interface UsualInputs {
  readonly sent: { readonly msgId: string; readonly time: string };
  readonly checks: OperationRows['checks'];
  readonly paths: OperationRows['paths'];
}

/** The slot of a required field. */
function propertyAt(path: string): string {
  const all = Object.values(ROWS).flatMap((row) => row.fields);
  return all.find((field) => field.path === path)?.property ?? path;
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export const MISTAKES: readonly Mistake[] = OPERATIONS.flatMap((operation) =>
  rowsOf(operation)
    .filter(({ check }) => ROWS[operation].without?.includes(check) !== true)
    .map(({ en, zh, when = {}, ...row }) => ({ ...row, operation, name: { en, zh }, when })),
);
