/** tokenValidate's request, signed. The document, 2.3. */
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { encryptPhoneNum, hashPhoneNum, type PhoneNumFields } from '../../../src/protocol/phone-num.js';
import type { RsaKey } from '../../../src/protocol/rsa-keys.js';
import { encryptableBytes } from '../../../src/protocol/rsa-pkcs1.js';
import { hmacSha256Hex, signRsa } from '../../../src/protocol/sign.js';
import { tokenValidateText } from '../../../src/protocol/string-to-sign.js';
import type { App } from '../../engine/app-settings.js';
import type { Operator, TokenRecord } from '../../engine/state.js';
import { TOKEN_VALIDATE_FIELDS } from '../../explain/documented-fields.js';
import { quote } from '../../schema-problem.js';
import { invalid } from '../problem.js';
import { inOrder, type Maker, type Signed } from './signed.js';
import type { Texts, Wish } from './wish.js';

export interface VerifySources {
  /** The token, where it is one of this app's. */
  readonly minted: TokenRecord | undefined;
  /** The private half of 平台公钥, which has the other in it. */
  readonly platformKey: RsaKey;
}

const [, { version: VERSION }] = OPERATIONS;
const OPEN_TYPES: Readonly<Record<Operator, string>> = { mobile: '1', unicom: '2', telecom: '3' };
const OPEN_TYPE_UNKNOWN = '0';

/** @throws Problem where the number is not known, or cannot be encrypted */
export function signVerify({ app, msgId, timestamp }: Maker, wish: Wish, sources: VerifySources): Signed {
  const { token, key, fields } = wish;
  const { minted } = sources;
  const texts: Texts = {
    version: VERSION,
    msgId,
    timestamp,
    appId: app.settings.appId,
    openType: minted === undefined ? OPEN_TYPE_UNKNOWN : OPEN_TYPES[minted.operator],
    requesterType: '0',
    keyType: key === undefined ? '0' : '1',
    token,
    ...fields,
  };
  const phoneNum = texts['phoneNum'] ?? phoneNumOf(wish, { app, timestamp: texts['timestamp'] ?? '', ...sources });
  const stringToSign = textOf({ ...texts, phoneNum });
  const sign =
    key === undefined
      ? hmacSha256Hex(stringToSign, app.settings.appKey)
      : encoded(signRsa('RSA-MD5', stringToSign, key), app);
  return { body: envelopeOf({ ...texts, phoneNum, sign }), stringToSign, sign };
}

function textOf({ appId = '', msgId = '', phoneNum = '', timestamp = '', token = '', version = '' }: Texts): string {
  return tokenValidateText({ appId, msgId, phoneNum, timestamp, token, version });
}

function envelopeOf(texts: Texts) {
  const half = (name: 'header' | 'body') =>
    inOrder(
      TOKEN_VALIDATE_FIELDS.filter(({ container }) => container === name),
      texts,
    );
  return { header: half('header'), body: half('body') };
}

interface PhoneNumSources extends VerifySources {
  readonly app: App;
  /** As it is sent. */
  readonly timestamp: string;
}

function phoneNumOf(
  { token, phoneNumber: given, key }: Wish,
  { app, timestamp, minted, platformKey }: PhoneNumSources,
): string {
  const phoneNumber = given ?? minted?.phoneNumber;
  if (phoneNumber === undefined)
    throw invalid({
      pointer: '/phoneNumber',
      detail: `is missing: the app has no token ${quote(token)} that would tell it`,
    });
  const hidden: PhoneNumFields = { phoneNumber, appKey: app.settings.appKey, timestamp };
  if (key === undefined) return hashPhoneNum(hidden);
  checkLength(hidden, platformKey);
  return encoded(encryptPhoneNum(hidden, platformKey), app);
}

function checkLength({ phoneNumber, appKey, timestamp }: PhoneNumFields, platformKey: RsaKey): void {
  const bytesMax = encryptableBytes(platformKey);
  const bytes = Buffer.byteLength(phoneNumber + appKey + timestamp);
  if (bytes <= bytesMax) return;
  throw invalid({
    pointer: '/signing',
    detail: `"rsa" cannot encrypt phone number, appKey and timestamp: they have ${bytes} bytes, and 平台公钥 takes ${bytesMax}`,
  });
}

function encoded(bytes: Buffer, { settings }: App): string {
  return settings.readings['verify-rsa-encoding'] === 'hex'
    ? bytes.toString('hex').toUpperCase()
    : bytes.toString('base64');
}
