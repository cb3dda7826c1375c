/** The documented fields of both operations by their wire names, and what is demanded of each. The document, 1.2 and 2.3. */

import { isTimestamp, parseTimestamp } from '../../src/protocol/timestamp.js';
import type { Login } from '../engine/facts/login-token-validate.js';
import { isMsgIdValid, isSentAtValid } from '../engine/facts/shared.js';
import { readingsOf, type Situation } from '../engine/facts/situation.js';
import { TOKEN_VALIDATE_FACTS, type Verify } from '../engine/facts/token-validate.js';
import type { CarrierRequest } from '../engine/request.js';
import { isTokenWellFormed } from '../engine/token-format.js';

export const MSG_ID_LENGTH_MAX = 36;

/** Verify's envelope. Login's fields stand at the top. */
export const CONTAINERS = ['header', 'body'] as const;
export type Container = (typeof CONTAINERS)[number];
export const CONTAINER_RULE = 'an object';

export interface FieldRow<S extends Situation<CarrierRequest>> {
  readonly name: string;
  readonly container: Container | undefined;
  /** By the app's readings. */
  readonly textIn: (request: S['request']) => string | undefined;
  /** A function where it depends on what else was sent. */
  readonly required: boolean | ((request: S['request']) => boolean);
  /** What is demanded, in a few words that stand in any language. */
  readonly rule: string;
  /** The rule that a text which is not empty breaks; no demand on it where left out. */
  readonly brokenRule?: (text: string, situation: S) => string | undefined;
}

const NOT_EMPTY = { required: true, rule: 'not empty' } as const;
const OPTIONAL = { required: false, rule: 'String' } as const;

export const LOGIN_TOKEN_VALIDATE_FIELDS: readonly FieldRow<Login>[] = [
  { name: 'version', container: undefined, textIn: ({ version }) => version, required: true, ...oneOf('2.0') },
  { name: 'msgid', container: undefined, textIn: ({ msgId }) => msgId, required: true, ...msgIdDemand() },
  { name: 'systemtime', container: undefined, textIn: ({ sentAt }) => sentAt, required: true, ...timeDemand() },
  {
    name: 'strictcheck',
    container: undefined,
    textIn: ({ strictCheck }) => strictCheck,
    required: true,
    ...oneOf('0', '1'),
  },
  { name: 'appid', container: undefined, textIn: ({ appId }) => appId, ...NOT_EMPTY },
  { name: 'expandparams', container: undefined, textIn: ({ expandParams }) => expandParams, ...OPTIONAL },
  { name: 'token', container: undefined, textIn: ({ token }) => token, ...NOT_EMPTY, brokenRule: brokenTokenRule },
  { name: 'sign', container: undefined, textIn: ({ sign }) => sign, ...NOT_EMPTY },
  {
    name: 'encryptionalgorithm',
    container: undefined,
    textIn: ({ encryptionAlgorithm }) => encryptionAlgorithm,
    ...OPTIONAL,
  },
];

const REQUESTER_IS_APP = '0';

export const TOKEN_VALIDATE_FIELDS: readonly FieldRow<Verify>[] = [
  { name: 'version', container: 'header', textIn: ({ version }) => version, required: true, ...oneOf('1.0') },
  { name: 'msgId', container: 'header', textIn: ({ msgId }) => msgId, required: true, ...msgIdDemand() },
  { name: 'timestamp', container: 'header', textIn: ({ sentAt }) => sentAt, required: true, ...timeDemand() },
  { name: 'appId', container: 'header', textIn: ({ appId }) => appId, ...NOT_EMPTY },
  {
    name: 'openType',
    container: 'body',
    textIn: ({ openType }) => openType,
    required: ({ requesterType }) => requesterType === REQUESTER_IS_APP,
    ...oneOf('0', '1', '2', '3'),
  },
  {
    name: 'requesterType',
    container: 'body',
    textIn: ({ requesterType }) => requesterType,
    required: true,
    ...oneOf('0', '1'),
  },
  { name: 'message', container: 'body', textIn: ({ message }) => message, ...OPTIONAL },
  { name: 'expandParams', container: 'body', textIn: ({ expandParams }) => expandParams, ...OPTIONAL },
  // Absent and anything but 1 is 0: no text breaks a rule.
  { name: 'keyType', container: 'body', textIn: () => undefined, ...OPTIONAL },
  {
    name: 'phoneNum',
    container: 'body',
    textIn: ({ phoneNum }) => phoneNum,
    ...NOT_EMPTY,
    brokenRule: (_, situation) => brokenPhoneNumRule(situation),
  },
  { name: 'token', container: 'body', textIn: ({ token }) => token, ...NOT_EMPTY, brokenRule: brokenTokenRule },
  { name: 'sign', container: 'body', textIn: ({ sign }) => sign, ...NOT_EMPTY },
];

/** The documented names of one half of verify's envelope. */
export function namesIn(container: Container): readonly string[] {
  return TOKEN_VALIDATE_FIELDS.filter((row) => row.container === container).map(({ name }) => name);
}

type Demand = Pick<FieldRow<Situation<CarrierRequest>>, 'rule'> & {
  readonly brokenRule: (text: string, situation: Situation<CarrierRequest>) => string | undefined;
};

/** `0, 1 or 2`. */
function oneOf(...values: readonly string[]): Demand {
  const rule = values.join(', ').replace(/, (?!.*, )/, ' or ');
  return { rule, brokenRule: (text) => (values.includes(text) ? undefined : rule) };
}

/** By a reading, one that was not sent before. */
function msgIdDemand(): Demand {
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
function timeDemand(): Demand {
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
