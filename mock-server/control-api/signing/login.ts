/** loginTokenValidate's request, signed. The document, 1.2. */
import { requestBody } from '../../../src/protocol/fields.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { signatureOf } from '../../../src/protocol/signature.js';
import type { Maker, Signed } from './signed.js';
import type { Wish } from './wish.js';

const [{ operation: OPERATION, version: VERSION }] = OPERATIONS;

export function signLogin({ app, msgId, sentAt }: Maker, { token, key, fields }: Wish): Signed {
  const { appId } = app.settings;
  const encryptionAlgorithm = key === undefined ? undefined : 'RSA';
  const texts = { version: VERSION, msgId, sentAt, strictCheck: '0', appId, token, encryptionAlgorithm, ...fields };
  const signature = signatureOf(OPERATION, texts, key === undefined ? { secret: app.md5Secret } : { privateKey: key });
  return { body: requestBody(OPERATION, { ...texts, sign: signature.sign }), ...signature };
}
