/** The parts of a request outside its body: method, path, content type. */
import { describe, expect, test } from 'vitest';
import { operationUnder } from '../../../src/protocol/operations.js';
import { judge, loginBody, requestOf, verdict, verifyBody } from '../../support/engine.js';

const login = (body: unknown, rest: Parameters<typeof requestOf>[2] = {}) =>
  requestOf('loginTokenValidate', body, rest);
const verify = (body: unknown, rest: Parameters<typeof requestOf>[2] = {}) => requestOf('tokenValidate', body, rest);

describe('the URL', () => {
  const right = { atLogin: true, atVerify: true };
  const wrong = { atLogin: false, atVerify: false };

  test.each([
    { method: 'POST', expected: right },
    { method: 'GET', expected: wrong },
    { method: 'PUT', expected: wrong },
    { method: 'HEAD', expected: wrong },
    { method: 'post', expected: wrong },
  ])('$method', ({ method, expected }) => {
    const exchange = { method };
    const atLogin = login(loginBody(), { exchange }).urlRight;
    expect({ atLogin, atVerify: verify(verifyBody(), { exchange }).urlRight }).toEqual(expected);
  });

  test.each([
    { path: '/unisdk/rsapi/loginTokenValidate/', verdict: '105313 urlRight' },
    { path: '/unisdk/rsapi/logintokenvalidate', verdict: '105313 urlRight' },
    { path: '/unisdk/rs/tokenValidate', verdict: '105313 urlRight' },
    { path: '/unisdk/', verdict: '105313 urlRight' },
    { path: '/openapi/rs/tokenValidate/', verdict: '303 urlRight' },
    { path: '/openapi/rsapi/loginTokenValidate', verdict: '303 urlRight' },
    { path: '/openapi/', verdict: '303 urlRight' },
  ])('$path is $verdict', ({ path, verdict: expected }) => {
    const operation = path.startsWith('/unisdk') ? 'loginTokenValidate' : 'tokenValidate';
    const body = operation === 'loginTokenValidate' ? loginBody() : verifyBody();
    expect(verdict(judge(operation, body, { exchange: { path } }).decision)).toBe(expected);
  });

  test.each(['/', '/unisdk', '/openapi', '/_mock/apps', '/x/unisdk/'])('%s is not a path of the carrier', (path) => {
    expect(operationUnder(path)).toBeUndefined();
  });
});

describe('content-type json checks the first Content-Type', () => {
  test.each([
    { rawHeaders: ['Content-Type', 'application/json'], expected: true },
    { rawHeaders: ['content-type', 'application/json'], expected: true },
    { rawHeaders: ['CONTENT-TYPE', 'Application/JSON'], expected: true },
    { rawHeaders: ['Content-Type', 'application/json;charset=utf-8'], expected: true },
    { rawHeaders: ['Content-Type', ' application/json ; charset=utf-8'], expected: true },
    { rawHeaders: ['Host', 'x', 'Content-Type', 'application/json'], expected: true },
    { rawHeaders: ['Content-Type', 'application/json', 'Content-Type', 'text/plain'], expected: true },
    { rawHeaders: ['Content-Type', 'text/plain', 'Content-Type', 'application/json'], expected: false },
    { rawHeaders: ['Content-Type', 'application/jsonp'], expected: false },
    { rawHeaders: ['Content-Type', 'text/json'], expected: false },
    { rawHeaders: ['Content-Type', 'application/x-www-form-urlencoded'], expected: false },
    { rawHeaders: ['Content-Type', 'text/plain; application/json'], expected: false },
    { rawHeaders: ['Content-Type', ''], expected: false },
    { rawHeaders: ['Content-Type'], expected: false },
    { rawHeaders: ['application/json', 'application/json'], expected: false },
    // A value equal to the name of the header is not a name.
    { rawHeaders: ['X-A', 'Content-Type', 'application/json', 'x'], expected: false },
    { rawHeaders: [], expected: false },
  ])('$rawHeaders: $expected', ({ rawHeaders, expected }) => {
    const json = { exchange: { rawHeaders }, readings: { 'content-type': 'json' } } as const;
    expect([login(loginBody(), json).contentTypeIsJson, verify(verifyBody(), json).contentTypeIsJson]).toEqual([
      expected,
      expected,
    ]);
    expect(login(loginBody(), { exchange: { rawHeaders } }).contentTypeIsJson).toBe(true);
  });
});
