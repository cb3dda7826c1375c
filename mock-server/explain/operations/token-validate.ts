/** How explanations treat tokenValidate. The document, 2.3. */

import { type Property, signingOf } from '../../../src/protocol/fields.js';
import { operationRow } from '../../../src/protocol/operations.js';
import { hmacSha256Hex } from '../../../src/protocol/sign.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { isEncodingAccepted, TOKEN_VALIDATE_FACTS, type Verify } from '../../carrier/engine/facts/token-validate.js';
import type { Readings } from '../../carrier/engine/readings.js';
import type { TokenValidateRequest } from '../../carrier/engine/request.js';
import { hexOf, upperHexOf } from '../evidence-words.js';
import { type FieldConstraint, MSG_ID, NOT_EMPTY, OPTIONAL, oneOf, SENT_AT, TOKEN } from '../field-constraints.js';
import type { ExplainedOperation } from './operation.js';

const REQUESTER_IS_APP = '0';
const URL_ENCODED: Bilingual = { en: 'URL-encoded', zh: '经过 URL 编码' };

export const TOKEN_VALIDATE: ExplainedOperation<TokenValidateRequest, Property<'tokenValidate'>, Verify> = {
  constraints: {
    version: { required: true, ...oneOf(operationRow('tokenValidate').version) },
    msgId: MSG_ID,
    sentAt: SENT_AT,
    appId: NOT_EMPTY,
    openType: {
      required: ({ requesterType }) => requesterType === REQUESTER_IS_APP,
      ...oneOf('0', '1', '2', '3'),
    },
    requesterType: { required: true, ...oneOf('0', '1') },
    message: urlEncoded('message'),
    expandParams: urlEncoded('expandParams'),
    // An absent keyType, and any value except 1, means 0: no text breaks a rule.
    keyType: OPTIONAL,
    phoneNum: { ...NOT_EMPTY, brokenRule: (_, situation) => brokenPhoneNumRule(situation) },
    token: TOKEN,
    sign: NOT_EMPTY,
  },
  hash: {
    fields: signingOf('tokenValidate', 'hmac').fields,
    algorithm: 'HMACSHA256',
    secretIn: 'key',
    digest: hmacSha256Hex,
  },
  rsa: { fields: signingOf('tokenValidate', 'rsa').fields, algorithm: 'MD5withRSA', keys: ['appVerifyKey'] },
  rsaSelector: 'keyType',
  usesRsa: ({ keyType }) => keyType === 'rsa',
  rsaEncoding: (readings) => readings['verify-rsa-encoding'],
  // Independent of 验签方式.
  signSecret: () => 'appKey',
  caseReading: 'verify-hex-case',
  urlEncoded: ['message', 'expandParams'],
  checksAddress: () => true,
};

/** The document requires the encoding; only one interpretation refuses a text without it. */
function urlEncoded(field: 'message' | 'expandParams'): FieldConstraint<Verify> {
  return {
    required: false,
    rule: URL_ENCODED,
    brokenRule: (_, situation) => (isEncodingAccepted(field, situation) ? undefined : URL_ENCODED),
  };
}

/** The length of a SHA-256 in hex. */
const HASH_LENGTH = 64;

const CIPHERTEXT: Readonly<Record<Readings['verify-rsa-encoding'], Bilingual>> = {
  hex: { en: 'RSA ciphertext in hex', zh: '十六进制编码的 RSA 密文' },
  base64: { en: 'RSA ciphertext in Base64', zh: 'Base64 编码的 RSA 密文' },
};

function brokenPhoneNumRule(situation: Verify): Bilingual | undefined {
  const { request, state } = situation;
  const readings = readingsOf(state);
  const isRsa = request.keyType === 'rsa';
  // Reading a ciphertext requires the appKey in it.
  if ((isRsa && state.app === undefined) || TOKEN_VALIDATE_FACTS.phoneNumReadable(situation)) return undefined;
  if (isRsa) return CIPHERTEXT[readings['verify-rsa-encoding']];
  return readings['verify-hex-case'] === 'any' ? hexOf(HASH_LENGTH) : upperHexOf(HASH_LENGTH);
}
