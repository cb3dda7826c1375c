/** The checks of fuzzed responses accept exactly what is documented. */
import { describe, expect, test } from 'vitest';
import { callsIn, type OpenapiDocument } from '../../../bench/stress/fuzz/control-requests.js';
import type { Expected } from '../../../bench/stress/fuzz/fuzzed.js';
import { createJudge } from '../../../bench/stress/fuzz/judge.js';
import type { Reply } from '../../../bench/stress/replies.js';
import { DOCUMENT } from '../../support/openapi.js';

const document = DOCUMENT as unknown as OpenapiDocument;
const judge = createJudge(document, callsIn(document));

const LOGIN: Expected = { kind: 'carrier', operation: 'loginTokenValidate', misuse: false };
const VERIFY: Expected = { kind: 'carrier', operation: 'tokenValidate', misuse: false };
const MISUSE: Expected = { ...LOGIN, misuse: true };
const LIST_APPS: Expected = { kind: 'control', operationId: 'listApps' };
const STRAY: Expected = { kind: 'stray' };
const BYTES: Expected = { kind: 'bytes' };

const REFUSED = {
  inresponseto: '',
  resultCode: '103412',
  systemtime: '20261125093619762',
  taskId: '0123456789abcdef0123456789abcdef',
};
const CARRIER = {
  'content-type': 'application/json;charset=UTF-8',
  'x-mock': '1',
  'x-mock-request-id': '000000-0123456789abcdef',
};

function reply(body: unknown, { status = 200, headers = {} }: { status?: number; headers?: object } = {}): Reply {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: new Map(Object.entries(headers)), body: text };
}

const refused = reply(REFUSED, { headers: CARRIER });
const problem = (status: number, detail = 'x') =>
  reply(
    { type: 'about:blank', title: 'x', status, detail },
    { status, headers: { 'content-type': 'application/problem+json; charset=utf-8' } },
  );
const runtime = (status: number, body = '') => reply(body, { status, headers: { connection: 'close' } });
const json = { 'content-type': 'application/json; charset=utf-8' };

describe('documented', () => {
  test.each<{ readonly description: string; readonly expected: Expected; readonly given: Reply }>([
    { description: 'a refusal', expected: LOGIN, given: refused },
    { description: 'a refusal of invalid bytes', expected: BYTES, given: refused },
    { description: 'an error about a header of the mock', expected: MISUSE, given: problem(400) },
    { description: '404 for an unknown path', expected: STRAY, given: problem(404) },
    { description: 'a list of apps', expected: LIST_APPS, given: reply({ apps: [] }, { headers: json }) },
    { description: '415 for a body that cannot be parsed', expected: LIST_APPS, given: problem(415) },
    { description: '431 of the runtime for invalid bytes', expected: BYTES, given: runtime(431) },
  ])('$description', ({ expected, given }) => {
    expect(judge.ofReply(expected, given)).toBeUndefined();
  });
});

describe('undocumented', () => {
  test.each<{
    readonly description: string;
    readonly expected: Expected;
    readonly given: Reply;
    readonly found: string | RegExp;
  }>([
    { description: 'HTTP 500', expected: LOGIN, given: { ...refused, status: 500 }, found: 'HTTP status 500' },
    {
      description: 'a code that the operation does not have',
      expected: LOGIN,
      given: reply({ ...REFUSED, resultCode: '606' }, { headers: CARRIER }),
      found: /^\/resultCode is not one of/,
    },
    {
      description: 'a refusal with a number',
      expected: LOGIN,
      given: reply({ ...REFUSED, msisdn: '13800138000' }, { headers: CARRIER }),
      found: '/msisdn is not absent',
    },
    {
      description: 'the response of the other operation',
      expected: VERIFY,
      given: refused,
      found: '/header is not present',
    },
    {
      description: 'JSON with white space',
      expected: LOGIN,
      given: reply(JSON.stringify(REFUSED, undefined, 1), { headers: CARRIER }),
      found: 'not compact JSON',
    },
    {
      description: 'truncated JSON',
      expected: LOGIN,
      given: reply('{"inres', { headers: CARRIER }),
      found: 'not JSON',
    },
    {
      description: 'no request id',
      expected: LOGIN,
      given: reply(REFUSED, { headers: { 'content-type': CARRIER['content-type'] } }),
      found: 'no X-Mock-Request-Id',
    },
    { description: 'an error for a valid request', expected: LOGIN, given: problem(400), found: 'HTTP status 400' },
    { description: 'a 500 of the control API', expected: LIST_APPS, given: problem(500), found: /^500 / },
    {
      description: 'a status that the call does not have',
      expected: LIST_APPS,
      given: problem(409),
      found: /has no response 409/,
    },
    {
      description: 'another shape',
      expected: LIST_APPS,
      given: reply({ apps: [], more: 1 }, { headers: json }),
      found: /additional properties/,
    },
    {
      description: 'a stack trace',
      expected: STRAY,
      given: problem(404, 'TypeError: x\n    at f (main.js:1)'),
      found: 'the response reveals internals of the server',
    },
    {
      description: 'a 4xx with an unknown body',
      expected: BYTES,
      given: runtime(400, 'oops'),
      found: /^400 is not/,
    },
  ])('$description', ({ expected, given, found }) => {
    expect(judge.ofReply(expected, given)).toMatch(found);
  });

  test('bytes after the last response', () => {
    expect(judge.ofBytes({ replies: [refused], rest: 'HTTP/1.1 2' })).toMatch('incomplete response');
    expect(judge.ofBytes({ replies: [refused], rest: '' })).toBeUndefined();
  });
});
