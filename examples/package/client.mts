/** Compiles against the types of the client's package in an ES module. */
import { createCmpassportClient } from 'cmpassport-client';

const client = createCmpassportClient({ appId: '300000000001', appSecret: 'secret' });
export const answer = client.getPhoneNumber('token');
// @ts-expect-error without an appKey, there is no verifyPhoneNumber
void client.verifyPhoneNumber;
const rsa = { loginTokenValidate: 'rsa' } as const;
// @ts-expect-error without keys, there is no RSA
createCmpassportClient({ appId: '300000000001', appSecret: 'secret', signing: rsa });
