/** What is demanded of each documented field. The document, 1.2 and 2.3. */
import { type FieldRow, type Property, REQUEST_FIELDS } from '../../src/protocol/fields.js';
import { isTimestamp, parseTimestamp } from '../../src/protocol/timestamp.js';
import type { Login } from '../carrier/engine/facts/login-token-validate.js';
import { isMsgIdValid, isSentAtValid } from '../carrier/engine/facts/shared.js';
import { readingsOf, type Situation } from '../carrier/engine/facts/situation.js';
import { isEncodingTaken, TOKEN_VALIDATE_FACTS, type Verify } from '../carrier/engine/facts/token-validate.js';
import type { CarrierRequest } from '../carrier/engine/request.js';
import { isTokenWellFormed } from '../carrier/engine/token-format.js';

export const MSG_ID_LENGTH_MAX = 36;

export const PART_RULE = 'an object';

/** What is demanded of a field. */
interface Demand<S extends Situation<CarrierRequest>> {
  /** A function where it depends on what else was sent. */
  readonly required: boolean | ((request: S['request']) => boolean);
  /** In a few words that stand in any language. */
  readonly rule: string;
  /** The rule that a text which is not empty breaks; no demand on it where left out. */
  readonly brokenRule?: (text: string, situation: S) => string | undefined;
}

export type DemandedField<S extends Situation<CarrierRequest>> = FieldRow & Demand<S>;

const NOT_EMPTY = { required: true, rule: 'not empty' } as const;
const OPTIONAL = { required: false, rule: 'String' } as const;

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
  message: encodedDemand('message'),
  expandParams: encodedDemand('expandParams'),
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
  const rule = values.join(', ').replace(/, (?!.*, )/, ' or ');
  return { rule, brokenRule: (text) => (values.includes(text) ? undefined : rule) };
}

/** By a reading, one that was not sent before. */
function msgIdDemand(): Rule {
  const rule = `1 to ${MSG_ID_LENGTH_MAX} characters`;
  return {
    rule,
    brokenRule: (text, situation) => {
      if (text.length > MSG_ID_LENGTH_MAX) return rule;
      return isMsgIdValid(situation) ? undefined : 'not sent before';
    },
  };
}

/** By a reading, a date, and one close to the app's clock. */
function timeDemand(): Rule {
  const rule = '17 digits';
  return {
    rule,
    brokenRule: (text, situation) => {
      if (!isTimestamp(text)) return rule;
      if (isSentAtValid(situation)) return undefined;
      const [, window] = readingsOf(situation.state)['system-time'].split('window:');
      return parseTimestamp(text) === undefined ? 'a date that exists' : `within ${window} of the app's clock`;
    },
  };
}

/** Demanded by the document; refused by a reading only. */
function encodedDemand(field: 'message' | 'expandParams'): Demand<Verify> {
  const rule = 'URL-encoded';
  return {
    required: false,
    rule,
    brokenRule: (_, situation) => (isEncodingTaken(field, situation) ? undefined : rule),
  };
}

function brokenTokenRule(text: string): string | undefined {
  return isTokenWellFormed(text) ? undefined : 'STsid000000, 13 digits, 32 letters and digits';
}

function brokenPhoneNumRule(situation: Verify): string | undefined {
  const { request, state } = situation;
  const readings = readingsOf(state);
  const isRsa = request.keyType === 'rsa';
  // Whether a ciphertext can be read depends on the appKey in it.
  if ((isRsa && state.app === undefined) || TOKEN_VALIDATE_FACTS.phoneNumReadable(situation)) return undefined;
  if (isRsa) return `RSA ciphertext in ${readings['verify-rsa-encoding'] === 'hex' ? 'hex' : 'Base64'}`;
  return readings['verify-hex-case'] === 'any' ? '64 hex' : '64 upper-case hex';
}
