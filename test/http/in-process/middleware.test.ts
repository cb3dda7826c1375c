/** createCarrierMiddleware in Express, connect and node:http: which requests it handles, passes on and refuses. */
import type { RequestListener } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { describe, expect, test } from 'vitest';
import { type CarrierMiddleware, createCarrierMiddleware } from '../../../mock-server/server.js';
import { LOGIN, resultCodeOf } from '../../support/endpoints.js';
import { HEALTHY } from '../../support/health.js';
import { type Answer, send } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';
import { faultClient, postBytes } from '../adapters/fault-client.js';
import { serve } from './app.js';

const errorHandler: ErrorRequestHandler = (error, _req, res, _next) =>
  void res.status(500).send(`handled: ${error.message}`);

/** An Express app with the carrier and its own routes. */
function appWith(carrier: CarrierMiddleware, ...before: readonly RequestHandler[]): Express {
  const app = express();
  for (const middleware of before) app.use(middleware);
  app.use(carrier);
  app.get('/mine', (_req, res) => void res.send('mine'));
  app.post('/mine', express.json(), (req, res) => void res.json(req.body));
  return app.use(errorHandler);
}

async function exchange(carrier: CarrierMiddleware, url: string): Promise<Answer> {
  const app = await carrier.mock.app('300000000001');
  const { token } = await app.mint();
  return send(url, 'POST', LOGIN.path, loginRequest(app, token));
}

/** Runs middleware in order, as connect does. */
function connectLike(
  ...stack: readonly ((
    ...args: [...Parameters<RequestListener>, next: (error?: unknown) => void]
  ) => void)[]
): RequestListener {
  return (req, res) => {
    const run = (at: number, error?: unknown): void => {
      if (error !== undefined)
        res.writeHead(500).end(`handled: ${error instanceof Error ? error.message : error}`);
      else if (at === stack.length) res.writeHead(404).end('not found');
      else stack[at]?.(req, res, (failed) => run(at + 1, failed));
    };
    run(0);
  };
}

describe('an Express app', () => {
  test('handles an operation', async () => {
    const carrier = createCarrierMiddleware();
    const url = await serve(appWith(carrier));
    const { status, text, headers } = await exchange(carrier, url);
    expect([status, resultCodeOf(text), headers.get('x-mock-decided-by')]).toEqual([
      200,
      '103000',
      'allMet',
    ]);
    await (await carrier.mock.app('300000000001')).assertCharged(1);
  });

  test('keeps its own routes and bodies', async () => {
    const url = await serve(appWith(createCarrierMiddleware()));
    expect((await send(url, 'GET', '/mine')).text).toBe('mine');
    expect((await send(url, 'POST', '/mine', { a: 'b' })).json).toEqual({ a: 'b' });
    expect((await send(url, 'GET', '/_mocked')).status).toBe(404);
    expect((await send(url, 'GET', '/unisdk')).text).not.toContain('"resultCode"');
  });

  test('passes other methods and paths below the carrier’s prefixes to the carrier', async () => {
    const url = await serve(appWith(createCarrierMiddleware()));
    expect((await send(url, 'GET', '/unisdk/other')).json).toMatchObject({ resultCode: '105313' });
    expect((await send(url, 'PUT', '/openapi/')).json).toMatchObject({
      header: { resultCode: '303' },
    });
  });

  test.each([
    {
      description: 'a call of the JSSDK',
      path: '/h5/onekeylogin/authGetToken',
      detail: 'the JSSDK',
    },
    {
      description: 'a double slash',
      path: '//unisdk/rsapi/loginTokenValidate',
      detail: 'a double slash',
    },
  ])('names $description, and records it', async ({ path, detail }) => {
    const carrier = createCarrierMiddleware();
    const { status, json } = await send(await serve(appWith(carrier)), 'POST', path, {});
    expect([status, json.detail]).toEqual([404, expect.stringContaining(detail)]);
    expect(await carrier.mock.requests()).toMatchObject([{ path, resultCode: null }]);
  });

  test('also has the control API', async () => {
    const url = await serve(appWith(createCarrierMiddleware({ controlToken: 'secret' })));
    expect((await send(url, 'GET', '/_mock/health')).json).toEqual(HEALTHY);
    expect((await send(url, 'GET', '/_mock/apps')).status).toBe(401);
    const { json } = await send(url, 'GET', '/_mock/apps', undefined, {
      authorization: 'Bearer secret',
    });
    expect(json.apps).toHaveLength(1);
    expect((await send(url, 'GET', '/_mock/none')).json).toMatchObject({ status: 401 });
  });

  test('handles requests below its mount path', async () => {
    const carrier = createCarrierMiddleware();
    const url = await serve(express().use('/a/b', carrier));
    expect((await exchange(carrier, `${url}/a/b`)).json).toMatchObject({ resultCode: '103000' });
    expect((await send(url, 'POST', LOGIN.path, {})).status).toBe(404);
    expect((await send(`${url}/a/b`, 'GET', '/_mock/health')).json).toEqual(HEALTHY);
    expect(await carrier.mock.requests()).toMatchObject([{ path: LOGIN.path }]);
  });

  test('has the mount path in the commands of the atlas', async () => {
    const url = await serve(express().use(['/cm', '/:tenant/pay'], createCarrierMiddleware()));
    for (const mount of ['/cm', '/a-b/pay']) {
      const { json } = await send(url + mount, 'GET', '/_mock/result-codes');
      const curls: readonly string[] = json.codes.flatMap(
        ({ ways }: { ways: { curl: string }[] }) => ways.map(({ curl }) => curl),
      );
      const places = curls.flatMap(
        (curl) => curl.match(/http:\/\/[^/]+\S*?(?=\/_mock|\/unisdk|\/openapi)/g) ?? [],
      );
      expect([...new Set(places)]).toEqual([url + mount]);
    }
  });

  test('receives an error if a parser has read the body', async () => {
    const carrier = createCarrierMiddleware();
    const url = await serve(appWith(carrier, express.json()));
    for (const path of [LOGIN.path, '/_mock/apps']) {
      const { status, text } = await send(url, 'POST', path, { token: '' });
      expect([status, text]).toEqual([
        500,
        expect.stringMatching(
          /^handled: .*createCarrierMiddleware: mount the middleware before body parsers/,
        ),
      ]);
    }
    expect(await carrier.mock.requests()).toEqual([]);
    expect((await send(url, 'POST', '/mine', { a: 'b' })).status).toBe(200);
  });
});

describe('a connect server', () => {
  test('handles requests, passes on others, and receives an error if the body was read', async () => {
    const carrier = createCarrierMiddleware();
    const withReadBody = await serve(
      connectLike((req, _res, next) => void req.resume().on('end', next), carrier),
    );
    const url = await serve(connectLike((_req, _res, next) => next(), carrier));
    expect((await exchange(carrier, url)).json).toMatchObject({ resultCode: '103000' });
    expect((await send(url, 'GET', '/')).text).toBe('not found');
    expect((await send(withReadBody, 'POST', LOGIN.path, {})).text).toMatch(
      /^handled: the body of this request was read/,
    );
  });

  test('without next it is a request listener', async () => {
    const carrier = createCarrierMiddleware();
    const url = await serve(carrier);
    expect((await exchange(carrier, url)).json).toMatchObject({ resultCode: '103000' });
    expect((await send(url, 'GET', '/elsewhere')).json).toMatchObject({
      status: 404,
      title: 'Not found',
    });
    const withReadBody = await serve(
      (req, res) => void req.resume().on('end', () => carrier(req, res)),
    );
    expect(await send(withReadBody, 'POST', LOGIN.path, {})).toMatchObject({
      status: 500,
      text: expect.stringMatching(/was read/),
    });
  });
});

describe('options', () => {
  test('an invalid configuration throws at once', () => {
    const wrong = { configuration: { apps: [{ appId: 1 }] } };
    expect(() => createCarrierMiddleware(wrong as never)).toThrow(/^\/apps\/0\/appId .*found 1$/);
  });

  test('an invalid proxy is an error of each request and of the control API’s client', async () => {
    const carrier = createCarrierMiddleware({ trustProxy: ['nonsense'] });
    const url = await serve(appWith(carrier));
    expect((await send(url, 'POST', LOGIN.path, {})).text).toMatch(
      /^handled: trustProxy must be .*nonsense/,
    );
    expect((await send(url, 'GET', '/mine')).text).toBe('mine');
    await expect(carrier.mock.apps()).rejects.toThrow(/trustProxy must be .*nonsense/);
  });
});

test('requests of a connection are handled in turn', async () => {
  const client = faultClient(await serve(appWith(createCarrierMiddleware())));
  const post = (outcome: string) => postBytes({ path: LOGIN.path, body: {}, outcome });
  client.send(Buffer.concat([post('delay(50ms) 103511'), post('reset')]));
  expect((await client.ended()).text).toContain('103511');
});

test('close ends hanging responses and streams, so a server need not wait', async () => {
  const carrier = createCarrierMiddleware();
  const client = faultClient(await serve(appWith(carrier)));
  const stream = await carrier.mock.events();
  client.send(postBytes({ path: LOGIN.path, body: {}, outcome: 'hang' }));
  for await (const { outcome } of stream) {
    expect(outcome).toBe('hang');
    carrier.close();
  }
  expect((await client.ended()).text).toBe('');
});
