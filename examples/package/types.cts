/** Compiles against the package's types in a CommonJS module. */
import client = require('cmpassport-client');
import contracts = require('cmpassport-mock/contracts');
import control = require('cmpassport-mock/control');
import fixtures = require('cmpassport-mock/fixtures');
import msw = require('cmpassport-mock/msw');
import server = require('cmpassport-mock/server');
import node = require('msw/node');

export const created: client.CmpassportClient = client.createCmpassportClient({
  appId: '1',
  appKey: 'key',
  appSecret: 'secret',
});
export const mock: control.Mock = control.connectMock({ url: 'http://127.0.0.1:10086' });
export const codes = contracts.RESULT_CODES;
export const built: fixtures.FixtureApp = fixtures.createFixtures({ seed: 1 }).app();
export const started: Promise<server.MockServer> = server.createMockServer({ port: 0 });
export const middleware = server.createCarrierMiddleware();
export const carrier: control.MockApp & msw.InProcessCarrier = msw.createCarrierHandlers();
export const network = node.setupServer(...carrier.handlers);
