/** How explanations treat loginTokenValidate. The document, 1.2. */
import { type Property, signingOf } from '../../../src/protocol/fields.js';
import { operationRow } from '../../../src/protocol/operations.js';
import { md5Hex } from '../../../src/protocol/sign.js';
import { checksAddress, type Login, usesRsa } from '../../carrier/engine/facts/login-token-validate.js';
import type { LoginTokenRequest } from '../../carrier/engine/request.js';
import { MSG_ID, NOT_EMPTY, OPTIONAL, oneOf, SENT_AT, TOKEN } from '../field-constraints.js';
import type { ExplainedOperation } from './operation.js';

export const LOGIN_TOKEN_VALIDATE: ExplainedOperation<LoginTokenRequest, Property<'loginTokenValidate'>, Login> = {
  constraints: {
    version: { required: true, ...oneOf(operationRow('loginTokenValidate').version) },
    msgId: MSG_ID,
    sentAt: SENT_AT,
    strictCheck: { required: true, ...oneOf('0', '1') },
    appId: NOT_EMPTY,
    expandParams: OPTIONAL,
    token: TOKEN,
    sign: NOT_EMPTY,
    encryptionAlgorithm: OPTIONAL,
  },
  hash: { fields: signingOf('loginTokenValidate', 'md5').fields, algorithm: 'MD5', secretIn: 'text', digest: md5Hex },
  rsa: {
    fields: signingOf('loginTokenValidate', 'rsa').fields,
    algorithm: 'SHA256withRSA',
    // The second encrypts the msisdn of the response.
    keys: ['appVerifyKey', 'appEncryptKey'],
  },
  rsaSelector: 'encryptionAlgorithm',
  usesRsa,
  rsaEncoding: () => 'hex',
  signSecret: (settings) => settings.signSecret,
  caseReading: 'login-md5-case',
  urlEncoded: [],
  checksAddress,
};
