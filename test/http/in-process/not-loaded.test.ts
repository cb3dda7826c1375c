/** If the control API cannot be loaded, its requests return a problem. The carrier and the process continue. */
import { expect, test } from 'vitest';
import type { Carrier } from '../../../mock-server/carrier/carrier.js';
import { createControlApi } from '../../../mock-server/control-api/control-api.js';
import { controlListener } from '../../../mock-server/control-api/control-listener.js';
import { carrierAndControl, controlApi } from '../../../mock-server/in-process/in-process.js';
import { newCarrier } from '../../support/carrier.js';
import { NOW_MS } from '../../support/engine.js';
import { LOGIN_PATH, send } from '../../support/mock.js';
import { serve } from './app.js';

test('a later request loads it', async () => {
  const lines: string[] = [];
  const { carrier: quiet } = newCarrier({ nowMs: NOW_MS });
  const carrier: Carrier = { ...quiet, log: { ...quiet.log, error: ({ en }) => void lines.push(en) } };
  let failures = 2;
  const url = await serve(
    carrierAndControl(
      controlListener(
        controlApi(carrier, {
          controlToken: undefined,
          caPem: undefined,
          createControlApi: (...inputs) => {
            failures -= 1;
            if (failures >= 0) throw new Error('too many open files');
            return createControlApi(...inputs);
          },
        }),
      ),
      carrier,
      {},
    ),
  );
  for (let times = 1; times <= 2; times += 1) {
    const { status, headers, json } = await send(url, 'GET', '/_mock/apps');
    expect({ status, json }).toEqual({
      status: 503,
      json: { type: 'about:blank', title: 'Unavailable', status: 503, detail: expect.stringContaining('try again') },
    });
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(lines).toHaveLength(times);
    expect(lines.at(-1)).toBe('the control API cannot be loaded: too many open files');
    expect((await send(url, 'POST', LOGIN_PATH, {})).json.resultCode).toBe('103811');
  }
  expect((await send(url, 'GET', '/_mock/apps')).status).toBe(200);
});
