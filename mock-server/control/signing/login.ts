/** loginTokenValidate's request, signed. The document, 1.2. */
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { md5Hex, signRsa } from '../../../src/protocol/sign.js';
import { loginMd5Text, loginRsaText } from '../../../src/protocol/string-to-sign.js';
import { LOGIN_TOKEN_VALIDATE_FIELDS } from '../../explain/documented-fields.js';
import { inOrder, type Maker, type Signed } from './signed.js';
import type { Texts, Wish } from './wish.js';

const [{ version: VERSION }] = OPERATIONS;

export function signLogin({ app, msgId, timestamp }: Maker, { token, key, fields }: Wish): Signed {
  const { appId } = app.settings;
  const texts: Texts = {
    version: VERSION,
    msgid: msgId,
    systemtime: timestamp,
    strictcheck: '0',
    appid: appId,
    token,
    ...(key !== undefined && { encryptionalgorithm: 'RSA' }),
    ...fields,
  };
  const stringToSign = key === undefined ? md5Text(texts, app.md5Secret) : rsaText(texts);
  const sign =
    key === undefined ? md5Hex(stringToSign) : signRsa('RSA-SHA256', stringToSign, key).toString('hex').toUpperCase();
  return { body: inOrder(LOGIN_TOKEN_VALIDATE_FIELDS, { ...texts, sign }), stringToSign, sign };
}

function md5Text(texts: Texts, secret: string): string {
  const { appid = '', version = '', msgid = '', systemtime = '', strictcheck = '', token = '' } = texts;
  const signed = { appId: appid, version, msgId: msgid, systemTime: systemtime, strictCheck: strictcheck, token };
  return loginMd5Text(signed, secret);
}

function rsaText({ appid = '', token = '' }: Texts): string {
  return loginRsaText({ appId: appid, token });
}
