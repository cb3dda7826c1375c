/** token-validate-phone-num-rsa-malformed.json: invalid ciphertexts in phoneNum, keyType 1. The document, 2.3 phoneNum. */
import { APP_KEY, PHONE_NUMBER, RAW_SOURCE, VERIFY_TIMESTAMP } from './app.mjs';
import { malformedCiphertexts } from './malformed-ciphertexts.mjs';
import { KEY, phoneNumGroup } from './token-validate-phone-num-rsa.mjs';

const RIGHT = PHONE_NUMBER + APP_KEY + VERIFY_TIMESTAMP;

export const TOKEN_VALIDATE_PHONE_NUM_RSA_MALFORMED = {
  file: 'token-validate-phone-num-rsa-malformed',
  firstTcId: 1501,
  type: 'TokenValidatePhoneNumDecrypt',
  groups: [phoneNumGroup(RAW_SOURCE, malformedCiphertexts({ key: KEY, right: RIGHT, otherKeys: ['appSign2048'] }))],
};
