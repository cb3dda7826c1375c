/** Whom each call of the control API lets in: the whole table, asked by everybody who could come. */
import { describe, expect, test } from 'vitest';
import type { Who } from '../../../mock-server/control-api/route.js';
import { ROUTES } from '../../../mock-server/control-api/routes.js';
import { type Bench, charge, controlBench, createApp } from '../../support/control.js';

const SERVERS = 'the-servers-token';
const OWN = 'token-of-this-app';
const OTHERS = 'token-of-another-app';

/** Calls that would be answered by 404 or a stream whatever the token: what matters is that they are not 401. */
const UNAUTHORIZED = 401;

interface Place extends Bench {
  readonly appId: string;
  readonly requestId: string;
}

/** An app with a token of its own, another with another, a third without, on a server with or without a token. */
async function place(controlToken?: string): Promise<Place> {
  const bench = await controlBench(controlToken === undefined ? {} : { controlToken });
  const as = (token: string | undefined) => (token === undefined ? {} : { authorization: `Bearer ${token}` });
  const make = async (settings: object) =>
    (await bench.api.post('/_mock/apps').set(as(controlToken)).send(settings).expect(201)).body;
  const open = await make({ appId: 'locked' });
  const { requestId } = await charge({ ...bench, api: withToken(bench, controlToken) }, open);
  await bench.api.patch('/_mock/apps/locked').set(as(controlToken)).send({ controlToken: OWN }).expect(200);
  await make({ appId: 'other', controlToken: OTHERS });
  await make({ appId: 'unlocked' });
  return { ...bench, appId: 'locked', requestId };
}

/** The same bench, each of whose requests shows the token. */
function withToken({ api }: Bench, token: string | undefined): Bench['api'] {
  if (token === undefined) return api;
  return new Proxy(api, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as (path: string) => { set: (headers: object) => unknown };
      return (path: string) => method.call(target, path).set({ authorization: `Bearer ${token}` });
    },
  });
}

interface Ask {
  readonly token: string | undefined;
  /** Whether a call that can name the app by its query or body does so. */
  readonly names: boolean;
}

async function statusOf({ api, appId, requestId }: Place, row: (typeof ROUTES)[number], { token, names }: Ask) {
  const path = row.path
    .replace(':appId', appId)
    .replace('/requests/:id', `/requests/${requestId}`)
    .replace(':operation', 'tokenValidate')
    .replace(/:\w+/, 'nothing');
  const query = row.who === 'query' && names ? `?appId=${appId}` : '';
  // HEAD asks the same of the guard, and a stream of events does not stay open.
  const method = row.method === 'get' ? 'head' : row.method;
  const asked = api[method](`${path}${query}`);
  if (token !== undefined) asked.set('authorization', `Bearer ${token}`);
  const { status } = await (method === 'head' ? asked : asked.send(row.who === 'body' && names ? { appId } : {}));
  return status;
}

interface CallerRow {
  readonly caller: string;
  readonly server: string | undefined;
  readonly token: string | undefined;
  readonly names: boolean;
  /** The kinds of rows that let the caller in. */
  readonly letIn: readonly Who[];
}

const ABOUT_AN_APP: readonly Who[] = ['path', 'query', 'body', 'request'];
const ALL: readonly Who[] = ['anyone', 'server', ...ABOUT_AN_APP];

const CALLERS: readonly CallerRow[] = [
  { caller: 'the server’s token', server: SERVERS, token: SERVERS, names: true, letIn: ALL },
  { caller: 'the server’s token, no app named', server: SERVERS, token: SERVERS, names: false, letIn: ALL },
  { caller: 'the app’s token', server: SERVERS, token: OWN, names: true, letIn: ['anyone', ...ABOUT_AN_APP] },
  {
    caller: 'the app’s token, no app named',
    server: SERVERS,
    token: OWN,
    names: false,
    letIn: ['anyone', 'path', 'request'],
  },
  { caller: 'another app’s token', server: SERVERS, token: OTHERS, names: true, letIn: ['anyone'] },
  { caller: 'no token', server: SERVERS, token: undefined, names: true, letIn: ['anyone'] },
  { caller: 'the app’s token', server: undefined, token: OWN, names: true, letIn: ALL },
  { caller: 'another app’s token', server: undefined, token: OTHERS, names: true, letIn: ['anyone', 'server'] },
  { caller: 'no token', server: undefined, token: undefined, names: true, letIn: ['anyone', 'server'] },
  {
    caller: 'no token, no app named',
    server: undefined,
    token: undefined,
    names: false,
    letIn: ['anyone', 'server', 'query', 'body'],
  },
];

describe.each(CALLERS)('$caller, on a server whose token is $server', ({ server, letIn, ...ask }) => {
  test.each(ROUTES)('$method $path', async (row) => {
    const status = await statusOf(await place(server), row, ask);
    expect(status === UNAUTHORIZED ? 'kept out' : 'let in').toBe(letIn.includes(row.who) ? 'let in' : 'kept out');
  });
});

test.each([
  { description: 'capitals', path: '/_mock/APPS/locked' },
  { description: 'a slash at the end', path: '/_mock/apps/locked/' },
  { description: 'an encoded letter', path: '/_mock/apps/%6Cocked' },
  { description: 'capitals at the front', path: '/_MOCK/apps/locked' },
])('no spelling of a path goes past a lock: $description', async ({ path }) => {
  const { api } = await place();
  await api.get(path).expect(401);
  await api.get(path).set('authorization', `Bearer ${OWN}`).expect(200);
});

test.each([
  { description: 'twice in the query', path: '/_mock/requests?appId=unlocked&appId=locked', status: 400 },
  { description: 'as a list', path: '/_mock/requests?appId[]=locked', status: 401 },
])('an app named $description does not open another’s journal', async ({ path, status }) => {
  const { api } = await place(SERVERS);
  await api.get(path).set('authorization', `Bearer ${OTHERS}`).expect(status);
});

test.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty'])(
  'the name %s, as an app and as a field, opens nothing',
  async (name) => {
    const { api } = await place(SERVERS);
    const as = { authorization: `Bearer ${OWN}` };
    await api.get(`/_mock/apps/${name}`).set(as).expect(401);
    const body = `{"${name}":{"appId":"locked"}}`;
    await api.post('/_mock/requests/count').set(as).type('json').send(body).expect(401);
  },
);

describe('without a token a server shows nothing of a locked app', () => {
  test('in the list of apps', async () => {
    const { api } = await place();
    const { body } = await api.get('/_mock/apps').expect(200);
    expect(body.apps.map(({ appId }: { appId: string }) => appId)).not.toContain('locked');
    expect(body.apps.map(({ appId }: { appId: string }) => appId)).toContain('unlocked');
  });

  test('in the journal and its counts', async () => {
    const { api } = await place();
    expect((await api.get('/_mock/requests').expect(200)).body).toEqual({ requests: [], evicted: 0, more: false });
    expect((await api.post('/_mock/requests/count').expect(200)).body).toEqual({ count: 0, complete: true });
    const asked = api.get('/_mock/requests?appId=locked').set('authorization', `Bearer ${OWN}`);
    expect((await asked.expect(200)).body.requests).toHaveLength(1);
  });

  test('and resets and forgets nothing of it', async () => {
    const { api } = await place();
    await api.delete('/_mock/requests').expect(204);
    await api.post('/_mock/reset').expect(204);
    const as = { authorization: `Bearer ${OWN}` };
    expect((await api.get('/_mock/requests?appId=locked').set(as).expect(200)).body.requests).toHaveLength(1);
    await api.get('/_mock/apps/unlocked').expect(404);
  });
});

test('with its token a server resets all apps', async () => {
  const { api } = await place(SERVERS);
  const as = { authorization: `Bearer ${SERVERS}` };
  await api.post('/_mock/reset').set(as).expect(204);
  await api.get('/_mock/apps/locked').set(as).expect(404);
});

describe('an app’s own control token', () => {
  test('is drawn, shown once, and different each time, whatever the seed', async () => {
    const bench = await controlBench();
    const [one, two] = [
      await createApp(bench, { generateControlToken: true }),
      await createApp(await controlBench(), { generateControlToken: true }),
    ] as unknown as readonly { appId: string; controlToken: string; hasControlToken: boolean }[];
    expect(one?.controlToken).toMatch(/^[0-9A-Za-z]{32}$/);
    expect(one?.hasControlToken).toBe(true);
    expect(two?.controlToken).not.toBe(one?.controlToken);
    const asked = bench.api.get(`/_mock/apps/${one?.appId}`).set('authorization', `Bearer ${one?.controlToken}`);
    const { text, body } = await asked.expect(200);
    expect(body.hasControlToken).toBe(true);
    expect(text).not.toMatch(new RegExp(`${one?.controlToken}|[0-9A-F]{64}`));
  });

  test('is not shown again, neither as it is nor as a hash', async () => {
    const { api } = await place(SERVERS);
    const as = { authorization: `Bearer ${OWN}` };
    for (const path of ['/_mock/apps/locked', '/_mock/requests?appId=locked']) {
      const { text } = await api.get(path).set(as).expect(200);
      expect(text).not.toMatch(/token-of-this-app|controlTokenHash/);
    }
  });

  test('stays when the app is reset, and when a snapshot is restored', async () => {
    const { api } = await place();
    const as = { authorization: `Bearer ${OWN}` };
    const { body } = await api.post('/_mock/apps/locked/snapshots').set(as).expect(201);
    await api.post('/_mock/apps/locked/reset').set(as).expect(204);
    await api.get('/_mock/apps/locked').expect(401);
    const again = await api.post('/_mock/apps/locked/snapshots').set(as).expect(201);
    expect(again.body.id).not.toBe(body.id);
    await api.post(`/_mock/apps/locked/snapshots/${again.body.id}/restore`).set(as).expect(204);
    await api.get('/_mock/apps/locked').set(as).expect(200);
  });

  test('is changed by whoever has it: the old one is worth nothing then', async () => {
    const { api } = await place(SERVERS);
    const change = api.patch('/_mock/apps/locked').set('authorization', `Bearer ${OWN}`);
    await change.send({ controlToken: 'the-next' }).expect(200);
    await api.get('/_mock/apps/locked').set('authorization', `Bearer ${OWN}`).expect(401);
    await api.get('/_mock/apps/locked').set('authorization', 'Bearer the-next').expect(200);
  });

  test('is taken away by null, and by the reading of a configuration that has none', async () => {
    const { api } = await place();
    const as = { authorization: `Bearer ${OWN}` };
    const { body } = await api.patch('/_mock/apps/locked').set(as).send({ controlToken: null }).expect(200);
    expect(body.hasControlToken).toBe(false);
    await api.get('/_mock/apps/locked').expect(200);
  });

  test('of the configuration counts from the start', async () => {
    const { api } = await controlBench({ configuration: { apps: [{ appId: 'a', controlToken: OWN }] } });
    await api.get('/_mock/apps/a').expect(401);
    await api.get('/_mock/apps/a').set('authorization', `Bearer ${OWN}`).expect(200);
  });

  test.each([
    { description: 'with a space', body: '{"controlToken":"my secret"}' },
    { description: 'that is a number', body: '{"controlToken":20071113}' },
    { description: 'in what is no JSON', body: '{"controlToken":"secret"x}' },
    {
      description: 'together with generateControlToken',
      body: '{"controlToken":"secret","generateControlToken":true}',
    },
  ])('$description is refused, and not quoted', async ({ body }) => {
    const { api } = await controlBench();
    const { text } = await api.post('/_mock/apps').type('json').send(body).expect(400);
    expect(text).not.toMatch(/secret|20071113/);
  });

  test('is in no error that asks for it', async () => {
    const { api } = await place(SERVERS);
    const { text } = await api.get('/_mock/apps/locked').set('authorization', 'Bearer a-guess').expect(401);
    expect(text).not.toMatch(/a-guess|token-of-this-app|the-servers-token/);
  });
});
