/** The facts that all operations share. The document, 1.2 and 2.3. */
import { type RequestField, signingOf, stringToSign } from '../../../../src/protocol/fields.js';
import { operationRow } from '../../../../src/protocol/operations.js';
import { modulusBits } from '../../../../src/protocol/rsa-keys.js';
import { fromHex, hmacSha256Hex, md5Hex, upperHex, verifyRsa } from '../../../../src/protocol/sign.js';
import { isTimestamp, parseTimestamp } from '../../../../src/protocol/timestamp.js';
import { parseDuration } from '../../../../src/text/duration.js';
import type { TokenCapability } from '../app-settings.js';
import type { CarrierRequest } from '../request.js';
import { type ForeignToken, isTokenLive, type State } from '../state.js';
import { isTokenWellFormed } from '../token-format.js';
import { decodeRsa, type Fact, readingsOf, type Situation } from './situation.js';

export const MSG_ID_LENGTH_MAX = 36;
const PORTAL_MODULUS_BITS = 1024;

export function isFilled(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

/** The document, 1.2 msgid: 1 to 36 characters, counted in UTF-16 units as in Java. For tokenValidate that is inferred. With a reading, it must also be new. */
export function isMsgIdValid({ request: { msgId }, state }: Situation): boolean {
  if (!isFilled(msgId) || msgId.length > MSG_ID_LENGTH_MAX) return false;
  return readingsOf(state)['msgid-replay'] === 'allowed' || !state.msgIdSeen;
}

/** 17 digits. Depending on `system-time`, also a valid date, or a time within a window around the app's clock. */
export function isSentAtValid({ request: { sentAt }, state, nowMs }: Situation): boolean {
  if (sentAt === undefined || !isTimestamp(sentAt)) return false;
  const reading = readingsOf(state)['system-time'];
  if (reading === 'digits') return true;
  const sentAtMs = parseTimestamp(sentAt);
  return sentAtMs !== undefined && Math.abs(sentAtMs - nowMs) <= (windowMs(reading) ?? Number.POSITIVE_INFINITY);
}

/** The duration of `window:<duration>`, before and after the app's time; undefined for another option. */
function windowMs(reading: string): number | undefined {
  const [, duration] = reading.split('window:');
  return duration === undefined ? undefined : parseDuration(duration);
}

// The characters that the URL encoders of common languages do not encode. expandParams may also contain = and |: the
// document does not state whether they are encoded.
const URL_ENCODED = /^(?:[\w.~!'()*+-]|%[0-9A-Fa-f]{2})*$/;
const URL_ENCODED_PAIRS = /^(?:[\w.~!'()*+=|-]|%[0-9A-Fa-f]{2})*$/;

/** Any text; depending on `verify-params-encoding`, only a URL-encoded one. */
export function isEncodingAccepted(property: RequestField['property'], { request, state }: Situation): boolean {
  if (readingsOf(state)['verify-params-encoding'] !== 'encoded') return true;
  return (property === 'expandParams' ? URL_ENCODED_PAIRS : URL_ENCODED).test(request[property] ?? '');
}

export function isRequired({ required }: RequestField, request: CarrierRequest): boolean {
  return typeof required === 'boolean' ? required : request[required.property] === required.value;
}

/** Whether a field that was sent breaks no rule of the parameters. Token and phoneNum have rules of their own. */
function isFieldValid(field: RequestField, situation: Situation): boolean {
  const { request } = situation;
  const text = request[field.property];
  if (!isFilled(text)) return !isRequired(field, request);
  switch (field.format) {
    case 'msgId':
      return isMsgIdValid(situation);
    case 'timestamp':
      return isSentAtValid(situation);
    case 'urlEncoded':
      return isEncodingAccepted(field.property, situation);
    default:
      return field.values === undefined || field.values.includes(text);
  }
}

export function areFieldsValid(fields: readonly RequestField[], situation: Situation): boolean {
  for (const field of fields) if (!isFieldValid(field, situation)) return false;
  return true;
}

function signValid(situation: Situation): boolean {
  const { operation, signing, sign = '' } = situation.request;
  const { app } = situation.state;
  if (app === undefined) return false;
  const { key, fields } = signingOf(operation, signing);
  if (typeof key === 'object') return isRsaSignValid(situation);
  const expected =
    key === 'secretAtEnd'
      ? md5Hex(stringToSign(fields, situation.request, app.md5Secret))
      : hmacSha256Hex(stringToSign(fields, situation.request), app.hmacKey);
  const reading = key === 'secretAtEnd' ? 'login-md5-case' : 'verify-hex-case';
  return (app.settings.readings[reading] === 'any' ? upperHex(sign) : sign) === expected;
}

function isRsaSignValid({ request, state: { app } }: Situation): boolean {
  const { key, fields } = signingOf(request.operation, request.signing);
  if (app === undefined || typeof key !== 'object') return false;
  const { readings } = app.settings;
  // The readings of the encoding and of the keys are for Base64, so for tokenValidate.
  const isBase64 = key.encoding === 'base64';
  const bits = isBase64 && readings['verify-key-size'] === '1024' ? PORTAL_MODULUS_BITS : undefined;
  const signature = isBase64 ? decodeRsa(request.sign, app) : fromHex(request.sign ?? '');
  if (signature === undefined) return false;
  const acceptsBoth = isBase64 && readings['verify-sign-key'] === 'either';
  const keys = [app.verifyKey, ...(acceptsBoth ? [app.encryptKey] : [])];
  return keys
    .filter((publicKey) => publicKey !== undefined)
    .filter((publicKey) => bits === undefined || modulusBits(publicKey) === bits)
    .some((publicKey) => verifyRsa(key.digest, stringToSign(fields, request), signature, publicKey));
}

export const SHARED_FACTS = {
  urlRight: ({ request }) => request.urlRight,
  tokenPresent: ({ request }) => isFilled(request.token),
  appKnown: ({ state }) => state.app !== undefined,
  capabilityGranted: ({ request, state }) => state.app?.capabilities.has(capabilityFor(request)) === true,
  signValid,
  serviceUp: ({ state }) => state.storeUp && !state.unmetByPersona.includes('serviceUp'),
  tokenWellFormed: ({ request }) => isTokenWellFormed(request.token ?? ''),
  tokenKnown: ({ state }) =>
    state.token !== undefined ||
    (state.foreignToken !== undefined &&
      (readingsOf(state)['other-apps-dead-token'] === '103133' || isForeignTokenAlive(state.foreignToken))),
  tokenOfThisApp: ({ state }) => state.token !== undefined,
  tokenOfThisCapability: ({ request, state }) => state.token?.capability === capabilityFor(request),
  tokenLive: ({ state, nowMs }) => state.token !== undefined && isTokenLive(state.token, nowMs),
  tokenUnused: ({ state }) => state.token?.usedBy === undefined,
  callsLeft: ({ state }) => hasCallsLeft(state),
} satisfies Readonly<Record<string, Fact>>;

function capabilityFor({ operation }: CarrierRequest): TokenCapability {
  return operationRow(operation).capability;
}

function isForeignTokenAlive({ record, nowMs }: ForeignToken): boolean {
  return record.usedBy === undefined && isTokenLive(record, nowMs);
}

function hasCallsLeft({ callLimit, callsUsed }: State): boolean {
  const limit = callLimit?.limit ?? null;
  return limit === null || callsUsed < limit;
}
