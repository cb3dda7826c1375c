/** Requests at once under one script: each takes one step, none is taken twice, none is left out. */
import { describe, expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { mint } from '../../../mock-server/carrier/apps/mint.js';
import { setScript, viewScript } from '../../../mock-server/carrier/apps/scripts.js';
import { restoreSnapshot, saveSnapshot } from '../../../mock-server/carrier/apps/snapshots.js';
import { parseScript } from '../../../mock-server/carrier/outcomes/script.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import { addApp, credentialsOf, newCarrier, slowStore } from '../../support/carrier.js';
import { ENDPOINTS, freshToken, LOGIN, placeAt, resultCodeOf } from '../../support/endpoints.js';
import { exchangeOf, NOW_MS } from '../../support/engine.js';
import { send, sharedMock } from '../../support/mock.js';
import { expectLedger, tally } from '../../support/race.js';

const AT_ONCE = 50;

describe.each(ENDPOINTS)('$operation, over real sockets', (endpoint) => {
  const [one = '', two = '', three = ''] = endpoint.codes.filter((code) => code !== endpoint.success).slice(-3);

  test.each([
    { description: 'as many steps as requests', left: 0, script: `${one}*20, ${two}*25, ${three}*5` },
    { description: 'fewer', left: 20, script: `${one}*10, ${two}, ${three}*19` },
    { description: 'a step each', left: 47, script: `${one}, ${two}, ${three}` },
  ])('$description', async ({ script, left }) => {
    const { url } = await sharedMock();
    const place = await placeAt(url);
    const path = `/_mock/apps/${place.app.appId}/outcomes/${endpoint.operation}`;
    expect((await send(url, 'PUT', path, { script })).status).toBe(200);
    const tokens = await Promise.all(Array.from({ length: AT_ONCE }, () => freshToken(place, endpoint)));
    const answers = await Promise.all(
      tokens.map((token) => send(url, 'POST', endpoint.path, endpoint.request(place.app, token))),
    );
    const asked = script.split(', ').map((step) => step.split('*'));
    const expected = asked.map(([code = '', times = '1']) => [code, Number(times)] as const);
    expect(tally(answers.map(({ text }) => resultCodeOf(text)))).toEqual({
      ...Object.fromEntries(expected),
      ...(left > 0 && { [endpoint.success]: left }),
    });
    expect((await send(url, 'GET', path)).json.remaining).toBe('');
    await expectLedger(place, { charged: left, remaining: 1000 - left });
  });
});

/** All reads come before any of the writes. */
async function slowScene(script: string) {
  const { carrier } = newCarrier({ nowMs: NOW_MS, store: slowStore(createMemoryStore()) });
  const app = await addApp(carrier);
  const { appId } = app.settings;
  const steps = parseScript('loginTokenValidate', script);
  if ('problem' in steps) throw new Error(steps.problem.en);
  const place = { appId, operation: 'loginTokenValidate' } as const;
  const write = () => setScript(carrier, place, { text: script, steps });
  await write();
  const minted = await mint(carrier, app, { count: AT_ONCE });
  const tokens = minted === 'exists' ? [] : minted.map(({ token }) => token);
  const handle = createAnswer(carrier);
  const credentials = credentialsOf(app, carrier);
  const call = async (token: string) => {
    const reply = await handle(exchangeOf('loginTokenValidate', LOGIN.request(credentials, token)));
    return reply?.resultCode ?? 'undecided';
  };
  return {
    carrier,
    appId,
    tokens,
    write,
    callAll: async (presented: readonly string[]) => tally(await Promise.all(presented.map(call))),
    remaining: async () => (await viewScript(carrier, place)).remaining,
    outcomes: async () => {
      const { records } = await carrier.store.log(appId, 'journal');
      return tally(records.map(({ outcome }) => outcome?.outcome.kind ?? 'none'));
    },
  };
}

describe('where all have read before one writes', () => {
  test('a rate lets as many through as it allows, and each of its steps is taken once', async () => {
    const { callAll, tokens, remaining } = await slowScene('103511*3, frequency(30/10m) 103911*5, 103133*4');
    expect(await callAll(tokens)).toEqual({ 103511: 3, 103911: 5, 103133: 4, 103000: 38 });
    expect(await remaining()).toBe('');
  });

  test('each step is taken once', async () => {
    const { callAll, tokens, remaining } = await slowScene('103511*20, 103133*7, status(503)*3');
    expect(await callAll(tokens)).toEqual({ 103511: 20, 103133: 7, undecided: 3, 103000: 20 });
    expect(await remaining()).toBe('');
  });

  test('what is left is left', async () => {
    const { callAll, tokens, remaining } = await slowScene('103511*49, 103133*3, 105018*');
    expect(await callAll(tokens)).toEqual({ 103511: 49, 103133: 1 });
    expect(await remaining()).toBe('103133*2, 105018*');
    expect(await callAll(tokens)).toEqual({ 103133: 2, 105018: 48 });
  });

  test('a request that has to decide again keeps the step that it took', async () => {
    const { callAll, tokens, remaining, outcomes } = await slowScene('pass*30, 103511*10, lose*10, 103133');
    const [token = ''] = tokens;
    // Of the forty that decide, one uses the token up and the others decide a second time.
    expect(await callAll(Array<string>(AT_ONCE).fill(token))).toEqual({ 103000: 1, 104201: 39, 103511: 10 });
    expect(await outcomes()).toEqual({ pass: 30, code: 10, lose: 10 });
    expect(await remaining()).toBe('103133');
  });

  test('a script that is replaced meanwhile has its own steps, whole', async () => {
    const { callAll, tokens, remaining, write } = await slowScene('103511*60');
    const [codes] = await Promise.all([callAll(tokens), write()]);
    expect(codes).toEqual({ 103511: AT_ONCE });
    const taken = 60 - Number(/\*(\d+)/.exec(await remaining())?.[1]);
    expect(taken).toBeLessThanOrEqual(AT_ONCE);
    expect(await callAll(tokens.slice(taken))).toEqual({ 103511: AT_ONCE - taken });
    expect(await remaining()).toBe('103511*10');
  });

  test('a snapshot puts the cursor back, and each step is taken once again', async () => {
    const { callAll, tokens, remaining, carrier, appId } = await slowScene('103511*50, 103133*50');
    await callAll(tokens.slice(0, 10));
    const id = (await saveSnapshot(carrier, appId)) ?? '';
    for (let round = 0; round < 2; round += 1) {
      expect(await callAll(tokens)).toEqual({ 103511: 40, 103133: 10 });
      await restoreSnapshot(carrier, appId, id);
      expect(await remaining()).toBe('103511*40, 103133*50');
    }
  });
});
