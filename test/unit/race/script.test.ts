/** Simultaneous requests with one script: each uses one step, no step is used twice or skipped. */
import { describe, expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { mint } from '../../../mock-server/carrier/apps/mint.js';
import { setScript, viewScript } from '../../../mock-server/carrier/apps/scripts.js';
import { restoreSnapshot, saveSnapshot } from '../../../mock-server/carrier/apps/snapshots.js';
import { parseScript } from '../../../mock-server/carrier/outcomes/script.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import { addApp, credentialsOf, newCarrier, slowStore } from '../../support/carrier.js';
import { LOGIN } from '../../support/endpoints.js';
import { exchangeOf, NOW_MS } from '../../support/engine.js';
import { tally } from '../../support/race.js';

const AT_ONCE = 50;

/** A carrier whose store completes all reads before the first write. */
async function slowScene(script: string) {
  const { carrier } = newCarrier({ nowMs: NOW_MS, store: slowStore(createMemoryStore()) });
  const app = await addApp(carrier);
  const { appId } = app.settings;
  const steps = parseScript('loginTokenValidate', script);
  if ('problem' in steps) throw new Error(steps.problem.en);
  const place = { appId, operation: 'loginTokenValidate' } as const;
  const writeScript = () => setScript(carrier, place, { text: script, steps });
  await writeScript();
  const minted = await mint(carrier, app, { count: AT_ONCE });
  const tokens = minted === 'exists' ? [] : minted.map(({ token }) => token);
  const answer = createAnswer(carrier);
  const credentials = credentialsOf(app, carrier);
  const call = async (token: string) => {
    const reply = await answer(exchangeOf('loginTokenValidate', LOGIN.request(credentials, token)));
    return reply?.resultCode ?? 'undecided';
  };
  return {
    carrier,
    appId,
    tokens,
    writeScript,
    callAll: async (presented: readonly string[]) => tally(await Promise.all(presented.map(call))),
    remaining: async () => (await viewScript(carrier, place)).remaining,
    outcomes: async () => {
      const { records } = await carrier.store.log(appId, 'journal');
      return tally(records.map(({ outcome }) => outcome?.outcome.kind ?? 'none'));
    },
  };
}

describe('all requests read before the first write', () => {
  test('a rate passes exactly its number of calls, and each of its steps is used once', async () => {
    const { callAll, tokens, remaining } = await slowScene('103511*3, frequency(30/10m) 103911*5, 103133*4');
    expect(await callAll(tokens)).toEqual({ 103511: 3, 103911: 5, 103133: 4, 103000: 38 });
    expect(await remaining()).toBe('');
  });

  test('each step is used once', async () => {
    const { callAll, tokens, remaining } = await slowScene('103511*20, 103133*7, status(503)*3');
    expect(await callAll(tokens)).toEqual({ 103511: 20, 103133: 7, undecided: 3, 103000: 20 });
    expect(await remaining()).toBe('');
  });

  test('unused steps remain', async () => {
    const { callAll, tokens, remaining } = await slowScene('103511*49, 103133*3, 105018*');
    expect(await callAll(tokens)).toEqual({ 103511: 49, 103133: 1 });
    expect(await remaining()).toBe('103133*2, 105018*');
    expect(await callAll(tokens)).toEqual({ 103133: 2, 105018: 48 });
  });

  test('a request that is decided again keeps its step', async () => {
    const { callAll, tokens, remaining, outcomes } = await slowScene('pass*30, 103511*10, lose*10, 103133');
    const [token = ''] = tokens;
    // Of the 40 requests without a forced code, one uses the token and the others are decided again.
    expect(await callAll(Array<string>(AT_ONCE).fill(token))).toEqual({ 103000: 1, 104201: 39, 103511: 10 });
    expect(await outcomes()).toEqual({ pass: 30, code: 10, lose: 10 });
    expect(await remaining()).toBe('103133');
  });

  test('a script that is replaced meanwhile has all its own steps', async () => {
    const { callAll, tokens, remaining, writeScript } = await slowScene('103511*60');
    const [codes] = await Promise.all([callAll(tokens), writeScript()]);
    expect(codes).toEqual({ 103511: AT_ONCE });
    const used = 60 - Number(/\*(\d+)/.exec(await remaining())?.[1]);
    expect(used).toBeLessThanOrEqual(AT_ONCE);
    expect(await callAll(tokens.slice(used))).toEqual({ 103511: AT_ONCE - used });
    expect(await remaining()).toBe('103511*10');
  });

  test('a snapshot restores the remaining steps, and each is used once again', async () => {
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
