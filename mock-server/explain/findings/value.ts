/** Mistakes in the values of any field, and in version, msgid, the free-text fields and the selectors of the signature. The document, 1.2 and 2.3: "参数类型都是String". */
import {
  fieldsOf,
  MSG_ID_LENGTH_MAX,
  type Property,
  type RequestField,
  type Texts,
  wireName,
} from '../../../src/protocol/fields.js';
import { OPERATIONS, type Operation } from '../../../src/protocol/operations.js';
import { shownJson } from '../../../src/text/shown-json.js';
import { urlDecoded } from '../../../src/text/url-decoded.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import type { CarrierRequest } from '../../carrier/engine/request.js';
import { type SentField, sentFields } from '../fields.js';
import type { Evidence, FindingRow, Text } from '../finding.js';
import { isMasked } from '../masked-values.js';
import { signSchemesOf } from '../operations.js';
import { placeholderIn } from '../placeholder.js';
import {
  fieldNamed,
  newTokenOf,
  withDefault,
  withExpected,
  withNamed,
  withText,
} from '../repair/change.js';
import { missing } from '../repair/missing.js';
import { digestIn, readSign } from '../sign/received.js';
import type { Subject } from '../subject.js';

const WITH_MASKED_FINDING: readonly string[] = ['token', 'phoneNum', 'sign'];
/** Any text may be in these. */
const FREE_TEXTS: readonly Property[] = ['message', 'expandParams'];

function versionField(operation: Operation): Pick<RequestField, 'name' | 'values'> {
  return fieldsOf(operation).find(({ property }) => property === 'version') ?? { name: 'version' };
}

/** `loginTokenValidate takes 2.0, …`. */
function versionsIn(takes: string, or: string, comma: string): string {
  const rows = OPERATIONS.map(
    ({ operation }) => operation + takes + versionField(operation).values?.join(or),
  );
  return rows.join(comma);
}

export const VALUE_FINDINGS: readonly FindingRow[] = [
  {
    id: 'value.not-a-string',
    explains: ['valuesAreStrings', 'parametersValid'],
    inLog: ['kind'],
    title: { en: 'A value is not a String', zh: '字段值不是 String' },
    detail: {
      en: '"{field}" is a JSON {kind}: {received}. Every parameter is a String. Put the value in double quotes; omit an optional field instead of sending null.',
      zh: '“{field}”的值是 JSON {kind}：{received}。参数类型都是 String，值要加双引号；选填字段不需要就不传，不要传 null。',
    },
    detect: (subject) =>
      sentFields(subject)
        .filter(
          ({ kind, value }) =>
            kind === 'String' && value !== undefined && typeof value !== 'string',
        )
        .map((field) => ({
          field: field.name,
          received: asSent(subject.exchange.body, field.name, field.value),
          expected: 'String',
          kind: kindOf(field.value),
          ...acceptedBy(field, subject),
        })),
    // The value in quotes. Without an optional null, and with a valid value instead of an object or a required null.
    repair: (subject, { field = '', received = '' }) => {
      const sent = sentFields(subject).find(({ name }) => name === field);
      const property = fieldNamed(subject, field)?.property;
      if (sent === undefined || property === undefined) return subject;
      if (sent.value === null && !sent.isRequired) return withText(subject, property, undefined);
      return typeof sent.value === 'number'
        ? withNamed(subject, field, received)
        : withDefault(subject, property);
    },
  },
  {
    id: 'value.placeholder',
    explains: [
      ...([
        'tokenPresent',
        'parametersValid',
        'appKnown',
        'businessTypeRight',
        'signValid',
      ] as const),
      ...(['phoneNumReadable', 'tokenWellFormed', 'userInformationRight'] as const),
    ],
    inLog: ['pointer'],
    title: { en: 'A placeholder was sent instead of a value', zh: '字段值还是占位符' },
    detail: {
      en: '"{field}" has the placeholder "{placeholder}": "{received}". A template was sent before its variables were filled in, or the value was copied from a log that hides it. Send the value itself.',
      zh: '“{field}”的值里有占位符“{placeholder}”：“{received}”。可能是模板里的变量没有替换就发了出去，也可能是从隐藏了真实值的日志里复制的。请发送真实的值。',
    },
    detect: (subject) =>
      sentFields(subject).flatMap(({ name, pointer, kind, text: received = '' }) => {
        const placeholder = placeholderIn(received);
        const isOwn = FREE_TEXTS.some(
          (property) => property === fieldNamed(subject, name)?.property,
        );
        // A masked token, number or signature has a finding of its own.
        const hasOwn = WITH_MASKED_FINDING.includes(name) && isMasked(received);
        if (kind !== 'String' || placeholder === undefined || isOwn || hasOwn) return [];
        return [{ field: name, received, placeholder, pointer }];
      }),
    repair: (subject, { field = '' }) => {
      const property = fieldNamed(subject, field)?.property;
      // Nothing shows whether the hidden signature is right.
      if (property === 'sign') return missing('signature');
      return property === undefined ? subject : withDefault(subject, property);
    },
  },
  {
    id: 'value.white-space',
    explains: ['appKnown', 'signValid', 'tokenWellFormed', 'tokenKnown'],
    title: { en: 'A value has white space around it', zh: '字段值前后带有空白字符' },
    detail: {
      en: '"{field}" begins or ends with white space: "{received}". The carrier compares every character. Remove the white space before you sign and send.',
      zh: '“{field}”的值前后带有空白字符：“{received}”。移动认证平台逐字比对，请在签名和发送之前去掉。',
    },
    detect: (subject) => {
      // The carrier compares these as they were sent, without a format of their own.
      const compared = (['appId', 'token', 'sign'] as const).map((field) =>
        wireName(subject.request.operation, field),
      );
      return sentFields(subject).flatMap(({ name, text: received = '' }) => {
        const expected = received.trim();
        const isCompared =
          compared.some((field) => field === name) && !(name === 'sign' && isBase64Sign(subject));
        return isCompared && received !== expected ? [{ field: name, received, expected }] : [];
      });
    },
    repair: withExpected,
  },
  {
    id: 'version.wrong',
    explains: ['parametersValid'],
    inLog: ['expected'],
    title: { en: 'The version is wrong', zh: 'version 填错了' },
    detail: {
      en: `{field} was "{received}". This operation takes exactly "{expected}": ${versionsIn(' takes ', ' or ', ', ')}.`,
      zh: `{field} 的值是“{received}”，这个接口只接受“{expected}”：${versionsIn(' 填 ', ' 或 ', '，')}。`,
    },
    detect: ({ request: { version = '', operation } }) => {
      const { name: field, values = [] } = versionField(operation);
      return version === '' || values.includes(version)
        ? []
        : [{ field, received: version, expected: values.join(' / ') }];
    },
    repair: (subject) => withDefault(subject, 'version'),
  },
];

/** The interpretation that accepts the value here, although the document allows only Strings. */
function acceptedBy(
  { name, value, isRequired }: SentField,
  { state }: Subject,
): Pick<Evidence, 'acceptedBy'> {
  const { 'json-numbers': numbers, 'json-null': nulls } = readingsOf(state);
  if (value === null) return nulls === 'absent' && !isRequired ? { acceptedBy: 'json-null' } : {};
  const isAccepted =
    typeof value === 'number' &&
    (numbers === 'any' || (numbers === 'keyType' && name === 'keyType'));
  return isAccepted ? { acceptedBy: 'json-numbers' } : {};
}

function kindOf(value: unknown): Text {
  if (value === null) return 'null';
  if (Array.isArray(value)) return { en: 'array', zh: '数组' };
  if (typeof value === 'object') return { en: 'object', zh: '对象' };
  return typeof value === 'number' ? { en: 'number', zh: '数字' } : { en: 'boolean', zh: '布尔值' };
}

const NUMBER = String.raw`-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`;

/** The digits of a number in the body: 17 digits do not fit into a JavaScript number. */
function asSent(body: string, name: string, value: unknown): string {
  if (typeof value !== 'number') return shownJson(value);
  const written = [...body.matchAll(new RegExp(`"${name}"\\s*:\\s*(${NUMBER})`, 'g'))].map(
    ([, text = '']) => text,
  );
  return written.find((text) => Number(text) === value) ?? JSON.stringify(value);
}

/** White space in Base64 is ignored, because some encoders wrap lines. */
function isBase64Sign({ request, state }: Subject): boolean {
  const { rsa } = signSchemesOf(request.operation);
  return request.signing === 'rsa' && rsa?.encoding(readingsOf(state)) === 'base64';
}

export const MSGID_FINDINGS: readonly FindingRow[] = [
  {
    id: 'msgid.length',
    explains: ['parametersValid'],
    inLog: true,
    title: { en: 'The msgid is too long or empty', zh: 'msgid 为空或超长' },
    detail: {
      en: '{field} has {length} characters. The document requires 1 to {limit} at login, and a UUID at verify. A UUID is valid for both, with dashes (36) or without (32).',
      zh: '{field} 有 {length} 个字符。文档要求获取手机号码 1 到 {limit} 位，本机号码校验用 UUID。UUID 两个接口都能用：带横线 36 位，不带 32 位。',
    },
    detect: ({ request: { msgId: received, operation } }) => {
      if (received === undefined || (received.length > 0 && received.length <= MSG_ID_LENGTH_MAX))
        return [];
      return [
        {
          field: wireName(operation, 'msgId'),
          received,
          length: received.length,
          limit: MSG_ID_LENGTH_MAX,
        },
      ];
    },
    repair: (subject) => withDefault(subject, 'msgId'),
  },
  {
    id: 'msgid.repeated',
    explains: ['parametersValid'],
    inLog: ['requestId'],
    title: { en: 'The msgid is that of an earlier request', zh: 'msgid 与之前的请求重复' },
    detail: {
      en: '{field} was "{received}", as in an earlier request with another token. The msgid identifies one request: make a new random one each time, such as a UUID.',
      zh: '{field} 的值“{received}”与之前的请求相同，token 却不同。msgid 用来标识一次请求：每次都要重新生成，例如用 UUID。',
    },
    detect: (subject) => {
      const { request, state, earlier } = subject;
      const { msgId: received = '', token, operation } = request;
      // A repair issues another token; the client then makes another msgid too.
      const isRepaired = token === newTokenOf(subject);
      const before = earlier.find((one) => one.msgId === received && one.token !== token);
      const isAllowed = readingsOf(state)[REPLAY] === 'allowed';
      const isRepeated = (before !== undefined && !isRepaired) || (state.msgIdSeen && !isAllowed);
      if (received === '' || !isRepeated) return [];
      const accepted = isAllowed ? { acceptedBy: REPLAY } : {};
      return [{ field: wireName(operation, 'msgId'), received, ...accepted }];
    },
    repair: (subject) => withDefault(subject, 'msgId'),
  },
];

const REPLAY = 'msgid-replay';

// RFC 3986 leaves the first four unencoded. The encoders of JavaScript and Java leave some of the others too.
const NOT_ENCODED = /%(?![0-9A-Fa-f]{2})|[^\w.~\-!*'()+%]/gu;
const ENCODING = 'verify-params-encoding';

export const PARAMS_FINDINGS: readonly FindingRow[] = [
  {
    id: 'params.not-url-encoded',
    explains: ['parametersValid'],
    title: { en: 'A free-text field is not URL-encoded', zh: '透传参数没有做 urlencode' },
    detail: {
      en: '{field} contains characters that must be URL-encoded: {characters}. Send the encoded value: "{expected}". The document does not say whether to encode = and | too; the client of this project encodes both.',
      zh: '{field} 里有必须做 urlencode 的字符：{characters}。请发送编码后的值：“{expected}”。= 和 | 要不要一起编码，文档没有写；本项目的客户端一起编码。',
    },
    detect: ({ request, state }) => {
      const accepted = readingsOf(state)[ENCODING] === 'encoded' ? {} : { acceptedBy: ENCODING };
      return fieldsOf(request.operation).flatMap(({ format, name: field, property }) => {
        const received = format === 'urlEncoded' ? (request[property] ?? '') : '';
        const characters = [...new Set(received.match(NOT_ENCODED) ?? [])];
        if (characters.length === 0) return [];
        // The parts that are already encoded stay. encodeURIComponent refuses half of a surrogate pair.
        const expected = received
          .replace(/\p{Surrogate}/gu, '\ufffd')
          .replace(NOT_ENCODED, encodeURIComponent);
        return [{ field, received, expected, characters, ...accepted }];
      });
    },
    repair: withExpected,
  },
  {
    id: 'params.malformed',
    explains: [],
    title: {
      en: 'expandParams is not in the documented form',
      zh: 'expandParams 的格式与文档不符',
    },
    detail: {
      en: 'After decoding, expandParams has a part without a name or without =: "{part}". The document requires param1=value1|param2=value2, URL-encoded.',
      zh: '解码后，expandParams 里的“{part}”没有参数名或没有 =。文档要求的格式是 param1=value1|param2=value2，并做 urlencode。',
    },
    detect: ({ request: { operation, expandParams: received = '' } }) => {
      const field = fieldsOf(operation).find(({ property }) => property === 'expandParams');
      if (received === '' || field?.format !== 'urlEncoded') return [];
      const part = urlDecoded(received, ' ')
        .split('|')
        .find((each) => each.indexOf('=') < 1);
      return part === undefined ? [] : [{ field: 'expandParams', received, part }];
    },
  },
];

const RSA = 'RSA';

export const ENCRYPTION_FINDINGS: readonly FindingRow[] = [
  {
    id: 'encryption.letter-case',
    explains: ['signValid'],
    title: {
      en: 'encryptionalgorithm is not exactly RSA',
      zh: 'encryptionalgorithm 与“RSA”不完全一致',
    },
    detail: {
      en: 'encryptionalgorithm was "{received}", so the signature was checked as MD5. Only the exact value "RSA", in capitals and without white space, selects RSA.',
      zh: 'encryptionalgorithm 的值是“{received}”，所以这个请求按 MD5 验签。只有大写、前后没有空白的“RSA”才表示用 RSA。',
    },
    detect: ({ request }) => algorithmWhere(request, (text) => text === RSA),
    repair: (subject) => withText(subject, 'encryptionAlgorithm', RSA),
  },
  {
    id: 'encryption.unsupported',
    explains: ['signValid'],
    title: {
      en: 'encryptionalgorithm has an unsupported value',
      zh: 'encryptionalgorithm 的值不支持',
    },
    detail: {
      en: 'encryptionalgorithm was "{received}". The document supports only "RSA". With any other value, the signature is checked as MD5, as if the field were empty.',
      zh: 'encryptionalgorithm 的值是“{received}”。文档只支持“RSA”，填其他值等于不填，按 MD5 验签。',
    },
    // "MD5" is no mistake: every value except "RSA" selects MD5.
    detect: ({ request }) => algorithmWhere(request, (text) => text !== RSA && text !== 'MD5'),
    repair: (subject) => {
      const received = readSign(subject.request.sign ?? '');
      const isRsa = received !== undefined && digestIn(received) === undefined;
      return withText(subject, 'encryptionAlgorithm', isRsa ? RSA : undefined);
    },
  },
  {
    id: 'encryption.key-not-registered',
    explains: ['encryptionPossible', 'signValid'],
    inLog: true,
    title: { en: 'A public key is not registered', zh: '应用公钥未报备' },
    detail: {
      en: '{field} selects RSA, but the app has not registered: {missing}. appVerifyKey (应用公钥1) verifies the signature. appEncryptKey (应用公钥2) encrypts the msisdn of loginTokenValidate, which needs both keys. Register the missing ones.',
      zh: '{field} 选了 RSA，但应用没有报备：{missing}。appVerifyKey（应用公钥1）用来验签；appEncryptKey（应用公钥2）用来加密 loginTokenValidate 返回的 msisdn，这个接口两把公钥都要报备。请报备缺少的公钥。',
    },
    detect: ({ request, state: { app } }) => {
      if (app === undefined || request.signing !== 'rsa') return [];
      const { rsa } = signSchemesOf(request.operation);
      const registered = { appVerifyKey: app.verifyKey, appEncryptKey: app.encryptKey };
      const missing = rsa?.keys.filter((key) => registered[key] === undefined) ?? [];
      return missing.length === 0
        ? []
        : [{ field: wireName(request.operation, rsa?.selector ?? 'sign'), missing }];
    },
    repair: () => missing('publicKeys'),
  },
];

function algorithmWhere(
  request: CarrierRequest,
  holds: (text: string) => boolean,
): readonly Evidence[] {
  const { encryptionAlgorithm: received = '' }: Texts = request;
  if (received === '' || received === RSA || !holds(received.trim().toUpperCase())) return [];
  return [
    { field: wireName('loginTokenValidate', 'encryptionAlgorithm'), received, expected: RSA },
  ];
}
