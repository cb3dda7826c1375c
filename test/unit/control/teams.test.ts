/** Two teams on one server: each token makes, lists, resets and counts the apps of its team, and no others. */
import { beforeEach, describe, expect, test } from 'vitest';
import { reconfigure } from '../../../mock-server/carrier/apps/configured-apps.js';
import { toConfiguration } from '../../../mock-server/options/configuration.js';
import { type Bench, controlBench, type Exchanged, exchange } from '../../support/control.js';
import type { TestApp } from '../../support/mock.js';

const SERVER = { authorization: 'Bearer of-the-server' };
const PAYMENTS = { authorization: 'Bearer of-the-payments' };
const GAMES = { authorization: 'Bearer of-the-games' };
const CONFIGURATION = {
  apps: [
    { appId: 'configured', controlToken: 'of-the-payments' },
    { appId: 'of-no-team', appKey: 'K'.repeat(32) },
  ],
  teams: [
    { name: 'payments', controlToken: 'of-the-payments' },
    { name: 'games', controlToken: 'of-the-games' },
  ],
};

type Caller = typeof SERVER;

let bench: Bench;
beforeEach(async () => {
  bench = await controlBench({ controlToken: 'of-the-server', configuration: CONFIGURATION });
});

async function make(as: Caller, settings: object = {}): Promise<TestApp> {
  return (await bench.api.post('/_mock/apps').set(as).send(settings).expect(201)).body;
}

async function appIds(as: Caller): Promise<readonly string[]> {
  const { body } = await bench.api.get('/_mock/apps').set(as).expect(200);
  return body.apps.map(({ appId }: TestApp) => appId).toSorted();
}

/** A login with a token that the caller issues. */
async function login(as: Caller, app: TestApp): Promise<Exchanged> {
  const path = `/_mock/apps/${app.appId}/tokens`;
  const { body } = await bench.api.post(path).set(as).send({}).expect(201);
  return exchange(bench, app, body.token);
}

async function requestIds(as: Caller, query = ''): Promise<readonly string[]> {
  const { body } = await bench.api.get(`/_mock/requests${query}`).set(as).expect(200);
  return body.requests.map(({ id }: { id: string }) => id);
}

test('a team lists the apps that it created, and those of the configuration with its token', async () => {
  await make(PAYMENTS, { appId: 'pay' });
  await make(GAMES, { appId: 'play' });
  expect(await appIds(PAYMENTS)).toEqual(['configured', 'pay']);
  expect(await appIds(GAMES)).toEqual(['play']);
  expect(await appIds(SERVER)).toEqual(['configured', 'of-no-team', 'pay', 'play']);
});

test('a team cannot read an app of another, or of none', async () => {
  for (const app of [await make(GAMES), { appId: 'of-no-team' }])
    await bench.api.get(`/_mock/apps/${app.appId}`).set(PAYMENTS).expect(401);
});

test('a reset of one team leaves the apps, tokens and requests of the other', async () => {
  const game = await make(GAMES, { appId: 'play' });
  await make(PAYMENTS, { appId: 'pay' });
  const { requestId } = await login(GAMES, game);
  const path = '/_mock/apps/play/tokens';
  const { body } = await bench.api.post(path).set(GAMES).send({}).expect(201);
  await bench.api.delete('/_mock/apps/configured').set(PAYMENTS).expect(204);
  await bench.api.delete('/_mock/apps/of-no-team').set(SERVER).expect(204);
  await bench.api.post('/_mock/reset').set(PAYMENTS).expect(204);
  expect(await appIds(SERVER)).toEqual(['configured', 'play']);
  expect(await requestIds(GAMES)).toEqual([requestId]);
  expect(await exchange(bench, game, body.token)).toMatchObject({ resultCode: '103000' });
});

test('a team sees its own requests, and none that named an unknown app', async () => {
  const pay = await make(PAYMENTS);
  const { requestId } = await login(PAYMENTS, pay);
  await login(GAMES, await make(GAMES));
  await exchange(bench, { ...pay, appId: 'unknown' }, 'no-token');
  expect(await requestIds(PAYMENTS)).toEqual([requestId]);
  expect(await requestIds(PAYMENTS, '?appId=unknown')).toEqual([]);
  expect(await requestIds(SERVER)).toHaveLength(3);
  const count = bench.api.post('/_mock/requests/count').set(PAYMENTS).send({});
  expect((await count.expect(200)).body).toEqual({ count: 1, complete: true });
  await bench.api.delete('/_mock/requests').set(PAYMENTS).expect(204);
  expect(await requestIds(PAYMENTS)).toEqual([]);
  expect(await requestIds(SERVER)).toHaveLength(2);
});

describe('an app stays in its team', () => {
  const detail = 'has the control token of the team';

  test.each([{ controlToken: 'mine' }, { controlToken: null }, { generateControlToken: true }])(
    'created with %j',
    async (input) => {
      const call = bench.api.post('/_mock/apps').set(PAYMENTS).send(input);
      expect((await call.expect(400)).body.detail).toContain(detail);
    },
  );

  test('changed', async () => {
    const call = bench.api
      .patch('/_mock/apps/configured')
      .set(PAYMENTS)
      .send({ controlToken: null });
    expect((await call.expect(400)).body.detail).toContain(detail);
  });
});

test('the commands for a code have the token of their caller, and apps of the team', async () => {
  const { body } = await bench.api.get('/_mock/result-codes').set(PAYMENTS).expect(200);
  const commands = JSON.stringify(body);
  expect(commands).toContain('Bearer of-the-payments');
  expect(commands).toContain('atlas-payments-103101');
  expect(commands).not.toContain('of-the-server');
});

test('the metrics of a team count its requests and tokens alone', async () => {
  const pay = await make(PAYMENTS);
  await login(PAYMENTS, pay);
  await login(GAMES, await make(GAMES));
  const metrics = async (as: Caller) =>
    (await bench.api.get('/_mock/metrics').set(as).expect(200)).text;
  const succeeded =
    'cmpassport_mock_requests_total{operation="loginTokenValidate",result_code="103000",forced="false"}';
  expect(await metrics(PAYMENTS)).toContain(`${succeeded} 1\n`);
  expect(await metrics(PAYMENTS)).toContain('cmpassport_mock_tokens_kept 1\n');
  expect(await metrics(PAYMENTS)).not.toMatch(/process_|build_info/);
  expect(await metrics(SERVER)).toContain(`${succeeded} 2\n`);
});

test('a changed token opens all apps of the team, and the earlier token none', async () => {
  const app = await make(PAYMENTS, { appId: 'pay' });
  const { requestId } = await login(PAYMENTS, app);
  const { carrier, api } = bench;
  const [payments, games] = CONFIGURATION.teams;
  const teams = [{ ...payments, controlToken: 'rotated' }, games];
  const apps = [{ appId: 'configured', controlToken: 'rotated' }, CONFIGURATION.apps[1]];
  await reconfigure(carrier, toConfiguration({ apps, teams }, '127.0.0.1').settings);
  const rotated = { authorization: 'Bearer rotated' };
  expect(await appIds(rotated)).toEqual(['configured', 'pay']);
  expect(await requestIds(rotated)).toEqual([requestId]);
  await login(rotated, app);
  for (const path of ['apps', 'apps/pay', 'apps/configured', `requests/${requestId}`])
    await api.get(`/_mock/${path}`).set(PAYMENTS).expect(401);
});

test('the apps of a removed team are left to the server’s token', async () => {
  const { carrier, api } = bench;
  carrier.settings = { ...carrier.settings, teams: new Map() };
  for (const path of ['apps', 'apps/configured'])
    await api.get(`/_mock/${path}`).set(PAYMENTS).expect(401);
  await api.get('/_mock/apps/configured').set(SERVER).expect(200);
});

test('on a server without a token, a team has its own apps all the same', async () => {
  bench = await controlBench({ configuration: CONFIGURATION });
  await make(PAYMENTS, { appId: 'pay' });
  expect(await appIds(PAYMENTS)).toEqual(['configured', 'pay']);
  await bench.api.get('/_mock/apps/pay').set(GAMES).expect(401);
});

test('an invalid name of a team gets a sentence instead of a pattern', async () => {
  const configuration = { teams: [{ name: 'a b', controlToken: 'third' }] };
  await expect(controlBench({ configuration })).rejects.toThrow(
    '/teams/0/name must be 1 to 32 letters, digits, dashes and underscores',
  );
});

test.each([
  { field: 'name', team: { name: 'games', controlToken: 'third' } },
  { field: 'controlToken', team: { name: 'third', controlToken: 'of-the-games' } },
])('two teams with one $field are refused', async ({ field, team }) => {
  const teams = [...CONFIGURATION.teams, team];
  await expect(controlBench({ configuration: { teams } })).rejects.toThrow(`/teams/2/${field}`);
});

test('the refusal of a shared token names the other team, and not the token', () => {
  const teams = [...CONFIGURATION.teams, { name: 'third', controlToken: 'of-the-games' }];
  expect(() => toConfiguration({ teams }, '127.0.0.1')).toThrow(
    /^\/teams\/2\/controlToken is the token of \/teams\/1: each team needs its own$/,
  );
});
