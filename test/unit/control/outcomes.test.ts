/** /_mock/apps/:appId/outcomes and /subscribers: set, read and delete the scripts of an operation and of a number. */
import { describe, expect, test } from 'vitest';
import { byOperation } from '../../../src/protocol/operations.js';
import { callerAt, outcomesPath, remainingOf, setScript } from '../../http/outcomes/calls.js';
import { controlBench, createApp } from '../../support/control.js';
import { ENDPOINTS, LOGIN, VERIFY } from '../../support/endpoints.js';

async function scripted(settings: object = {}) {
  const bench = await controlBench();
  const caller = await callerAt(bench, LOGIN, settings);
  return { bench, path: outcomesPath({ app: caller.app, endpoint: LOGIN }), ...caller };
}

test.each(ENDPOINTS)(
  '$operation: without a script, script and remaining are empty',
  async (endpoint) => {
    const bench = await controlBench();
    const app = await createApp(bench);
    await bench.api.get(outcomesPath({ app, endpoint })).expect(200, { script: '', remaining: '' });
  },
);

test('script is the original text, remaining the normalised rest', async () => {
  const { bench, path } = await scripted();
  const script = ' 103511 * 2 ,delay(0.5m)103133,pass *';
  const remaining = '103511*2, delay(30s) 103133, pass*';
  await bench.api.put(path).send({ script }).expect(200, { script, remaining });
  await bench.api.get(path).expect(200, { script, remaining });
});

test.each(ENDPOINTS)('$operation: malformed sends half of the body', async (endpoint) => {
  const bench = await controlBench();
  const { fresh, app } = await callerAt(bench, endpoint);
  const textWith = async (outcome: string) => {
    const call = bench.api.post(endpoint.path).set('X-Mock-Outcome', outcome);
    return (await call.send(endpoint.request(app, await fresh())).expect(200)).text;
  };
  const whole = await textWith('pass');
  const half = await textWith('malformed');
  expect(half).toHaveLength(Math.floor(whole.length / 2));
  expect(half.slice(0, 10)).toBe(whole.slice(0, 10));
});

test('each call uses a step, and outcomes are real when none remains', async () => {
  const { script, call, remaining, bench, path } = await scripted();
  await script('103511*2, pass, 103133');
  const seen = [];
  for (let at = 0; at < 5; at += 1) seen.push([(await call()).resultCode, await remaining()]);
  expect(seen).toEqual([
    ['103511', '103511, pass, 103133'],
    ['103511', 'pass, 103133'],
    ['103000', '103133'],
    ['103133', ''],
    ['103000', ''],
  ]);
  await bench.api.get(path).expect(200, { script: '103511*2, pass, 103133', remaining: '' });
});

test('a step that repeats forever is never used up', async () => {
  const { script, call, remaining } = await scripted();
  await script('103133, 103511*');
  const codes = [];
  for (let at = 0; at < 6; at += 1) codes.push((await call()).resultCode);
  expect(codes).toEqual(['103133', ...Array<string>(5).fill('103511')]);
  expect(await remaining()).toBe('103511*');
});

describe('a script that replaces another', () => {
  test('starts at its first step', async () => {
    const { script, call, remaining } = await scripted();
    await script('103511*5');
    await call();
    await script('103133, 103511');
    expect(await remaining()).toBe('103133, 103511');
    expect((await call()).resultCode).toBe('103133');
  });

  test('restarts if it is the same, even a finished one', async () => {
    const { script, call, remaining } = await scripted();
    for (let round = 0; round < 3; round += 1) {
      await script('103511');
      expect([(await call()).resultCode, await remaining(), (await call()).resultCode]).toEqual([
        '103511',
        '',
        '103000',
      ]);
    }
  });

  test('leaves no counter', async () => {
    const { bench, app, script, call } = await scripted();
    for (let round = 0; round < 5; round += 1) {
      await script('103511*2');
      await call();
    }
    const at = { token: undefined, msgId: undefined };
    const countersOf = async () => [
      ...(await bench.carrier.store.readPartition(app.appId, at)).counters.keys(),
    ];
    expect(await countersOf()).toHaveLength(1);
    await bench.api.delete(outcomesPath({ app, endpoint: LOGIN })).expect(204);
    expect(await countersOf()).toEqual([]);
  });

  test('and is invalid keeps the previous script and its position', async () => {
    const { bench, path, script, call } = await scripted();
    await script('103511*2');
    await call();
    await bench.api.put(path).send({ script: '103511, oops' }).expect(400);
    await bench.api.get(path).expect(200, { script: '103511*2', remaining: '103511' });
  });
});

test('DELETE removes a script, and outcomes are real at once', async () => {
  const { bench, path, script, call } = await scripted();
  await script('103511*');
  await call();
  await bench.api.delete(path).expect(204, '');
  expect((await call()).resultCode).toBe('103000');
  await bench.api.get(path).expect(200, { script: '', remaining: '' });
  await bench.api.delete(path).expect(204, '');
});

test('each operation of each app has its own script', async () => {
  const { bench, app, script } = await scripted();
  const other = await createApp(bench);
  await script('103511');
  expect(await remainingOf(bench, { app, endpoint: VERIFY })).toBe('');
  await setScript(bench, { app, endpoint: VERIFY, script: '302' });
  await setScript(bench, { app: other, endpoint: LOGIN, script: '103133' });
  await bench.api.delete(outcomesPath({ app, endpoint: VERIFY })).expect(204);
  expect([
    await remainingOf(bench, { app, endpoint: LOGIN }),
    await remainingOf(bench, { app: other, endpoint: LOGIN }),
  ]).toEqual(['103511', '103133']);
});

test('a reset of the app deletes its scripts', async () => {
  const { bench, app, path, script } = await scripted();
  await script('103511*');
  await bench.api.post(`/_mock/apps/${app.appId}/reset`).expect(204);
  await bench.api.get(path).expect(200, { script: '', remaining: '' });
});

test('a change of the app keeps its scripts', async () => {
  const { bench, app, script, call, remaining } = await scripted();
  await script('103511*2');
  await call();
  await bench.api
    .patch(`/_mock/apps/${app.appId}`)
    .send({ dailyQuota: 5, callPackage: 3 })
    .expect(200);
  expect(await remaining()).toBe('103511');
});

test('a script does not change the count of calls', async () => {
  const { script, call, fresh, effects } = await scripted({ dailyQuota: 3 });
  await script('103511*3, pass*');
  const token = await fresh();
  for (let at = 0; at < 3; at += 1) await call({ token });
  expect(await effects(token)).toMatchObject({ charged: 0, remaining: 3 });
  await call({ token });
  expect(await effects(token)).toMatchObject({ charged: 1, remaining: 2 });
});

const NONE = { script: '', remaining: '' };

test('the list has the numbers with scripts of the app, in ascending order', async () => {
  const subscribers = [
    {
      phoneNumber: '13700000000',
      operator: 'mobile' as const,
      outcomes: { tokenValidate: '999*' },
    },
  ];
  const bench = await controlBench({ configuration: { subscribers } });
  const { appId } = await createApp(bench);
  const path = `/_mock/apps/${appId}/subscribers`;
  expect((await bench.api.get(path).expect(200)).body).toEqual({ subscribers: [] });
  const other = await createApp(bench);
  await bench.api
    .put(`/_mock/apps/${other.appId}/subscribers/13500000000`)
    .send({ outcomes: { tokenValidate: '003' } });
  for (const number of ['13900000000', '13700000000'])
    await bench.api.put(`${path}/${number}`).send({ outcomes: { loginTokenValidate: '103211*2' } });
  const scripted = { script: '103211*2', remaining: '103211*2' };
  const none = byOperation(() => NONE);
  expect((await bench.api.get(path).expect(200)).body).toEqual({
    subscribers: [
      {
        phoneNumber: '13700000000',
        outcomes: {
          ...none,
          loginTokenValidate: scripted,
          tokenValidate: { script: '999*', remaining: '999*' },
        },
      },
      { phoneNumber: '13900000000', outcomes: { ...none, loginTokenValidate: scripted } },
    ],
  });
  await bench.api.delete(`${path}/13700000000`).expect(204);
  expect((await bench.api.get(path)).body.subscribers).toHaveLength(1);
});
