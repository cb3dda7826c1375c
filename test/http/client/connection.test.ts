/** Failed connections: which are retried, and the value of `maybeSent` in the errors. */
import { describe, expect, test } from 'vitest';
import {
  ExchangeError,
  type FetchedResponse,
  HttpStatusError,
  NetworkError,
} from '../../../src/index.js';
import { clientOf, loginText, rejection, TOKEN } from '../../support/client.js';
import { freePort } from '../../support/free-port.js';
import { startMock } from '../../support/mock.js';
import { tlsFolder } from '../../support/tls.js';
import { newScene, serve } from './scene.js';

const answer = (): FetchedResponse => new Response(loginText());

function failure(fields: object): Error {
  return Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('why'), fields),
  });
}

/** A fetch that fails with the given errors in order, and then responds. */
function failing(...failures: readonly unknown[]) {
  const calls: string[] = [];
  const fetch = async (
    _: string,
    { body }: { readonly body: string },
  ): Promise<FetchedResponse> => {
    const error = failures[calls.push(body) - 1];
    if (error !== undefined) throw error;
    return answer();
  };
  return { fetch, calls };
}

const REFUSED = failure({ code: 'ECONNREFUSED', syscall: 'connect' });
const NOT_SENT = [
  { what: 'ECONNREFUSED', error: REFUSED },
  { what: 'ENOTFOUND', error: failure({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }) },
  { what: 'EAI_AGAIN', error: failure({ code: 'EAI_AGAIN', syscall: 'getaddrinfo' }) },
  { what: 'EHOSTUNREACH', error: failure({ code: 'EHOSTUNREACH', syscall: 'connect' }) },
  { what: 'ENETUNREACH', error: failure({ code: 'ENETUNREACH', syscall: 'connect' }) },
  { what: 'ETIMEDOUT of connect', error: failure({ code: 'ETIMEDOUT', syscall: 'connect' }) },
  { what: 'undici’s connect timeout', error: failure({ code: 'UND_ERR_CONNECT_TIMEOUT' }) },
  {
    what: 'two addresses that refuse',
    error: failure({
      code: 'ECONNREFUSED',
      errors: [REFUSED.cause, failure({ code: 'ENETUNREACH', syscall: 'connect' }).cause],
    }),
  },
  { what: 'node:http’s own error', error: REFUSED.cause },
  {
    what: 'Bun’s refused connection',
    error: Object.assign(new TypeError('Unable to connect.'), { code: 'ECONNREFUSED' }),
  },
  {
    what: 'the refused connection of an older Bun',
    error: Object.assign(new Error('Unable to connect.'), { code: 'ConnectionRefused' }),
  },
  {
    what: 'Deno’s refused connection',
    error: new TypeError('fetch failed', {
      cause: new Error(
        'error sending request for url (https://www.cmpassport.com/): client error (Connect): tcp connect error: Connection refused (os error 111)',
      ),
    }),
  },
];

const MAYBE_SENT = [
  { what: 'ECONNRESET of read', error: failure({ code: 'ECONNRESET', syscall: 'read' }) },
  { what: 'EPIPE of write', error: failure({ code: 'EPIPE', syscall: 'write' }) },
  { what: 'ETIMEDOUT of read', error: failure({ code: 'ETIMEDOUT', syscall: 'read' }) },
  { what: 'EHOSTUNREACH of read', error: failure({ code: 'EHOSTUNREACH', syscall: 'read' }) },
  { what: 'undici’s socket error', error: failure({ code: 'UND_ERR_SOCKET' }) },
  { what: 'undici’s headers timeout', error: failure({ code: 'UND_ERR_HEADERS_TIMEOUT' }) },
  {
    what: 'TLS that breaks',
    error: failure({ code: 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC' }),
  },
  {
    what: 'one address that refuses and one that resets',
    error: failure({
      errors: [REFUSED.cause, failure({ code: 'ECONNRESET', syscall: 'read' }).cause],
    }),
  },
  {
    what: 'an error with its own code and a refusal as cause',
    error: Object.assign(failure({}), { code: 'E_MINE', cause: REFUSED }),
  },
  { what: 'an unknown error', error: new Error('no') },
];

const CERTIFICATES = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
];

// Concurrent, because each test waits for the pauses between attempts.
describe('errors of a fetch', () => {
  test.concurrent.each(NOT_SENT)(
    '$what is retried with the same request, three times in all',
    async ({ error }) => {
      const [retried, refused] = [failing(error, error), failing(error, error, error)];
      const [answer, found] = await Promise.all([
        clientOf(retried.fetch).getPhoneNumber(TOKEN),
        rejection(clientOf(refused.fetch).getPhoneNumber(TOKEN), NetworkError),
      ]);
      expect(answer).toMatchObject({ kind: 'phoneNumber' });
      expect([retried.calls.length, new Set(retried.calls).size, refused.calls.length]).toEqual([
        3, 1, 3,
      ]);
      expect(found).toMatchObject({ code: 'ERR_NETWORK', maybeSent: false });
      expect(found.message).toMatch(/, tried 3 times; nothing was sent$/);
    },
  );

  test.concurrent.each(MAYBE_SENT)(
    '$what may have been sent, and is not retried',
    async ({ error }) => {
      const { fetch, calls } = failing(error);
      const found = await rejection(clientOf(fetch).getPhoneNumber(TOKEN), NetworkError);
      expect(found).toMatchObject({ code: 'ERR_NETWORK', maybeSent: true });
      expect(calls).toHaveLength(1);
    },
  );

  test.concurrent.each(CERTIFICATES)('%s was not sent, and is not retried', async (code) => {
    const { fetch, calls } = failing(failure({ code }));
    expect(await rejection(clientOf(fetch).getPhoneNumber(TOKEN), NetworkError)).toMatchObject({
      maybeSent: false,
    });
    expect(calls).toHaveLength(1);
  });

  test.concurrent('a port that fetch blocks was not connected to, and is not retried', async () => {
    const client = clientOf(fetch, { baseUrl: 'http://127.0.0.1:6000', production: false });
    const error = await rejection(client.getPhoneNumber(TOKEN), NetworkError);
    expect(error).toMatchObject({ maybeSent: false });
    expect(error.message).toMatch(/no response \(bad port\); nothing was sent$/);
  });

  test.concurrent('a reset after a refused connection is not retried', async () => {
    const { fetch, calls } = failing(REFUSED, failure({ code: 'ECONNRESET', syscall: 'read' }));
    const error = await rejection(clientOf(fetch).getPhoneNumber(TOKEN), NetworkError);
    expect([error.maybeSent, calls.length]).toEqual([true, 2]);
  });

  test.concurrent.each([
    { connectAttempts: 1, expected: 1 },
    { connectAttempts: 2, expected: 2 },
    { connectAttempts: 5, expected: 5 },
  ])(
    'connectAttempts $connectAttempts limits the attempts',
    async ({ connectAttempts, expected }) => {
      const { fetch, calls } = failing(...Array.from({ length: 9 }, () => REFUSED));
      await rejection(clientOf(fetch, { connectAttempts }).getPhoneNumber(TOKEN), NetworkError);
      expect(calls).toHaveLength(expected);
    },
  );
});

describe('over real sockets', () => {
  test('if no server listens, nothing was sent', async () => {
    const baseUrl = `http://127.0.0.1:${await freePort()}`;
    const { login } = await newScene({}, { baseUrl });
    const error = await rejection(login(), NetworkError);
    expect(error).toMatchObject({ maybeSent: false, cause: { cause: { code: 'ECONNREFUSED' } } });
    expect(error.message).toContain('no response (ECONNREFUSED), tried 3 times');
  });

  test('if the host name is unknown, nothing was sent', async () => {
    const { login } = await newScene({}, { baseUrl: 'http://carrier.invalid', connectAttempts: 1 });
    expect(await rejection(login(), NetworkError)).toMatchObject({ maybeSent: false });
  });

  test('if the certificate is not trusted, nothing was sent, and there is one attempt', async () => {
    const { httpsUrl = '' } = await startMock({ httpsPort: 0, tlsDir: await tlsFolder() });
    let calls = 0;
    const { login, app } = await newScene(
      {},
      {
        baseUrl: httpsUrl,
        fetch: (url, init) => {
          calls += 1;
          return globalThis.fetch(url, init);
        },
      },
    );
    const error = await rejection(login(), NetworkError);
    expect([error.maybeSent, calls]).toEqual([false, 1]);
    expect(error.message).toMatch(/CERT|VERIFY|SIGNED/);
    await app.assertNeverCalled();
  });

  test('a redirect is not followed', async () => {
    const visited: (string | undefined)[] = [];
    const { url } = await serve((req, res) => {
      visited.push(req.url);
      res.writeHead(307, { location: '/elsewhere' }).end();
    });
    const { login } = await newScene({}, { baseUrl: url });
    const error = await rejection(login(), HttpStatusError);
    expect([error.status, error.maybeSent, visited]).toEqual([
      307,
      true,
      ['/unisdk/rsapi/loginTokenValidate'],
    ]);
  });

  test.each(['HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n', 'SSH-2.0-OpenSSH\r\n', ''])(
    'after a response that is not HTTP, the request may have been sent: %j',
    async (text) => {
      const { url } = await serve((_, res) => res.socket?.end(text));
      const { login } = await newScene({}, { baseUrl: url });
      expect(await rejection(login(), ExchangeError)).toMatchObject({
        code: 'ERR_NETWORK',
        maybeSent: true,
      });
    },
  );
});
