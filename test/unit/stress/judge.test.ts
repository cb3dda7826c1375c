/** The judge of fuzzed answers: what is documented passes, and nothing else does. */
import { describe, expect, test } from 'vitest';
import { callsIn, type OpenapiDocument } from '../../../bench/stress/fuzz/control-requests.js';
import type { Due } from '../../../bench/stress/fuzz/fuzzed.js';
import { createJudge } from '../../../bench/stress/fuzz/judge.js';
import type { Reply } from '../../../bench/stress/replies.js';
import { DOCUMENT } from '../../support/openapi.js';

const document = DOCUMENT as unknown as OpenapiDocument;
const judge = createJudge(document, callsIn(document));

const LOGIN: Due = { kind: 'carrier', operation: 'loginTokenValidate', misuse: false };
const VERIFY: Due = { kind: 'carrier', operation: 'tokenValidate', misuse: false };
const MISUSE: Due = { ...LOGIN, misuse: true };
const LIST_APPS: Due = { kind: 'control', operationId: 'listApps' };
const NOBODY: Due = { kind: 'nobody' };
const BYTES: Due = { kind: 'bytes' };

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
  test.each<{ readonly description: string; readonly due: Due; readonly given: Reply }>([
    { description: 'a refusal', due: LOGIN, given: refused },
    { description: 'a refusal to bytes', due: BYTES, given: refused },
    { description: "the mock's own word on its header", due: MISUSE, given: problem(400) },
    { description: 'a path that is nobody’s', due: NOBODY, given: problem(404) },
    { description: 'a list of apps', due: LIST_APPS, given: reply({ apps: [] }, { headers: json }) },
    { description: 'a body that cannot be read', due: LIST_APPS, given: problem(415) },
    { description: 'the runtime’s 431 to bytes', due: BYTES, given: runtime(431) },
  ])('$description', ({ due, given }) => {
    expect(judge.ofReply(due, given)).toBeUndefined();
  });
});

describe('undocumented', () => {
  test.each<{
    readonly description: string;
    readonly due: Due;
    readonly given: Reply;
    readonly found: string | RegExp;
  }>([
    { description: 'HTTP 500', due: LOGIN, given: { ...refused, status: 500 }, found: 'HTTP status 500' },
    {
      description: 'a code that the operation does not have',
      due: LOGIN,
      given: reply({ ...REFUSED, resultCode: '606' }, { headers: CARRIER }),
      found: /^\/resultCode is not one of/,
    },
    {
      description: 'a refusal with a number',
      due: LOGIN,
      given: reply({ ...REFUSED, msisdn: '13800138000' }, { headers: CARRIER }),
      found: '/msisdn is not absent',
    },
    { description: 'the other operation’s answer', due: VERIFY, given: refused, found: '/header is not present' },
    {
      description: 'JSON with white space',
      due: LOGIN,
      given: reply(JSON.stringify(REFUSED, undefined, 1), { headers: CARRIER }),
      found: 'no compact JSON',
    },
    { description: 'half of it', due: LOGIN, given: reply('{"inres', { headers: CARRIER }), found: 'no JSON' },
    {
      description: 'no request id',
      due: LOGIN,
      given: reply(REFUSED, { headers: { 'content-type': CARRIER['content-type'] } }),
      found: 'no X-Mock-Request-Id',
    },
    { description: 'a problem for a good request', due: LOGIN, given: problem(400), found: 'HTTP status 400' },
    { description: 'a 500 of the control API', due: LIST_APPS, given: problem(500), found: /^500 / },
    {
      description: 'a status that the call does not have',
      due: LIST_APPS,
      given: problem(409),
      found: /has no answer 409/,
    },
    {
      description: 'another shape',
      due: LIST_APPS,
      given: reply({ apps: [], more: 1 }, { headers: json }),
      found: /additional properties/,
    },
    {
      description: 'a stack trace',
      due: NOBODY,
      given: problem(404, 'TypeError: x\n    at f (main.js:1)'),
      found: 'it shows the inside of the server',
    },
    {
      description: 'a 4xx with a body that is nobody’s',
      due: BYTES,
      given: runtime(400, 'oops'),
      found: /^400 is not/,
    },
  ])('$description', ({ due, given, found }) => {
    expect(judge.ofReply(due, given)).toMatch(found);
  });

  test('something behind the last answer', () => {
    expect(judge.ofBytes({ replies: [refused], rest: 'HTTP/1.1 2' })).toMatch('no whole answer');
    expect(judge.ofBytes({ replies: [refused], rest: '' })).toBeUndefined();
  });
});
