/** client-alone.mjs in CommonJS. */
const assert = require('node:assert/strict');
const { createCmpassportClient } = require('cmpassport-client');

const client = createCmpassportClient({ appId: '300000000001', appSecret: 'secret' });
assert.rejects(client.getPhoneNumber(''), { code: 'ERR_ARGUMENT' });
