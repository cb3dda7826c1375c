/** What an explanation needs about each operation: the constraints on its fields, and its signatures. The document, 1.2 and 2.3. */
import {
  fieldsOf,
  MSG_ID_LENGTH_MAX,
  type Property,
  type RequestField,
  type RequestSigning,
  signingsOf,
} from '../../src/protocol/fields.js';
import type {
  AppPublicKey,
  FieldFormat,
  SecretUse,
} from '../../src/protocol/operations/description.js';
import { byOperation, type Operation } from '../../src/protocol/operations.js';
import type { Readings } from '../../src/protocol/readings.js';
import { isTimestamp, parseTimestamp } from '../../src/protocol/timestamp.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import { isEncodingAccepted, isMsgIdNew } from '../carrier/engine/facts/parts.js';
import { isSentAtAccepted } from '../carrier/engine/facts/sent-at.js';
import type { Situation } from '../carrier/engine/facts/situation.js';
import { moduleOf } from '../carrier/engine/operations/operations.js';
import { TOKEN_VALIDATE } from '../carrier/engine/operations/token-validate.js';
import { hexOf, upperHexOf } from './finding.js';

/** What a field's text must be. */
interface Constraint {
  readonly rule: Bilingual;
  /** The rule that a text breaks. Called only for a text that is not empty. Without it, every text is valid. */
  readonly brokenRule?: (
    text: string,
    situation: Situation,
    field: RequestField,
  ) => Bilingual | undefined;
}

/** A signature without RSA. */
export interface HashScheme extends RequestSigning {
  readonly key: SecretUse;
  /** Whether the secret is in the text, or is the key of an HMAC. */
  readonly secretIn: 'text' | 'key';
}

export interface RsaScheme extends RequestSigning {
  /** The public keys that the app must have. */
  readonly keys: readonly AppPublicKey[];
  /** The field that selects RSA; undefined if every request is signed with RSA. */
  readonly selector: Property | undefined;
  readonly encoding: (readings: Readings) => 'hex' | 'base64';
  /** The reading that may accept a signature in lower case; undefined if its case does not matter. */
  readonly caseReading: 'h5-sign-case' | undefined;
}

/** The schemes of the signature of an operation, without and with RSA. At least one of the two. */
export interface SignSchemes {
  readonly hash: HashScheme | undefined;
  readonly rsa: RsaScheme | undefined;
  /** The fields of the default scheme. No other scheme signs more. */
  readonly fields: readonly Property[];
  readonly rsaSignsFewer: boolean;
}

function toHashScheme({ key, ...signing }: RequestSigning): HashScheme | undefined {
  if (key.by === 'rsa') return undefined;
  return { ...signing, key, secretIn: key.by === 'hmac' ? 'key' : 'text' };
}

function toRsaScheme(signing: RequestSigning): RsaScheme | undefined {
  const { key, selectedBy } = signing;
  if (key.by !== 'rsa') return undefined;
  return {
    ...signing,
    keys: key.publicKeys,
    selector: selectedBy?.property,
    encoding: (readings) => (key.encoding === 'hex' ? 'hex' : readings['verify-rsa-encoding']),
    caseReading: key.caseReading,
  };
}

const SCHEMES = byOperation((operation): SignSchemes => {
  const signings = signingsOf(operation);
  const hash = signings.map(toHashScheme).find((scheme) => scheme !== undefined);
  const rsa = signings.map(toRsaScheme).find((scheme) => scheme !== undefined);
  const { fields } = signings[0];
  return {
    hash,
    rsa,
    fields,
    rsaSignsFewer: rsa !== undefined && rsa.fields.length < fields.length,
  };
});

export function signSchemesOf(operation: Operation): SignSchemes {
  return SCHEMES[operation];
}

const NOT_EMPTY: Constraint = { rule: { en: 'a String that is not empty', zh: '不能为空' } };
const MSG_ID_LENGTH: Bilingual = {
  en: `1 to ${MSG_ID_LENGTH_MAX} characters`,
  zh: `1–${MSG_ID_LENGTH_MAX} 位`,
};
const NOT_SENT_BEFORE: Bilingual = {
  en: 'a value that was not sent before',
  zh: '以前没有发过的值',
};
const TIME_DIGITS: Bilingual = { en: '17 digits', zh: '17 位数字' };
const URL_ENCODED: Bilingual = { en: 'URL-encoded', zh: '经过 URL 编码' };
/** The length of a SHA-256 in hex. */
const HASH_LENGTH = 64;
const CIPHERTEXT: Readonly<Record<Readings['verify-rsa-encoding'], Bilingual>> = {
  hex: { en: 'RSA ciphertext in hex', zh: '十六进制编码的 RSA 密文' },
  base64: { en: 'RSA ciphertext in Base64', zh: 'Base64 编码的 RSA 密文' },
};

const BY_FORMAT: Readonly<Record<FieldFormat, Constraint>> = {
  msgId: {
    rule: MSG_ID_LENGTH,
    // One interpretation refuses a msgid that was sent before.
    brokenRule: (text, situation) => {
      if (text.length > MSG_ID_LENGTH_MAX) return MSG_ID_LENGTH;
      return isMsgIdNew(situation) ? undefined : NOT_SENT_BEFORE;
    },
  },
  traceId: {
    ...NOT_EMPTY,
    brokenRule: (_, situation) => (isMsgIdNew(situation) ? undefined : NOT_SENT_BEFORE),
  },
  timestamp: {
    rule: TIME_DIGITS,
    // Interpretations can require a real date, or a date close to the app's clock.
    brokenRule: (text, situation) => {
      if (!isTimestamp(text)) return TIME_DIGITS;
      if (isSentAtAccepted(situation)) return undefined;
      if (parseTimestamp(text) === undefined)
        return { en: '17 digits that are a real date', zh: '真实存在的时间' };
      const [, window] = situation.readings['system-time'].split('window:');
      return {
        en: `a time within ${window} of the app's clock`,
        zh: `与应用的时钟相差不超过 ${window}`,
      };
    },
  },
  token: {
    ...NOT_EMPTY,
    brokenRule: (text, { request: { operation } }) => {
      const { isWellFormed, shape } = moduleOf(operation).tokens;
      return isWellFormed(text) ? undefined : shape;
    },
  },
  phoneNum: {
    ...NOT_EMPTY,
    brokenRule: (_, situation) => {
      const { request, state, readings } = situation;
      const isRsa = request.signing === 'rsa';
      // Reading a ciphertext requires the appKey in it.
      if ((isRsa && state.app === undefined) || TOKEN_VALIDATE.facts.phoneNumReadable(situation))
        return undefined;
      if (isRsa) return CIPHERTEXT[readings['verify-rsa-encoding']];
      return readings['verify-hex-case'] === 'any' ? hexOf(HASH_LENGTH) : upperHexOf(HASH_LENGTH);
    },
  },
  urlEncoded: {
    rule: URL_ENCODED,
    // The document requires the encoding; only one interpretation refuses a text without it.
    brokenRule: (_, situation, { property }) =>
      isEncodingAccepted(property, situation) ? undefined : URL_ENCODED,
  },
};

/** `0, 1 or 2`. */
function oneOf(values: readonly string[]): Constraint {
  const last = values.at(-1) ?? '';
  const listed = (comma: string, or: string) =>
    [values.slice(0, -1).join(comma), last].filter(Boolean).join(or);
  const rule = { en: listed(', ', ' or '), zh: listed('、', ' 或 ') };
  return { rule, brokenRule: (text) => (values.includes(text) ? undefined : rule) };
}

function constraintOf({ format, values, required }: RequestField): Constraint {
  if (format !== undefined) return BY_FORMAT[format];
  if (values !== undefined) return oneOf(values);
  return required === false ? { rule: { en: 'String', zh: 'String' } } : NOT_EMPTY;
}

/** A field with its constraint. */
export type DocumentedField = RequestField & Constraint;

const FIELDS = byOperation((operation) =>
  fieldsOf(operation).map((field): DocumentedField => ({ ...field, ...constraintOf(field) })),
);

/** In the order of the document. */
export function documentedFields(operation: Operation): readonly DocumentedField[] {
  return FIELDS[operation];
}
