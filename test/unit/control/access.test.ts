/** Who may use the control API: a call of each kind, with every kind of caller. call-access.test pins the kind of each call. */
import { describe, expect, test } from 'vitest';
import { ROUTES } from '../../../mock-server/control-api/routes.js';
import type { Who } from '../../../src/control/calls/calls.js';
import { type Bench, charge, controlBench, createApp } from '../../support/control.js';

const SERVER = 'the-servers-token';
const OWN = 'token-of-this-app';
const OTHER = 'token-of-another-app';

/** Some permitted calls return 404 here, so the tests only check whether the status is 401. */
const UNAUTHORIZED = 401;

interface Scene extends Bench {
  readonly appId: string;
  readonly requestId: string;
}

/** Three apps: one with its own token, another with a different token, a third without. */
async function newScene(controlToken?: string): Promise<Scene> {
  const bench = await controlBench(controlToken === undefined ? {} : { controlToken });
  const as = (token: string | undefined) =>
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  const make = async (settings: object) =>
    (await bench.api.post('/_mock/apps').set(as(controlToken)).send(settings).expect(201)).body;
  const open = await make({ appId: 'locked' });
  const { requestId } = await charge({ ...bench, api: withToken(bench, controlToken) }, open);
  await bench.api
    .patch('/_mock/apps/locked')
    .set(as(controlToken))
    .send({ controlToken: OWN })
    .expect(200);
  await make({ appId: 'other', controlToken: OTHER });
  await make({ appId: 'unlocked' });
  return { ...bench, appId: 'locked', requestId };
}

const unchanged = new Map<string | undefined, Promise<Scene>>();

/** One for all calls that change nothing. */
function unchangedScene(controlToken: string | undefined): Promise<Scene> {
  const known = unchanged.get(controlToken) ?? newScene(controlToken);
  unchanged.set(controlToken, known);
  return known;
}

/** Sends the token with each request. */
function withToken({ api }: Bench, token: string | undefined): Bench['api'] {
  if (token === undefined) return api;
  return new Proxy(api, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as (path: string) => {
        set: (headers: object) => unknown;
      };
      return (path: string) => method.call(target, path).set({ authorization: `Bearer ${token}` });
    },
  });
}

interface Call {
  readonly token: string | undefined;
  /** Whether the call names the app, if its query or body can. */
  readonly namesApp: boolean;
}

async function statusOf(
  { api, appId, requestId }: Scene,
  row: (typeof ROUTES)[number],
  { token, namesApp }: Call,
) {
  const path = row.path
    .replace(':appId', appId)
    .replace('/requests/:id', `/requests/${requestId}`)
    .replace(':operation', 'tokenValidate')
    .replace(/:\w+/, 'nothing');
  const query = row.who === 'query' && namesApp ? `?appId=${appId}` : '';
  // The guard treats HEAD like GET, and an event stream does not stay open.
  const method = row.method === 'get' ? 'head' : row.method;
  const call = api[method](`${path}${query}`);
  if (token !== undefined) call.set('authorization', `Bearer ${token}`);
  const { status } = await (method === 'head'
    ? call
    : call.send(row.who === 'body' && namesApp ? { appId } : {}));
  return status;
}

interface CallerRow extends Partial<Call> {
  readonly caller: string;
  readonly server?: string;
  /** The kinds of calls that the caller may use. */
  readonly allowed: readonly Who[];
}

const OF_AN_APP: readonly Who[] = ['path', 'query', 'body', 'request'];
const ALL: readonly Who[] = ['anyone', 'server', ...OF_AN_APP];
/** A reading and a changing call of each kind. */
const SAMPLES = ALL.flatMap((who) => {
  const rows = ROUTES.filter((row) => row.who === who);
  return [
    rows.find(({ method }) => method === 'get'),
    rows.find(({ method }) => method !== 'get'),
  ].filter((row) => row !== undefined);
});

const CALLERS: readonly CallerRow[] = [
  { caller: 'the server’s token', server: SERVER, token: SERVER, allowed: ALL },
  {
    caller: 'the server’s token, no app named',
    server: SERVER,
    token: SERVER,
    namesApp: false,
    allowed: ALL,
  },
  { caller: 'the app’s token', server: SERVER, token: OWN, allowed: ['anyone', ...OF_AN_APP] },
  {
    caller: 'the app’s token, no app named',
    server: SERVER,
    token: OWN,
    namesApp: false,
    allowed: ['anyone', 'path', 'request'],
  },
  { caller: 'another app’s token', server: SERVER, token: OTHER, allowed: ['anyone'] },
  { caller: 'no token', server: SERVER, allowed: ['anyone'] },
  { caller: 'the app’s token', token: OWN, allowed: ALL },
  { caller: 'another app’s token', token: OTHER, allowed: ['anyone', 'server'] },
  { caller: 'no token', allowed: ['anyone', 'server'] },
  {
    caller: 'no token, no app named',
    namesApp: false,
    allowed: ['anyone', 'server', 'query', 'body'],
  },
];

describe.each(CALLERS)(
  '$caller, on a server whose token is $server',
  ({ server, token, namesApp = true, allowed }) => {
    test.each(SAMPLES)('$method $path', async (row) => {
      const expected = allowed.includes(row.who) ? 'allowed' : 'refused';
      const changes = row.method !== 'get' && expected === 'allowed';
      const scene = await (changes ? newScene(server) : unchangedScene(server));
      const status = await statusOf(scene, row, { token, namesApp });
      expect(status === UNAUTHORIZED ? 'refused' : 'allowed').toBe(expected);
    });
  },
);

test.each([
  { description: 'capitals', path: '/_mock/APPS/locked' },
  { description: 'a slash at the end', path: '/_mock/apps/locked/' },
  { description: 'an encoded letter', path: '/_mock/apps/%6Cocked' },
  { description: 'capitals at the front', path: '/_MOCK/apps/locked' },
])('a control token protects every spelling of a path: $description', async ({ path }) => {
  const { api } = await newScene();
  await api.get(path).expect(401);
  await api.get(path).set('authorization', `Bearer ${OWN}`).expect(200);
});

test.each([
  { description: 'with a word before', header: `x Bearer ${OWN}` },
  { description: 'with a word after', header: `Bearer ${OWN} x` },
  { description: 'of another scheme', header: `Basic ${OWN}` },
  { description: 'alone', header: OWN },
])('a control token $description is none', async ({ header }) => {
  const { api } = await newScene();
  await api.get('/_mock/apps/locked').set('authorization', header).expect(401);
});

test.each([
  {
    description: 'twice in the query',
    path: '/_mock/requests?appId=unlocked&appId=locked',
    status: 400,
  },
  { description: 'as a list', path: '/_mock/requests?appId[]=locked', status: 401 },
])(
  'another app’s token does not open the journal of an appId $description',
  async ({ path, status }) => {
    const { api } = await newScene(SERVER);
    await api.get(path).set('authorization', `Bearer ${OTHER}`).expect(status);
  },
);

test.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty'])(
  'the name %s gives no access, as an app or as a field',
  async (name) => {
    const { api } = await newScene(SERVER);
    const as = { authorization: `Bearer ${OWN}` };
    await api.get(`/_mock/apps/${name}`).set(as).expect(401);
    const body = `{"${name}":{"appId":"locked"}}`;
    await api.post('/_mock/requests/count').set(as).type('json').send(body).expect(401);
  },
);

describe('without the app’s token, the data of an app is hidden', () => {
  test('in the list of apps', async () => {
    const { api } = await newScene();
    const { body } = await api.get('/_mock/apps').expect(200);
    expect(body.apps.map(({ appId }: { appId: string }) => appId)).not.toContain('locked');
    expect(body.apps.map(({ appId }: { appId: string }) => appId)).toContain('unlocked');
  });

  test('in the journal and its counts', async () => {
    const { api } = await newScene();
    expect((await api.get('/_mock/requests').expect(200)).body).toEqual({
      requests: [],
      evicted: 0,
      more: false,
      after: null,
      complete: true,
    });
    expect((await api.post('/_mock/requests/count').expect(200)).body).toEqual({
      count: 0,
      complete: true,
    });
    const call = api.get('/_mock/requests?appId=locked').set('authorization', `Bearer ${OWN}`);
    expect((await call.expect(200)).body.requests).toHaveLength(1);
  });

  test('and a reset does not change it', async () => {
    const { api } = await newScene();
    await api.delete('/_mock/requests').expect(204);
    await api.post('/_mock/reset').expect(204);
    const as = { authorization: `Bearer ${OWN}` };
    expect(
      (await api.get('/_mock/requests?appId=locked').set(as).expect(200)).body.requests,
    ).toHaveLength(1);
    await api.get('/_mock/apps/unlocked').expect(404);
  });
});

test('a reset with the server’s token resets all apps', async () => {
  const { api } = await newScene(SERVER);
  const as = { authorization: `Bearer ${SERVER}` };
  await api.post('/_mock/reset').set(as).expect(204);
  await api.get('/_mock/apps/locked').set(as).expect(404);
});

describe('an app’s own control token', () => {
  test('is generated, shown once, and different each time even with the same seed', async () => {
    const bench = await controlBench();
    const [one, two] = [
      await createApp(bench, { generateControlToken: true }),
      await createApp(await controlBench(), { generateControlToken: true }),
    ] as unknown as readonly { appId: string; controlToken: string; hasControlToken: boolean }[];
    expect(one?.controlToken).toMatch(/^[0-9A-Za-z]{32}$/);
    expect(one?.hasControlToken).toBe(true);
    expect(two?.controlToken).not.toBe(one?.controlToken);
    const call = bench.api
      .get(`/_mock/apps/${one?.appId}`)
      .set('authorization', `Bearer ${one?.controlToken}`);
    const { text, body } = await call.expect(200);
    expect(body.hasControlToken).toBe(true);
    expect(text).not.toMatch(new RegExp(`${one?.controlToken}|[0-9A-F]{64}`));
  });

  test('is not shown again, in clear or as a hash', async () => {
    const { api } = await newScene(SERVER);
    const as = { authorization: `Bearer ${OWN}` };
    for (const path of ['/_mock/apps/locked', '/_mock/requests?appId=locked']) {
      const { text } = await api.get(path).set(as).expect(200);
      expect(text).not.toMatch(/token-of-this-app|"lock"/);
    }
  });

  test('can be changed with the token, after which the old token is refused', async () => {
    const { api } = await newScene(SERVER);
    const change = api.patch('/_mock/apps/locked').set('authorization', `Bearer ${OWN}`);
    await change.send({ controlToken: 'the-next' }).expect(200);
    await api.get('/_mock/apps/locked').set('authorization', `Bearer ${OWN}`).expect(401);
    await api.get('/_mock/apps/locked').set('authorization', 'Bearer the-next').expect(200);
  });

  test('is removed by null', async () => {
    const { api } = await newScene();
    const as = { authorization: `Bearer ${OWN}` };
    const { body } = await api
      .patch('/_mock/apps/locked')
      .set(as)
      .send({ controlToken: null })
      .expect(200);
    expect(body.hasControlToken).toBe(false);
    await api.get('/_mock/apps/locked').expect(200);
  });

  test.each([
    { description: 'with a space', body: '{"controlToken":"my secret"}' },
    { description: 'that is a number', body: '{"controlToken":20071113}' },
    {
      description: 'together with generateControlToken',
      body: '{"controlToken":"secret","generateControlToken":true}',
    },
  ])('$description is refused, and not quoted', async ({ body }) => {
    const { api } = await controlBench();
    const { text } = await api.post('/_mock/apps').type('json').send(body).expect(400);
    expect(text).not.toMatch(/secret|20071113/);
  });

  test('is not quoted in the error that requires it', async () => {
    const { api } = await newScene(SERVER);
    const { text } = await api
      .get('/_mock/apps/locked')
      .set('authorization', 'Bearer a-guess')
      .expect(401);
    expect(text).not.toMatch(/a-guess|token-of-this-app|the-servers-token/);
  });
});
