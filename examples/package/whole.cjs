/** whole.mjs in CommonJS. */
const assert = require('node:assert/strict');
const { createFixtures } = require('cmpassport-mock/fixtures');
const { createCarrierHandlers } = require('cmpassport-mock/msw');
const { setupServer } = require('msw/node');

async function main() {
  const carrier = createCarrierHandlers();
  const network = setupServer(...carrier.handlers);
  network.listen();
  const response = await fetch('https://www.cmpassport.com/unisdk/rsapi/loginTokenValidate', {
    method: 'POST',
  });
  network.close();
  assert.equal((await response.json()).resultCode, '103412');
  assert.match(createFixtures({ seed: 'packed' }).subscriber().phoneNumber, /^1\d{10}$/);
}

main();
