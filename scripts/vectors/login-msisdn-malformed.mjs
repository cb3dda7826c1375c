/** login-msisdn-malformed.json: invalid ciphertexts in the response of loginTokenValidate. The document, 1.2 msisdn. */
import { PHONE_NUMBER, RAW_SOURCE } from './app.mjs';
import { KEY, msisdnGroup } from './login-msisdn.mjs';
import { malformedCiphertexts } from './malformed-ciphertexts.mjs';

export const LOGIN_MSISDN_MALFORMED = {
  file: 'login-msisdn-malformed',
  firstTcId: 1601,
  type: 'LoginMsisdnDecrypt',
  groups: [
    msisdnGroup(RAW_SOURCE, KEY, malformedCiphertexts({ key: KEY, right: PHONE_NUMBER, otherKeys: ['weak512'] })),
  ],
};
