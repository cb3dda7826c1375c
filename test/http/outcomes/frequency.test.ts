/** A step with a rate: calls within the rate get the normal outcome and use no step, calls over the rate use the step. */
import { describe, expect, test } from 'vitest';
import { formatMagicToken } from '../../../mock-server/carrier/engine/token-format.js';
import { controlBench } from '../../support/control.js';
import { ENDPOINTS, LOGIN, VERIFY } from '../../support/endpoints.js';
import { callerAt, effectsOf, recordOf, setScript } from './calls.js';

async function scene(script: string, endpoint = LOGIN) {
  const bench = await controlBench();
  const place = await callerAt(bench, endpoint);
  await place.script(script);
  const codes = async (count: number, changes: Parameters<typeof place.call>[0] = {}) => {
    const codesSeen = [];
    for (let at = 0; at < count; at += 1) codesSeen.push((await place.call(changes)).resultCode);
    return codesSeen;
  };
  const later = (ms: number) => {
    bench.clock.nowMs += ms;
  };
  const counters = async () =>
    [
      ...(
        await bench.carrier.store.readPartition(place.app.appId, {
          token: undefined,
          msgId: undefined,
        })
      ).counters.keys(),
    ].filter((name) => name.startsWith('script:'));
  return { bench, ...place, codes, later, counters };
}

const OK = '103000';

test.each(ENDPOINTS)(
  '$operation: calls within the rate pass, and calls over it get the code',
  async (endpoint) => {
    const { codes, remaining } = await scene('frequency(3/10m) 103911*', endpoint);
    const { success } = endpoint;
    expect(await codes(5)).toEqual([success, success, success, '103911', '103911']);
    expect(await remaining()).toBe('frequency(3/10m) 103911*');
  },
);

test('with every(3), each third call gets the code, until its number of uses is reached', async () => {
  const { codes, remaining } = await scene('every(3) 103511*2');
  expect(await codes(8)).toEqual([OK, OK, '103511', OK, OK, '103511', OK, OK]);
  expect(await remaining()).toBe('');
});

test('a call within the rate is charged and its record has no outcome, a call over it is not charged', async () => {
  const { bench, app, fresh, call } = await scene(
    'frequency(1/10m) delay(1ms) 103911("too frequent")*',
  );
  const passedToken = await fresh();
  const { requestId } = await call({ token: passedToken });
  expect(await recordOf(bench, requestId)).toMatchObject({
    resultCode: OK,
    forced: false,
    outcome: null,
  });
  const refusedToken = await fresh();
  const overRate = await call({ token: refusedToken });
  expect(await recordOf(bench, overRate.requestId)).toMatchObject({
    resultCode: '103911',
    outcome: 'frequency(1/10m) delay(1ms) 103911("too frequent")',
  });
  expect(overRate.json.desc).toBe('too frequent');
  expect(await effectsOf(bench, app, refusedToken)).toMatchObject({ charged: 1, token: 'live' });
});

describe('the period of a rate', () => {
  test.each([
    {
      description: 'a millisecond before nine tenths of the period',
      laterMs: 539_999,
      expected: '103911',
    },
    { description: 'after the whole period', laterMs: 600_000, expected: OK },
  ])('$description a call gets $expected', async ({ laterMs, expected }) => {
    const { codes, later } = await scene('frequency(2/10m) 103911*');
    expect(await codes(2)).toEqual([OK, OK]);
    later(laterMs);
    expect(await codes(1)).toEqual([expected]);
  });

  test('calls within one period count together, and expire one by one', async () => {
    const { codes, later } = await scene('frequency(2/10s) 103911*');
    const codesSeen = [];
    for (let at = 0; at < 6; at += 1) {
      codesSeen.push(...(await codes(1)));
      later(4000);
    }
    // Calls over the rate count too, as at the carrier. At 4 s apart, each 10 s have three calls.
    expect(codesSeen).toEqual([OK, OK, '103911', '103911', '103911', '103911']);
  });

  test('the period follows the clock of the app', async () => {
    const { bench, app, codes } = await scene('frequency(1/1d) 105021*');
    expect(await codes(2)).toEqual([OK, '105021']);
    await bench.api.post(`/_mock/apps/${app.appId}/clock/advance`).send({ by: '1d' }).expect(200);
    expect(await codes(2)).toEqual([OK, '105021']);
  });

  test('counters of past periods are removed', async () => {
    const { codes, later, counters } = await scene('frequency(100/10s) 103911*');
    for (let at = 0; at < 40; at += 1) {
      await codes(1);
      later(1000);
    }
    expect((await counters()).length).toBeLessThanOrEqual(10);
  });
});

describe('a rate in a script', () => {
  test('follows the steps before it, and is used up like other steps', async () => {
    const { codes, remaining } = await scene('103211, frequency(1/10m) 103911*2, 103511');
    expect(await codes(1)).toEqual(['103211']);
    expect(await codes(1)).toEqual([OK]);
    expect(await remaining()).toBe('frequency(1/10m) 103911*2, 103511');
    expect(await codes(4)).toEqual(['103911', '103911', '103511', OK]);
    expect(await remaining()).toBe('');
  });

  test('starts counting again when the script is set again, without old counters', async () => {
    const { codes, script, counters } = await scene('frequency(1/10m) 103911*');
    expect(await codes(2)).toEqual([OK, '103911']);
    await script('frequency(1/10m) 103911*');
    expect(await counters()).toEqual([]);
    expect(await codes(2)).toEqual([OK, '103911']);
  });

  test('is removed with the script', async () => {
    const { bench, app, codes, counters } = await scene('frequency(1/10m) 103911*');
    await codes(2);
    await bench.api.delete(`/_mock/apps/${app.appId}/outcomes/loginTokenValidate`).expect(204);
    expect(await counters()).toEqual([]);
    expect(await codes(1)).toEqual([OK]);
  });

  test('does not count calls forced by a header, nor calls of the other operation', async () => {
    const { bench, app, codes } = await scene('frequency(1/10m) 103911*');
    await codes(3, { headers: { 'x-mock-outcome': 'pass' } });
    await setScript(bench, { app, endpoint: VERIFY, script: 'frequency(1/10m) 103911*' });
    expect(await codes(2)).toEqual([OK, '103911']);
  });

  test('leaves a call within the rate to its magic token', async () => {
    const { codes } = await scene('frequency(1/10m) 103911*');
    expect(await codes(2, { token: formatMagicToken('103511') })).toEqual(['103511', '103911']);
  });
});
