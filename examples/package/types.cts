/** What the compiler makes of the package in a CommonJS module. */
import client = require('cmpassport-mock');
import contracts = require('cmpassport-mock/contracts');
import control = require('cmpassport-mock/control');

export const made: client.CmpassportClient = client.createCmpassportClient({ appId: '1', appSecret: 'secret' });
export const mock: control.Mock = control.connectMock({ url: 'http://127.0.0.1:10086' });
export const codes = contracts.RESULT_CODES;
