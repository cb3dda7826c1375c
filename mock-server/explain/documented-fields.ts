/** What is demanded of each documented field. The document, 1.2 and 2.3. */
import { type FieldRow, type Property, REQUEST_FIELDS } from '../../src/protocol/fields.js';
import { isTimestamp, parseTimestamp } from '../../src/protocol/timestamp.js';
import type { Login } from '../carrier/engine/facts/login-token-validate.js';
import { isMsgIdValid, isSentAtValid } from '../carrier/engine/facts/shared.js';
import { readingsOf, type Situation } from '../carrier/engine/facts/situation.js';
import { TOKEN_VALIDATE_FACTS, type Verify } from '../carrier/engine/facts/token-validate.js';
import type { Readings } from '../carrier/engine/readings.js';
import type { CarrierRequest } from '../carrier/engine/request.js';
import { isTokenWellFormed } from '../carrier/engine/token-format.js';
import { hexOf, upperHexOf } from './evidence-words.js';
import type { Bilingual } from './finding.js';

export const MSG_ID_LENGTH_MAX = 36;

export const PART_RULE: Bilingual = { en: 'an object', zh: '一个 JSON 对象' };

/** What is demanded of a field. */
interface Demand<S extends Situation<CarrierRequest>> {
  /** A function where it depends on what else was sent. */
  readonly required: boolean | ((request: S['request']) => boolean);
  readonly rule: Bilingual;
  /** The rule that a text which is not empty breaks; no demand on it where left out. */
  readonly brokenRule?: (text: string, situation: S) => Bilingual | undefined;
}

export type DemandedField<S extends Situation<CarrierRequest>> = FieldRow & Demand<S>;

const NOT_EMPTY = { required: true, rule: { en: 'not empty', zh: '不能为空' } } as const;
const OPTIONAL = { required: false, rule: { en: 'String', zh: 'String' } } as const;

const LOGIN_TOKEN_VALIDATE_DEMANDS: Readonly<Record<Property<'loginTokenValidate'>, Demand<Login>>> = {
  version: { required: true, ...oneOf('2.0') },
  msgId: { required: true, ...msgIdDemand() },
  sentAt: { required: true, ...timeDemand() },
  strictCheck: { required: true, ...oneOf('0', '1') },
  appId: NOT_EMPTY,
  expandParams: OPTIONAL,
  token: { ...NOT_EMPTY, brokenRule: brokenTokenRule },
  sign: NOT_EMPTY,
  encryptionAlgorithm: OPTIONAL,
};

const REQUESTER_IS_APP = '0';
/** Of SHA-256, in hex. */
const HASH_LENGTH = 64;

const TOKEN_VALIDATE_DEMANDS: Readonly<Record<Property<'tokenValidate'>, Demand<Verify>>> = {
  version: { required: true, ...oneOf('1.0') },
  msgId: { required: true, ...msgIdDemand() },
  sentAt: { required: true, ...timeDemand() },
  appId: NOT_EMPTY,
  openType: {
    required: ({ requesterType }) => requesterType === REQUESTER_IS_APP,
    ...oneOf('0', '1', '2', '3'),
  },
  requesterType: { required: true, ...oneOf('0', '1') },
  message: OPTIONAL,
  expandParams: OPTIONAL,
  // Absent and anything but 1 is 0: no text breaks a rule.
  keyType: OPTIONAL,
  phoneNum: { ...NOT_EMPTY, brokenRule: (_, situation) => brokenPhoneNumRule(situation) },
  token: { ...NOT_EMPTY, brokenRule: brokenTokenRule },
  sign: NOT_EMPTY,
};

export const LOGIN_TOKEN_VALIDATE_FIELDS: readonly DemandedField<Login>[] = REQUEST_FIELDS.loginTokenValidate.map(
  (row) => ({ ...row, ...LOGIN_TOKEN_VALIDATE_DEMANDS[row.property] }),
);

export const TOKEN_VALIDATE_FIELDS: readonly DemandedField<Verify>[] = REQUEST_FIELDS.tokenValidate.map((row) => ({
  ...row,
  ...TOKEN_VALIDATE_DEMANDS[row.property],
}));

type Rule = Required<Omit<Demand<Situation<CarrierRequest>>, 'required'>>;

/** `0, 1 or 2`. */
function oneOf(...values: readonly string[]): Rule {
  const listed = (or: string) => values.join(', ').replace(/, (?!.*, )/, or);
  const rule = { en: listed(' or '), zh: listed(' 或 ') };
  return { rule, brokenRule: (text) => (values.includes(text) ? undefined : rule) };
}

const NOT_SENT_BEFORE: Bilingual = { en: 'not sent before', zh: '没有用过的值' };

/** By a reading, one that was not sent before. */
function msgIdDemand(): Rule {
  const rule = { en: `1 to ${MSG_ID_LENGTH_MAX} characters`, zh: `1–${MSG_ID_LENGTH_MAX} 位` };
  return {
    rule,
    brokenRule: (text, situation) => {
      if (text.length > MSG_ID_LENGTH_MAX) return rule;
      return isMsgIdValid(situation) ? undefined : NOT_SENT_BEFORE;
    },
  };
}

const DATE_THAT_EXISTS: Bilingual = { en: 'a date that exists', zh: '真实存在的时间' };

/** By a reading, a date, and one close to the app's clock. */
function timeDemand(): Rule {
  const rule = { en: '17 digits', zh: '17 位数字' };
  return {
    rule,
    brokenRule: (text, situation) => {
      if (!isTimestamp(text)) return rule;
      if (isSentAtValid(situation)) return undefined;
      const [, window] = readingsOf(situation.state)['system-time'].split('window:');
      return parseTimestamp(text) === undefined
        ? DATE_THAT_EXISTS
        : { en: `within ${window} of the app's clock`, zh: `与应用时钟相差不超过 ${window}` };
    },
  };
}

const TOKEN_SHAPE: Bilingual = {
  en: 'STsid000000, 13 digits, 32 letters and digits',
  zh: 'STsid000000 + 13 位数字 + 32 位字母数字',
};

function brokenTokenRule(text: string): Bilingual | undefined {
  return isTokenWellFormed(text) ? undefined : TOKEN_SHAPE;
}

const CIPHERTEXT: Readonly<Record<Readings['verify-rsa-encoding'], Bilingual>> = {
  hex: { en: 'RSA ciphertext in hex', zh: '十六进制编码的 RSA 密文' },
  base64: { en: 'RSA ciphertext in Base64', zh: 'Base64 编码的 RSA 密文' },
};

function brokenPhoneNumRule(situation: Verify): Bilingual | undefined {
  const { request, state } = situation;
  const readings = readingsOf(state);
  const isRsa = request.keyType === 'rsa';
  // Whether a ciphertext can be read depends on the appKey in it.
  if ((isRsa && state.app === undefined) || TOKEN_VALIDATE_FACTS.phoneNumReadable(situation)) return undefined;
  if (isRsa) return CIPHERTEXT[readings['verify-rsa-encoding']];
  return readings['verify-hex-case'] === 'any' ? hexOf(HASH_LENGTH) : upperHexOf(HASH_LENGTH);
}
