/** The types of the handlers follow from the rows of the calls. A line after @ts-expect-error must not compile. */
import { expect, test } from 'vitest';
import { HANDLERS } from '../../../mock-server/control-api/handlers.js';
import type { Handlers } from '../../../mock-server/control-api/route.js';
import { CALLS } from '../../../src/control/calls/calls.js';

test('each call has a handler, and each handler a call', () => {
  const ids = CALLS.map(({ id }) => id);
  expect(Object.keys(HANDLERS).toSorted()).toEqual(ids.toSorted());
});

const CLOCK = { nowMs: 0, offsetMs: 0, frozen: false };

function compiled(_handlers: Partial<Handlers>): void {}

// The right form of each, so that only the marked part below is wrong.
compiled({
  advanceClock: ({ body }) => ({ ...CLOCK, nowMs: body.by.length }),
  getClock: ({ params }) => ({ ...CLOCK, nowMs: params.appId.length }),
  getLedger: ({ query }) => ({ charged: query.limit.toFixed().length, remaining: 0, records: [] }),
  deleteOutcomes: ({ app }) => app.settings,
});

compiled({
  // @ts-expect-error the body has no `to`
  advanceClock: ({ body }) => ({ ...CLOCK, nowMs: body.to.length }),
  // @ts-expect-error the path has no `token`
  getClock: ({ params }) => ({ ...CLOCK, nowMs: params.token.length }),
  // @ts-expect-error `limit` is a number
  getLedger: ({ query }) => ({ charged: query.limit.length, remaining: 0, records: [] }),
  // @ts-expect-error the call has no query
  deleteOutcomes: ({ query }) => query.limit,
  // @ts-expect-error the answer has no `frozen`
  setClock: () => ({ nowMs: 0, offsetMs: 0 }),
  // @ts-expect-error `complete` is a boolean
  countRequests: () => ({ count: 1, complete: 'yes' }),
  // @ts-expect-error no call names an app in its path and may lack it
  listApps: ({ app }) => ({ apps: [app.settings] }),
});

// @ts-expect-error no call has this id
compiled({ sellApp: () => undefined });
