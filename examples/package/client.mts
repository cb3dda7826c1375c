/** Compiles against the types of the client's package in an ES module. */
import { createCmpassportClient } from 'cmpassport-client';

const client = createCmpassportClient({ appId: '300000000001', appSecret: 'secret' });
export const answer = client.getPhoneNumber('token');
