/** The carrier and its control API without HTTP: the request that they receive, the response that a caller receives, and aborted exchanges. */
import { ReadableStream } from 'node:stream/web';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../../mock-server/carrier/engine/request.js';
import { type Delivery, problemReply, type Reply } from '../../../mock-server/carrier/reply.js';
import type { ControlRequest } from '../../../mock-server/control-api/control-exchange.js';
import { CLOSE_GRACE_MS, holdAnswers } from '../../../mock-server/http/deliver.js';
import {
  exchange,
  type InProcessEndpoint,
  inProcessFetch,
} from '../../../mock-server/in-process/in-process-fetch.js';
import { createCarrierHandlers } from '../../../mock-server/msw.js';
import { LOGIN_PATH } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';

const ENDPOINT: InProcessEndpoint = {
  answerCarrier: () => problemReply({ status: 500, title: '', detail: '' }),
  answerControl: async () => ({ status: 204, headers: {} }),
  held: holdAnswers(undefined),
  basePath: '',
  clientIp: '203.0.113.7',
};

function fetchFrom(endpoint: Partial<InProcessEndpoint>): typeof fetch {
  return inProcessFetch((request) => exchange({ ...ENDPOINT, ...endpoint }, request));
}

const URL_OF_LOGIN = `http://a.test${LOGIN_PATH}`;
const BODY = '{"resultCode":"103000"}';

/** A carrier that returns this reply. */
function replying(
  changes: Partial<Reply>,
  endpoint: Partial<InProcessEndpoint> = {},
): typeof fetch {
  const reply: Reply = {
    status: 200,
    contentType: 'application/json;charset=UTF-8',
    headers: [],
    body: BODY,
    requestId: 'id',
    explanationUrl: undefined,
    resultCode: '103000',
    decidedBy: 'allMet',
    delivery: undefined,
    onEnd: undefined,
    ...changes,
  };
  return fetchFrom({ answerCarrier: () => reply, ...endpoint });
}

const late = (delivery: Partial<Delivery>): Delivery => ({
  delayMs: 0,
  fault: undefined,
  ...delivery,
});

describe('the carrier receives', () => {
  async function exchangeOf(
    input: string | Request,
    init?: RequestInit,
    basePath = '',
  ): Promise<Exchange> {
    let seen: Exchange | undefined;
    const answerCarrier = (received: Exchange) => {
      seen = received;
      return problemReply({ status: 400, title: '', detail: '' });
    };
    await fetchFrom({ answerCarrier, basePath })(input, init);
    if (seen === undefined) throw new Error('the carrier received no request');
    return seen;
  }

  test('method, path, headers and the address of the caller', async () => {
    const init = { method: 'PATCH', headers: { 'X-One': '1' } };
    const seen = await exchangeOf(`https://www.cmpassport.com${LOGIN_PATH}?b=c`, init);
    expect([seen.method, seen.path, seen.clientIp]).toEqual(['PATCH', LOGIN_PATH, '203.0.113.7']);
    expect(seen.rawHeaders).toEqual(['host', 'www.cmpassport.com', 'x-one', '1']);
  });

  test.each([
    { description: 'below a path', url: `http://a.test/cm${LOGIN_PATH}`, basePath: '/cm' },
    {
      description: 'below /_mock/carrier',
      url: `http://a.test/_mock/carrier${LOGIN_PATH}`,
      basePath: '',
    },
  ])('a path without the base, $description', async ({ url, basePath }) => {
    expect((await exchangeOf(url, {}, basePath)).path).toBe(LOGIN_PATH);
  });

  test.each([
    { description: 'bytes that are not text', bytes: Buffer.from([0xff, 0x00, 0xc3]) },
    { description: 'a byte order mark', bytes: Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]) },
    { description: 'no bytes', bytes: Buffer.alloc(0) },
    { description: '64 KiB', bytes: Buffer.alloc(64 * 1024, 'x') },
  ])('a body of $description unchanged, with its length', async ({ bytes }) => {
    const { body, bodyBytes, rawHeaders } = await exchangeOf(URL_OF_LOGIN, {
      method: 'POST',
      body: bytes,
    });
    expect([body, bodyBytes]).toEqual([bytes.toString(), bytes.length]);
    expect(rawHeaders.slice(-2)).toEqual(['content-length', String(bytes.length)]);
  });

  test('the length of a longer body, and its first 64 KiB', async () => {
    const seen = await exchangeOf(URL_OF_LOGIN, {
      method: 'POST',
      body: Buffer.alloc(1024 * 1024, 'x'),
    });
    expect([seen.body.length, seen.bodyBytes]).toEqual([64 * 1024, 1024 * 1024]);
  });

  test('no Content-Length without a body', async () => {
    const seen = await exchangeOf(URL_OF_LOGIN, {
      method: 'POST',
      headers: { 'content-length': '5' },
    });
    expect([seen.rawHeaders, seen.bodyBytes]).toEqual([['host', 'a.test'], 0]);
  });

  test('the Content-Type that fetch adds to a text', async () => {
    const { rawHeaders } = await exchangeOf(URL_OF_LOGIN, { method: 'POST', body: 'x' });
    expect(rawHeaders).toContain('text/plain;charset=UTF-8');
  });

  test('the parts of a Request object', async () => {
    const seen = await exchangeOf(
      new Request(URL_OF_LOGIN, { method: 'PUT', body: 'y', headers: { 'x-z': '1' } }),
    );
    expect([seen.method, seen.path, seen.body]).toEqual(['PUT', LOGIN_PATH, 'y']);
    expect(seen.rawHeaders).toContain('x-z');
  });
});

test.each([
  {
    url: 'http://a.test/cm/_mock/apps?y',
    basePath: '/cm',
    expected: ['http://a.test/cm', '/_mock/apps?y'],
  },
  { url: 'https://a.test:1/cm', basePath: '/cm', expected: ['https://a.test:1/cm', '/'] },
  { url: 'http://a.test/cm?y', basePath: '/cm', expected: ['http://a.test/cm', '/?y'] },
  { url: 'http://a.test', basePath: '', expected: ['http://a.test', '/'] },
])(
  'the control API receives $url below "$basePath" as $expected',
  async ({ url, basePath, expected }) => {
    let seen: ControlRequest | undefined;
    const answerControl: InProcessEndpoint['answerControl'] = async (request) => {
      seen = request;
      return { status: 201, headers: { 'X-A': 'b' }, body: 'hello' };
    };
    const response = await fetchFrom({ answerControl, basePath })(url, {
      method: 'POST',
      headers: { Authorization: 'Bearer a' },
      body: 'sent',
    });
    expect([seen?.base, seen?.url]).toEqual(expected);
    expect(seen?.headers).toMatchObject({ host: new URL(url).host, authorization: 'Bearer a' });
    expect(String(Buffer.from((await seen?.body()) ?? []))).toBe('sent');
    expect([
      response.status,
      response.headers.get('x-a'),
      response.headers.get('content-length'),
      await response.text(),
    ]).toEqual([201, 'b', '5', 'hello']);
  },
);

describe('the caller receives', () => {
  test('status, status text, headers and body', async () => {
    const response = await replying({})(URL_OF_LOGIN);
    expect([response.status, response.statusText, await response.text()]).toEqual([
      200,
      'OK',
      BODY,
    ]);
    const names = [...response.headers.keys()];
    expect(names).toEqual([
      'content-length',
      'content-type',
      'x-mock',
      'x-mock-decided-by',
      'x-mock-request-id',
    ]);
  });

  test('HEAD without a body, with the length of the omitted body', async () => {
    const response = await replying({})(URL_OF_LOGIN, { method: 'HEAD' });
    expect([response.headers.get('content-length'), response.body]).toEqual([
      String(BODY.length),
      null,
    ]);
  });

  test.each([{ fault: { kind: 'reset' } }, { fault: { kind: 'lose' } }] as const)(
    '$fault.kind as a failed fetch',
    async ({ fault }) => {
      const response = replying({ delivery: late({ fault }) })(URL_OF_LOGIN);
      await expect(response).rejects.toMatchObject({
        name: 'TypeError',
        message: 'fetch failed',
        cause: { code: 'ECONNRESET' },
      });
    },
  );

  test('half of a truncated response, then an error', async () => {
    const response = await replying({ delivery: late({ fault: { kind: 'truncate' } }) })(
      URL_OF_LOGIN,
    );
    const reader = response.body?.getReader();
    expect(String(Buffer.from((await reader?.read())?.value ?? []))).toBe(
      BODY.slice(0, BODY.length / 2),
    );
    await expect(reader?.read()).rejects.toMatchObject({
      name: 'TypeError',
      message: 'terminated',
      cause: { code: 'UND_ERR_SOCKET' },
    });
  });

  test('a dripped response completely', async () => {
    const response = await replying({ delivery: late({ fault: { kind: 'drip', overMs: 50 } }) })(
      URL_OF_LOGIN,
    );
    expect(await response.text()).toBe(BODY);
  });

  test('a failed fetch for a held response when the carrier is disposed', async () => {
    const closing = new AbortController();
    const held = holdAnswers(closing.signal);
    const response = replying(
      { delivery: late({ fault: { kind: 'hang' } }) },
      { held },
    )(URL_OF_LOGIN);
    await new Promise((resolve) => setImmediate(resolve));
    closing.abort();
    await expect(response).rejects.toMatchObject({
      message: 'fetch failed',
      cause: { code: 'UND_ERR_SOCKET' },
    });
  });
});

describe('an exchange ends', () => {
  const HELD = late({ delayMs: CLOSE_GRACE_MS });

  test('with the caller’s reason if the caller aborts before the response', async () => {
    const abort = new AbortController();
    const response = replying({ delivery: HELD })(URL_OF_LOGIN, { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(response).rejects.toThrow('enough');
  });

  test('with the caller’s reason if the caller aborts during the body', async () => {
    const abort = new AbortController();
    const fault = { kind: 'drip', overMs: CLOSE_GRACE_MS } as const;
    const response = await replying({ delivery: late({ fault }) })(URL_OF_LOGIN, {
      signal: abort.signal,
    });
    abort.abort(new Error('enough'));
    await expect(response.text()).rejects.toThrow('enough');
  });

  test('before it begins if the signal is already aborted', async () => {
    const answerCarrier = () => expect.unreachable();
    const answerControl = () => new Promise<never>(() => undefined);
    for (const url of [URL_OF_LOGIN, 'http://a.test/_mock/apps']) {
      const response = fetchFrom({ answerCarrier, answerControl })(url, {
        signal: AbortSignal.abort('why'),
      });
      await expect(response).rejects.toBe('why');
    }
  });

  test('when the reader cancels or aborts a stream of the control API', async () => {
    const ends: unknown[] = [];
    const answerControl = async () => ({
      status: 200,
      headers: {},
      body: new ReadableStream<Uint8Array>({ cancel: (reason) => void ends.push(reason) }),
    });
    const openEvents = (init?: RequestInit) =>
      fetchFrom({ answerControl })('http://a.test/_mock/events', init);
    await (await openEvents()).body?.cancel('left');
    const abort = new AbortController();
    const { body } = await openEvents({ signal: abort.signal });
    abort.abort('aborted');
    await expect(body?.getReader().read()).rejects.toBe('aborted');
    await eventually('both ends', () => (ends.length === 2 ? true : undefined));
    expect(ends).toEqual(['left', 'aborted']);
  });
});

describe('carrier.fetch', () => {
  test('handles a request without msw', async () => {
    const carrier = createCarrierHandlers();
    const { token } = await carrier.mint({ phoneNumber: '13800138000' });
    const { path, body } = await carrier.signedRequest({ operation: 'loginTokenValidate', token });
    const response = await carrier.fetch(`https://www.cmpassport.com${path}`, {
      method: 'POST',
      body,
    });
    expect(await response.json()).toMatchObject({ resultCode: '103000', msisdn: '13800138000' });
    await carrier.assertCalledOnce({ resultCode: '103000' });
  });

  test('handles requests below each base, the longer base first', async () => {
    const carrier = createCarrierHandlers({ bases: ['https://a.test', 'https://a.test/cm'] });
    for (const base of ['https://a.test', 'https://a.test/cm']) {
      expect((await carrier.fetch(`${base}/_mock/health`)).status).toBe(200);
    }
  });

  test.each(['https://b.test/', 'http://a.test/cm/x', 'https://a.test/cmx'])(
    'refuses %s',
    async (url) => {
      const carrier = createCarrierHandlers({ bases: ['https://a.test/cm'] });
      await expect(carrier.fetch(url)).rejects.toThrow(
        /^carrier\.fetch serves addresses below https:\/\/a\.test\/cm, found /,
      );
    },
  );
});
