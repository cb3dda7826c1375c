/** tokenValidate's request, signed. The document, 2.3. */
import { requestBody } from '../../../src/protocol/fields.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { encryptPhoneNum, hashPhoneNum, type PhoneNumFields } from '../../../src/protocol/phone-num.js';
import type { RsaKey } from '../../../src/protocol/rsa-keys.js';
import { encryptableBytes } from '../../../src/protocol/rsa-pkcs1.js';
import { encoded, signatureOf } from '../../../src/protocol/signature.js';
import type { App } from '../../carrier/engine/app-settings.js';
import type { Operator, TokenRecord } from '../../carrier/engine/state.js';
import { quote } from '../../schemas/schema-problem.js';
import { invalid } from '../problem.js';
import type { Maker, Signed } from './signed.js';
import type { Wish } from './wish.js';

export interface VerifySources {
  /** The token, where it is one of this app's. */
  readonly minted: TokenRecord | undefined;
  /** The private half of 平台公钥, which has the other in it. */
  readonly platformKey: RsaKey;
}

const [, { operation: OPERATION, version: VERSION }] = OPERATIONS;
const OPEN_TYPES: Readonly<Record<Operator, string>> = { mobile: '1', unicom: '2', telecom: '3' };
const OPEN_TYPE_UNKNOWN = '0';

/** @throws Problem where the number is not known, or cannot be encrypted */
export function signVerify({ app, msgId, sentAt }: Maker, wish: Wish, sources: VerifySources): Signed {
  const { token, key, fields } = wish;
  const { minted } = sources;
  const texts = {
    version: VERSION,
    msgId,
    sentAt,
    appId: app.settings.appId,
    openType: minted === undefined ? OPEN_TYPE_UNKNOWN : OPEN_TYPES[minted.operator],
    requesterType: '0',
    keyType: key === undefined ? '0' : '1',
    token,
    ...fields,
  };
  const phoneNum = texts.phoneNum ?? phoneNumOf(wish, { app, timestamp: texts.sentAt, ...sources });
  const sent = { ...texts, phoneNum };
  const encoding = app.settings.readings['verify-rsa-encoding'];
  const signingKey = key === undefined ? { secret: app.settings.appKey } : { privateKey: key, encoding };
  const signature = signatureOf(OPERATION, sent, signingKey);
  return { body: requestBody(OPERATION, { ...sent, sign: signature.sign }), ...signature };
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
      detail: {
        en: `is missing: the app has no token ${quote(token)} that would tell it`,
        zh: `缺失：应用没有 token ${quote(token)}，无从得知手机号码`,
      },
    });
  const hidden: PhoneNumFields = { phoneNumber, appKey: app.settings.appKey, timestamp };
  if (key === undefined) return hashPhoneNum(hidden);
  checkLength(hidden, platformKey);
  return encoded(encryptPhoneNum(hidden, platformKey), app.settings.readings['verify-rsa-encoding']);
}

function checkLength({ phoneNumber, appKey, timestamp }: PhoneNumFields, platformKey: RsaKey): void {
  const bytesMax = encryptableBytes(platformKey);
  const bytes = Buffer.byteLength(phoneNumber + appKey + timestamp);
  if (bytes <= bytesMax) return;
  throw invalid({
    pointer: '/signing',
    detail: {
      en: `"rsa" cannot encrypt phone number, appKey and timestamp: they have ${bytes} bytes, and 平台公钥 takes ${bytesMax}`,
      zh: `为 "rsa" 时无法加密手机号码、appKey 和 timestamp：共 ${bytes} 字节，平台公钥最多能加密 ${bytesMax} 字节`,
    },
  });
}
