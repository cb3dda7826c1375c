/** Scripts of a number, for testers who can set neither a header nor a token. The number is that of the presented token. */
import { describe, expect, test } from 'vitest';
import { formatMagicToken } from '../../../mock-server/carrier/engine/token-format.js';
import { byOperation } from '../../../src/protocol/operations.js';
import { controlBench, createApp, mint } from '../../support/control.js';
import { ENDPOINTS, LOGIN, VERIFY } from '../../support/endpoints.js';
import { callerAt, effectsOf, recordOf, setScript, UNTOUCHED } from './calls.js';

const NUMBER = '13911112222';
const OTHER = '13933334444';
const SERVICE_DOWN = '13800138999';

async function scene({
  endpoint = LOGIN,
  ...options
}: {
  endpoint?: typeof LOGIN;
  configuration?: object;
} = {}) {
  const bench = await controlBench(options);
  const { app, call } = await callerAt(bench, endpoint);
  const path = `/_mock/apps/${app.appId}/subscribers/${NUMBER}`;
  const tokenOf = (phoneNumber = NUMBER) =>
    mint(bench, app, { phoneNumber, capability: endpoint.operation });
  return {
    bench,
    app,
    call,
    path,
    tokenOf,
    set: async (outcomes: object) =>
      (await bench.api.put(path).send({ outcomes }).expect(200)).body,
    view: async () => (await bench.api.get(path).expect(200)).body.outcomes,
    codeOf: async (phoneNumber = NUMBER, changes = {}) =>
      (await call({ token: await tokenOf(phoneNumber), ...changes })).resultCode,
  };
}

const NONE = { script: '', remaining: '' };

describe.each(ENDPOINTS)('$operation', (endpoint) => {
  const { operation, success } = endpoint;
  // A verify request has the first subscriber's number.
  const normal = endpoint === LOGIN ? success : '001';
  const [refused = ''] = endpoint.codes.filter((code) => code !== success).slice(-1);

  test('a number gets its script, and other numbers do not', async () => {
    const { bench, app, call, tokenOf, set, codeOf } = await scene({ endpoint });
    await set({ [operation]: `${refused}*` });
    const token = await tokenOf();
    const called = await call({ token });
    expect(called.resultCode).toBe(refused);
    const record = await recordOf(bench, called.requestId);
    expect(record).toMatchObject({
      forced: true,
      outcome: refused,
      outcomeBy: 'numberScript',
      charged: false,
    });
    expect(await effectsOf(bench, app, token)).toEqual(UNTOUCHED);
    expect(await codeOf(OTHER)).toBe(normal);
    expect(await codeOf()).toBe(refused);
  });

  test('the other operation is not scripted', async () => {
    const { set, codeOf } = await scene({ endpoint });
    await set({ [endpoint === LOGIN ? VERIFY.operation : LOGIN.operation]: '103911*' });
    expect(await codeOf()).toBe(normal);
  });

  test('the configuration file scripts a number for every app', async () => {
    const subscribers = [
      { phoneNumber: '13800138000', operator: 'mobile' },
      { phoneNumber: NUMBER, operator: 'mobile', outcomes: { [operation]: '103911*' } },
    ];
    const { bench, codeOf, view } = await scene({ endpoint, configuration: { subscribers } });
    expect(await codeOf()).toBe('103911');
    expect((await view())[operation]).toEqual({ script: '103911*', remaining: '103911*' });
    const another = await callerAt(bench, endpoint);
    const token = await mint(bench, another.app, { phoneNumber: NUMBER, capability: operation });
    expect((await another.call({ token })).resultCode).toBe('103911');
  });
});

test('steps are used in order, and a rate counts the calls of the number', async () => {
  const { set, view, codeOf } = await scene();
  const script = '103511*2, frequency(1/10m) 103911("too frequent")*';
  expect(await set({ loginTokenValidate: script })).toEqual({
    phoneNumber: NUMBER,
    outcomes: { ...byOperation(() => NONE), loginTokenValidate: { script, remaining: script } },
  });
  expect(await codeOf()).toBe('103511');
  expect((await view()).loginTokenValidate.remaining).toBe(
    '103511, frequency(1/10m) 103911("too frequent")*',
  );
  expect(await codeOf()).toBe('103511');
  expect(await codeOf(OTHER)).toBe('103000');
  expect([await codeOf(), await codeOf(), await codeOf(OTHER)]).toEqual([
    '103000',
    '103911',
    '103000',
  ]);
});

describe('precedence', () => {
  test('a header, the script of the app and a magic token precede the script of the number', async () => {
    const { bench, app, codeOf, set, view } = await scene();
    await set({ loginTokenValidate: '105018, 105019' });
    expect(await codeOf(NUMBER, { headers: { 'x-mock-result-code': '103101' } })).toBe('103101');
    await setScript(bench, { app, endpoint: LOGIN, script: '103133, pass' });
    expect([await codeOf(), await codeOf()]).toEqual(['103133', '103000']);
    const magic = formatMagicToken('103511');
    await mint(bench, app, { token: magic, phoneNumber: NUMBER });
    expect(await codeOf(NUMBER, { token: magic })).toBe('103511');
    expect((await view()).loginTokenValidate.remaining).toBe('105018, 105019');
    expect([await codeOf(), await codeOf(), await codeOf()]).toEqual([
      '105018',
      '105019',
      '103000',
    ]);
  });

  test('a call within the rate of the app’s script gets the step of the number', async () => {
    const { bench, app, codeOf, set } = await scene();
    await set({ loginTokenValidate: '105018*' });
    await setScript(bench, { app, endpoint: LOGIN, script: 'frequency(1/10m) 103911*' });
    expect([await codeOf(), await codeOf()]).toEqual(['105018', '103911']);
  });

  test('a test number keeps its own outcome while its script forces no other', async () => {
    const { bench, app, codeOf } = await scene();
    expect(await codeOf(SERVICE_DOWN)).toBe('103211');
    const path = `/_mock/apps/${app.appId}/subscribers/${SERVICE_DOWN}`;
    await bench.api
      .put(path)
      .send({ outcomes: { loginTokenValidate: '105312, pass*' } })
      .expect(200);
    expect([await codeOf(SERVICE_DOWN), await codeOf(SERVICE_DOWN)]).toEqual(['105312', '103211']);
  });

  test('the script of the app precedes that of the configuration file, per operation', async () => {
    const outcomes = { loginTokenValidate: '103911*', tokenValidate: '999*' };
    const subscribers = [{ phoneNumber: NUMBER, operator: 'mobile', outcomes }];
    const { bench, codeOf, set, view, path } = await scene({ configuration: { subscribers } });
    await set({ loginTokenValidate: 'pass*' });
    expect(await codeOf()).toBe('103000');
    expect(await view()).toMatchObject({
      loginTokenValidate: { script: 'pass*' },
      tokenValidate: { script: '999*' },
    });
    await bench.api.delete(path).expect(204);
    expect(await codeOf()).toBe('103911');
  });
});

describe('the scripted number', () => {
  test('is that of a token that another app minted', async () => {
    const { bench, codeOf, set } = await scene();
    await set({ loginTokenValidate: '105312*' });
    const other = await createApp(bench);
    const token = await mint(bench, other, { phoneNumber: NUMBER });
    expect(await codeOf(NUMBER, { token })).toBe('105312');
  });

  test('is unknown for an unknown token, and is not scripted in another app', async () => {
    const { bench, codeOf, set } = await scene();
    await set({ loginTokenValidate: '105312*' });
    expect(
      await codeOf(NUMBER, { token: 'STsid0000001795570579000MOCKabc123wxyz0wABCDEFGHIJKLMNOP' }),
    ).toBe('104201');
    const other = await callerAt(bench, LOGIN);
    const token = await mint(bench, other.app, { phoneNumber: NUMBER });
    expect((await other.call({ token })).resultCode).toBe('103000');
  });
});

describe('the state of scripts', () => {
  test('setting scripts starts them again, and removes omitted ones', async () => {
    const { set, view, codeOf, bench, app } = await scene();
    await set({ loginTokenValidate: 'frequency(1/10m) 103911*', tokenValidate: '999' });
    await codeOf();
    await set({ loginTokenValidate: 'frequency(1/10m) 103911*' });
    expect((await view()).tokenValidate).toEqual(NONE);
    expect([await codeOf(), await codeOf()]).toEqual(['103000', '103911']);
    await set({});
    const { counters } = await bench.carrier.store.readPartition(app.appId, {
      token: undefined,
      msgId: undefined,
    });
    expect([...counters.keys()].filter((name) => name.startsWith('number:'))).toEqual([]);
  });

  test('a reset removes the scripts of the app, and restarts those of the file', async () => {
    const subscribers = [
      { phoneNumber: NUMBER, operator: 'mobile', outcomes: { tokenValidate: '999, 302' } },
    ];
    const { bench, app, set, view } = await scene({
      endpoint: VERIFY,
      configuration: { subscribers },
    });
    await set({ loginTokenValidate: '105312' });
    const { call } = {
      call: async () => {
        const token = await mint(bench, app, { phoneNumber: NUMBER, capability: 'tokenValidate' });
        return bench.api.post(VERIFY.path).send(VERIFY.request(app, token));
      },
    };
    await call();
    expect((await view()).tokenValidate.remaining).toBe('302');
    await bench.api.post(`/_mock/apps/${app.appId}/reset`).expect(204);
    expect(await view()).toEqual({
      ...byOperation(() => NONE),
      tokenValidate: { script: '999, 302', remaining: '999, 302' },
    });
  });
});

describe('an invalid value is refused', () => {
  test.each([
    {
      outcomes: { tokenValidate: '103211' },
      pointer: '/outcomes/tokenValidate',
      detail: 'has no code',
    },
    {
      outcomes: { loginTokenValidate: '' },
      pointer: '/outcomes/loginTokenValidate',
      detail: 'loginTokenValidate',
    },
    {
      outcomes: { loginTokenValidate: '1,'.repeat(300) },
      pointer: '/outcomes/loginTokenValidate',
      detail: '512',
    },
    { outcomes: { login: '1' }, pointer: '/outcomes', detail: 'login' },
    { outcomes: undefined, pointer: '', detail: 'outcomes' },
  ])('$outcomes', async ({ outcomes, pointer, detail }) => {
    const { bench, path } = await scene();
    const { body } = await bench.api.put(path).send({ outcomes }).expect(400);
    expect(body.pointer).toContain(pointer);
    expect(body.detail).toContain(detail);
  });

  test.each(['1391111222', '03911112222', 'abc'])('the number %s', async (number) => {
    const { bench, app } = await scene();
    const { body } = await bench.api
      .get(`/_mock/apps/${app.appId}/subscribers/${number}`)
      .expect(400);
    expect(body.detail).toContain(`eleven digits that begin with 1, found "${number}"`);
  });

  test('a number over the limit, while existing ones can be changed', async () => {
    const { bench, app } = await scene();
    const put = (at: number) =>
      bench.api
        .put(`/_mock/apps/${app.appId}/subscribers/${13900000000 + at}`)
        .send({ outcomes: { loginTokenValidate: '105312' } });
    for (let at = 0; at < 100; at += 1) await put(at).expect(200);
    const { body } = await put(100).expect(409);
    expect(body.detail).toContain('100 numbers');
    await put(99).expect(200);
    await bench.api.delete(`/_mock/apps/${app.appId}/subscribers/13900000000`).expect(204);
    await put(100).expect(200);
  });
});
