/** What an explanation needs about each operation: the constraints on its fields, and its signatures. The document, 1.2 and 2.3. */
import { fieldsOf, type Property, type RequestField, signingOf } from '../../src/protocol/fields.js';
import { type Operation, operationRow } from '../../src/protocol/operations.js';
import { hmacSha256Hex, md5Hex } from '../../src/protocol/sign.js';
import { isTimestamp, parseTimestamp } from '../../src/protocol/timestamp.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import type { AppSettings, SignSecret } from '../carrier/engine/app-settings.js';
import { checksAddress, usesRsa } from '../carrier/engine/facts/login-token-validate.js';
import { isMsgIdValid, isSentAtValid, MSG_ID_LENGTH_MAX } from '../carrier/engine/facts/shared.js';
import { readingsOf, type Situation } from '../carrier/engine/facts/situation.js';
import { isEncodingAccepted, TOKEN_VALIDATE_FACTS, type Verify } from '../carrier/engine/facts/token-validate.js';
import type { Readings } from '../carrier/engine/readings.js';
import type { CarrierRequest, LoginTokenRequest, TokenValidateRequest } from '../carrier/engine/request.js';
import type { State } from '../carrier/engine/state.js';
import { isTokenWellFormed } from '../carrier/engine/token-format.js';
import { hexOf, upperHexOf } from './finding.js';

/** Methods, not function properties: a row receives only requests of its own operation. */
interface FieldConstraint {
  /** A function if it depends on other fields. */
  readonly required: boolean | ((request: CarrierRequest) => boolean);
  readonly rule: Bilingual;
  /** The rule that a text breaks. Called only for a text that is not empty. Without it, every text is valid. */
  brokenRule?(text: string, situation: Situation<CarrierRequest>): Bilingual | undefined;
}

/** 应用公钥1 and 应用公钥2. */
export type RsaKeyName = 'appVerifyKey' | 'appEncryptKey';

/** The signature without RSA. */
export interface HashSigning {
  /** The signed fields in order. */
  readonly fields: readonly Property[];
  /** The document's name of the algorithm. */
  readonly algorithm: string;
  /** Whether the secret is appended to the text, or is the key of an HMAC. */
  readonly secretIn: 'text' | 'key';
  /** Returns upper-case hex for the complete string to sign. */
  readonly digest: (text: string, secret: string) => string;
}

export interface RsaSigning {
  readonly fields: readonly Property[];
  readonly algorithm: string;
  /** The public keys that the app must have. */
  readonly keys: readonly RsaKeyName[];
}

/** Methods, as in FieldConstraint. */
export interface ExplainedOperation {
  /** By the project's own property names. */
  readonly constraints: Readonly<Partial<Record<Property, FieldConstraint>>>;
  readonly hash: HashSigning;
  readonly rsa: RsaSigning;
  /** The field that selects RSA. */
  readonly rsaSelector: Property;
  usesRsa(request: CarrierRequest): boolean;
  rsaEncoding(readings: Readings): Readings['verify-rsa-encoding'];
  /** The secret of the signature without RSA. */
  signSecret(settings: AppSettings): SignSecret;
  /** The reading that may accept a signature in lower case. */
  readonly caseReading: 'login-md5-case' | 'verify-hex-case';
  /** Free-text fields that the document requires to be URL-encoded. */
  readonly urlEncoded: readonly ('message' | 'expandParams')[];
  /** Whether the request's address is checked against the whitelist. */
  checksAddress(request: CarrierRequest, state: Pick<State, 'app' | 'carrierReadings'>): boolean;
}

const NOT_EMPTY: FieldConstraint = { required: true, rule: { en: 'a String that is not empty', zh: '不能为空' } };
const OPTIONAL: FieldConstraint = { required: false, rule: { en: 'String', zh: 'String' } };

/** `0, 1 or 2`. */
function oneOf(...values: readonly string[]): Omit<FieldConstraint, 'required'> {
  const last = values.at(-1) ?? '';
  const listed = (comma: string, or: string) => [values.slice(0, -1).join(comma), last].filter(Boolean).join(or);
  const rule = { en: listed(', ', ' or '), zh: listed('、', ' 或 ') };
  return { rule, brokenRule: (text) => (values.includes(text) ? undefined : rule) };
}

const MSG_ID_LENGTH: Bilingual = { en: `1 to ${MSG_ID_LENGTH_MAX} characters`, zh: `1–${MSG_ID_LENGTH_MAX} 位` };
const NOT_SENT_BEFORE: Bilingual = { en: 'a value that was not sent before', zh: '以前没有发过的值' };

/** One interpretation refuses a msgid that was sent before. */
const MSG_ID: FieldConstraint = {
  required: true,
  rule: MSG_ID_LENGTH,
  brokenRule: (text, situation) => {
    if (text.length > MSG_ID_LENGTH_MAX) return MSG_ID_LENGTH;
    return isMsgIdValid(situation) ? undefined : NOT_SENT_BEFORE;
  },
};

const TIME_DIGITS: Bilingual = { en: '17 digits', zh: '17 位数字' };
const DATE_THAT_EXISTS: Bilingual = { en: '17 digits that are a real date', zh: '真实存在的时间' };

/** Interpretations can require a real date, or a date close to the app's clock. */
const SENT_AT: FieldConstraint = {
  required: true,
  rule: TIME_DIGITS,
  brokenRule: (text, situation) => {
    if (!isTimestamp(text)) return TIME_DIGITS;
    if (isSentAtValid(situation)) return undefined;
    if (parseTimestamp(text) === undefined) return DATE_THAT_EXISTS;
    const [, window] = readingsOf(situation.state)['system-time'].split('window:');
    return { en: `a time within ${window} of the app's clock`, zh: `与应用的时钟相差不超过 ${window}` };
  },
};

const TOKEN_SHAPE: Bilingual = {
  en: 'STsid000000, 13 digits, 32 letters and digits',
  zh: 'STsid000000 + 13 位数字 + 32 位字母数字',
};
const TOKEN: FieldConstraint = {
  ...NOT_EMPTY,
  brokenRule: (text) => (isTokenWellFormed(text) ? undefined : TOKEN_SHAPE),
};

const URL_ENCODED: Bilingual = { en: 'URL-encoded', zh: '经过 URL 编码' };

/** The document requires the encoding; only one interpretation refuses a text without it. */
function urlEncoded(field: 'message' | 'expandParams'): FieldConstraint {
  return {
    required: false,
    rule: URL_ENCODED,
    brokenRule: (_, situation: Verify) => (isEncodingAccepted(field, situation) ? undefined : URL_ENCODED),
  };
}

/** The length of a SHA-256 in hex. */
const HASH_LENGTH = 64;
const CIPHERTEXT: Readonly<Record<Readings['verify-rsa-encoding'], Bilingual>> = {
  hex: { en: 'RSA ciphertext in hex', zh: '十六进制编码的 RSA 密文' },
  base64: { en: 'RSA ciphertext in Base64', zh: 'Base64 编码的 RSA 密文' },
};
const PHONE_NUM: FieldConstraint = {
  ...NOT_EMPTY,
  brokenRule: (_, situation: Verify) => {
    const { request, state } = situation;
    const readings = readingsOf(state);
    const isRsa = request.keyType === 'rsa';
    // Reading a ciphertext requires the appKey in it.
    if ((isRsa && state.app === undefined) || TOKEN_VALIDATE_FACTS.phoneNumReadable(situation)) return undefined;
    if (isRsa) return CIPHERTEXT[readings['verify-rsa-encoding']];
    return readings['verify-hex-case'] === 'any' ? hexOf(HASH_LENGTH) : upperHexOf(HASH_LENGTH);
  },
};

const REQUESTER_IS_APP = '0';

const EXPLAINED_OPERATIONS: Readonly<Record<Operation, ExplainedOperation>> = {
  loginTokenValidate: {
    constraints: {
      version: { required: true, ...oneOf(operationRow('loginTokenValidate').version) },
      msgId: MSG_ID,
      sentAt: SENT_AT,
      strictCheck: { required: true, ...oneOf('0', '1') },
      appId: NOT_EMPTY,
      expandParams: OPTIONAL,
      token: TOKEN,
      sign: NOT_EMPTY,
      encryptionAlgorithm: OPTIONAL,
    } satisfies Record<Property<'loginTokenValidate'>, FieldConstraint>,
    hash: { fields: signingOf('loginTokenValidate', 'md5').fields, algorithm: 'MD5', secretIn: 'text', digest: md5Hex },
    rsa: {
      fields: signingOf('loginTokenValidate', 'rsa').fields,
      algorithm: 'SHA256withRSA',
      // The second encrypts the msisdn of the response.
      keys: ['appVerifyKey', 'appEncryptKey'],
    },
    rsaSelector: 'encryptionAlgorithm',
    usesRsa: (request: LoginTokenRequest) => usesRsa(request),
    rsaEncoding: () => 'hex',
    signSecret: (settings) => settings.signSecret,
    caseReading: 'login-md5-case',
    urlEncoded: [],
    checksAddress: (request: LoginTokenRequest, state) => checksAddress(request, state),
  },
  tokenValidate: {
    constraints: {
      version: { required: true, ...oneOf(operationRow('tokenValidate').version) },
      msgId: MSG_ID,
      sentAt: SENT_AT,
      appId: NOT_EMPTY,
      openType: {
        required: (request) => 'requesterType' in request && request.requesterType === REQUESTER_IS_APP,
        ...oneOf('0', '1', '2', '3'),
      },
      requesterType: { required: true, ...oneOf('0', '1') },
      message: urlEncoded('message'),
      expandParams: urlEncoded('expandParams'),
      // An absent keyType, and any value except 1, means 0: no text breaks a rule.
      keyType: OPTIONAL,
      phoneNum: PHONE_NUM,
      token: TOKEN,
      sign: NOT_EMPTY,
    } satisfies Record<Property<'tokenValidate'>, FieldConstraint>,
    hash: {
      fields: signingOf('tokenValidate', 'hmac').fields,
      algorithm: 'HMACSHA256',
      secretIn: 'key',
      digest: hmacSha256Hex,
    },
    rsa: { fields: signingOf('tokenValidate', 'rsa').fields, algorithm: 'MD5withRSA', keys: ['appVerifyKey'] },
    rsaSelector: 'keyType',
    usesRsa: ({ keyType }: TokenValidateRequest) => keyType === 'rsa',
    rsaEncoding: (readings) => readings['verify-rsa-encoding'],
    // Independent of 验签方式.
    signSecret: () => 'appKey',
    caseReading: 'verify-hex-case',
    urlEncoded: ['message', 'expandParams'],
    checksAddress: () => true,
  },
};

export function explainedOperation(operation: Operation): ExplainedOperation {
  return EXPLAINED_OPERATIONS[operation];
}

/** A field with its constraint. */
export type DocumentedField = Omit<RequestField, 'required'> & FieldConstraint;

/** In the order of the document. */
export function documentedFields(operation: Operation): readonly DocumentedField[] {
  const { constraints } = EXPLAINED_OPERATIONS[operation];
  return fieldsOf(operation).map((row) => ({ ...row, ...(constraints[row.property] ?? OPTIONAL) }));
}
