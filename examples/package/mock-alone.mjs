/** Runs in `cmpassport-mock exec`, where the mock's package is installed alone: its control API and its server. */
import assert from 'node:assert/strict';
import { connectMock } from 'cmpassport-mock/control';
import { createMockServer } from 'cmpassport-mock/server';

const { CMPASSPORT_BASE, CMPASSPORT_CONTROL_TOKEN } = process.env;
assert.ok(
  await connectMock({ url: CMPASSPORT_BASE, controlToken: CMPASSPORT_CONTROL_TOKEN }).createApp(),
);
const response = await fetch(`${CMPASSPORT_BASE}/unisdk/rsapi/loginTokenValidate`, {
  method: 'POST',
  body: '{}',
});
assert.equal(response.status, 200);
const server = await createMockServer();
await server.close();
