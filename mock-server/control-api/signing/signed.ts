/** Builds and signs a request. The document, 1.2 and 2.3. */
import {
  fieldsOf,
  requestBody,
  requestHeaders,
  signingsOf,
  type Texts,
} from '../../../src/protocol/fields.js';
import { byOperation, type Operation, operationRow } from '../../../src/protocol/operations.js';
import { encryptPhoneNum, hashPhoneNum, numberSecretOf } from '../../../src/protocol/phone-num.js';
import type { Operator } from '../../../src/protocol/portal.js';
import type { RsaKey } from '../../../src/protocol/rsa-keys.js';
import { encryptableBytes } from '../../../src/protocol/rsa-pkcs1.js';
import {
  encoded,
  type RequestKey,
  type Signature,
  signatureOf,
  signSecretOf,
} from '../../../src/protocol/signature.js';
import type { AppSettings } from '../../carrier/engine/app-settings.js';
import { signSchemesOf } from '../../explain/operations.js';
import { invalid } from '../problem.js';

export interface RequestInputs {
  readonly operation: Operation;
  readonly app: {
    readonly settings: Pick<
      AppSettings,
      'appId' | 'appKey' | 'appSecret' | 'signSecret' | 'readings'
    >;
  };
  readonly msgId: string;
  /** 17 digits. */
  readonly sentAt: string;
  readonly token: string;
  /** The number for phoneNum. */
  readonly phoneNumber: string | undefined;
  /** The operator of the token's number, if known. */
  readonly operator: Operator | undefined;
  /** For RSA: the app's private key, and 平台公钥. If undefined, the app's secret signs. */
  readonly rsa: { readonly key: RsaKey; readonly platformKey: RsaKey } | undefined;
  /** Replace the default values before signing; `sign` replaces the signature. */
  readonly fields: Texts;
}

interface Signed extends Signature {
  /** The HTTP headers that carry fields. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

const OPEN_TYPES: Readonly<Record<Operator, string>> = { mobile: '1', unicom: '2', telecom: '3' };

/** The values of the required fields that depend on nothing. */
const SAMPLES = byOperation((operation): Texts => {
  const required = fieldsOf(operation).filter((row) => row.required === true);
  return Object.fromEntries(
    required.map(({ property, sample, values = [] }) => [property, sample ?? values[0]]),
  );
});

/** @throws Problem if the phone number is required, and is unknown or cannot be encrypted */
export function signedRequest(inputs: RequestInputs): Signed {
  const { operation, fields } = inputs;
  const defaults = defaultTexts(inputs);
  const texts: Texts = {
    ...defaults,
    ...fields,
    userInformation: fields.userInformation ?? defaults.userInformation,
  };
  const needsPhoneNum = fieldsOf(operation).some(({ property }) => property === 'phoneNum');
  const phoneNum =
    texts.phoneNum ?? (needsPhoneNum ? phoneNumOf(inputs, texts.sentAt ?? '') : undefined);
  const sent = { ...texts, phoneNum };
  const signature = signatureOf(operation, sent, signingKey(inputs));
  const complete = { ...sent, sign: fields.sign ?? signature.sign };
  return {
    headers: requestHeaders(operation, complete),
    body: requestBody(operation, complete),
    ...signature,
  };
}

/** The values of all operations' fields. A request contains only the fields of its operation. */
function defaultTexts({
  operation,
  app,
  msgId,
  sentAt,
  token,
  operator,
  rsa,
}: RequestInputs): Texts {
  const selected = signingsOf(operation).find(({ name }) => name === 'rsa')?.selectedBy;
  return {
    ...SAMPLES[operation],
    version: operationRow(operation).version,
    msgId,
    sentAt,
    appId: app.settings.appId,
    openType: operator === undefined ? '0' : OPEN_TYPES[operator],
    token,
    keyType: '0',
    ...(selected && rsa && { [selected.property]: selected.value }),
  };
}

function signingKey({ operation, app: { settings }, rsa: given }: RequestInputs): RequestKey {
  const { rsa } = signSchemesOf(operation);
  const name = signSecretOf(operation, settings);
  if (given === undefined) return { secret: name === undefined ? '' : settings[name] };
  return { privateKey: given.key, ...(rsa && { encoding: rsa.encoding(settings.readings) }) };
}

function phoneNumOf(
  { operation, app, token, phoneNumber, rsa }: RequestInputs,
  timestamp: string,
): string {
  if (phoneNumber === undefined) throw invalid('/phoneNumber', 'signing.no-number', { token });
  const { readings } = app.settings;
  const secret = numberSecretOf(operation);
  const appKey = secret === undefined ? '' : app.settings[secret];
  const hidden = { phoneNumber, appKey, timestamp };
  if (rsa === undefined) return hashPhoneNum(hidden);
  const bytesMax = encryptableBytes(rsa.platformKey);
  const bytes = Buffer.byteLength(phoneNumber + appKey + timestamp);
  if (bytes > bytesMax) throw invalid('/signing', 'signing.too-long', { bytes, max: bytesMax });
  const encoding = signSchemesOf(operation).rsa?.encoding(readings) ?? 'base64';
  return encoded(encryptPhoneNum(hidden, rsa.platformKey), encoding);
}
