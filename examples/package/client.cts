/** client.mts in CommonJS. */
import client = require('cmpassport-client');

export const created = client.createCmpassportClient({ appId: '300000000001', appKey: 'key' });
// @ts-expect-error without a private key, there is no getH5PhoneNumber
void created.getH5PhoneNumber;
export const answer = created.verifyPhoneNumber({ token: 'token', phoneNumber: '13800138000' });
