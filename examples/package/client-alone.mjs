/** Uses the client's package alone: builds a request, and reads a response. */
import assert from 'node:assert/strict';
import { buildLoginTokenValidateRequest, createCmpassportClient } from 'cmpassport-client';

const response = {
  inresponseto: 'one',
  resultCode: '103000',
  msisdn: '13800138000',
  taskId: '188b0744159f413e9bfe7ecc5d5bcc71',
};
const client = createCmpassportClient({
  appId: '300000000001',
  appSecret: 'secret',
  newMsgId: () => 'one',
  fetch: async () => new Response(JSON.stringify(response)),
});
const answer = await client.getPhoneNumber(
  'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ',
);
assert.equal(answer.kind === 'phoneNumber' && answer.phoneNumber, '13800138000');
assert.equal(typeof buildLoginTokenValidateRequest, 'function');
