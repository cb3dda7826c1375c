/** /_mock/apps/:appId/clock: read, set, stopped, moved. */
import { Router } from 'express';
import type { Carrier } from '../carrier/carrier.js';
import { parseDuration } from '../engine/duration.js';
import { type ClockRecord, ONLY } from '../state-store.js';
import * as validators from '../validators.js';
import { type ClockView, setClock, viewClock } from '../worlds/app-clock.js';
import { appAt } from './app-view.js';
import { checked } from './problem.js';

export function clockRoutes(carrier: Carrier): Router {
  const routes = Router();
  const path = '/apps/:appId/clock';

  routes.get(path, async (req, res) => {
    const { appId } = req.params;
    await appAt(carrier, appId);
    const entry = await carrier.store.get(appId, 'clock', ONLY);
    res.json(viewClock(entry?.value, carrier.clock.nowMs()));
  });

  routes.put(path, async (req, res) => {
    const to = checked<{ atMs?: number; frozen?: boolean }>(validators.setClock, req.body);
    res.json(await changeClock(carrier, req.params.appId, (clock, realNowMs) => setClock(clock, { ...to, realNowMs })));
  });

  routes.post(`${path}/advance`, async (req, res) => {
    const { by } = checked<{ by: string }>(validators.advanceClock, req.body);
    const byMs = parseDuration(by) ?? 0;
    res.json(
      await changeClock(carrier, req.params.appId, (clock, realNowMs) =>
        setClock(clock, { atMs: viewClock(clock, realNowMs).nowMs + byMs, realNowMs }),
      ),
    );
  });

  return routes;
}

/** Two moves at once both take effect. */
async function changeClock(
  carrier: Carrier,
  appId: string,
  change: (clock: ClockRecord | undefined, realNowMs: number) => ClockRecord,
): Promise<ClockView> {
  await appAt(carrier, appId);
  for (;;) {
    const entry = await carrier.store.get(appId, 'clock', ONLY);
    const realNowMs = carrier.clock.nowMs();
    const value = change(entry?.value, realNowMs);
    const outcome = await carrier.store.commit(appId, [
      { kind: 'put', collection: 'clock', id: ONLY, expectedRevision: entry?.revision ?? 0, value },
    ]);
    if (outcome === 'committed') return viewClock(value, realNowMs);
  }
}
