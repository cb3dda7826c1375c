/** Who may make each call, written once: access.test derives what each caller may do from the table of routes. */
import { expect, test } from 'vitest';
import { ROUTES } from '../../../mock-server/control-api/routes.js';
import type { Who } from '../../../src/control/calls/calls.js';

/** By the kind of `who` in calls.ts. A call moves to another kind only on purpose. */
const CALLS: Readonly<Record<Who, readonly string[]>> = {
  anyone: ['getHealth', 'getLiveness', 'getCa', 'getTrustStore', 'getCarrierOpenapi'],
  server: [
    'getMetrics',
    'getOpenapi',
    'listResultCodes',
    'resetAll',
    'createApp',
    'listApps',
    'listOperations',
    'listReadings',
    'listSubscribers',
    'makeKeyPair',
    'checkIpWhitelist',
  ],
  path: [
    'getApp',
    'patchApp',
    'deleteApp',
    'resetApp',
    'mintTokens',
    'getToken',
    'getAccessToken',
    'redeemAccessToken',
    'getClock',
    'setClock',
    'advanceClock',
    'getOutcomes',
    'setOutcomes',
    'deleteOutcomes',
    'listAppSubscribers',
    'getSubscriber',
    'setSubscriber',
    'deleteSubscriber',
    'listSnapshots',
    'createSnapshot',
    'restoreSnapshot',
    'getLedger',
    'signRequest',
  ],
  query: ['listRequests', 'listCauses', 'forgetRequests', 'watchRequests'],
  request: ['getRequest', 'explainRequest', 'expectRequest'],
  body: ['countRequests'],
};

const PINNED = Object.entries(CALLS).flatMap(([who, ids]) => ids.map((id) => ({ id, who })));

test.each(PINNED)('$id may be called as: $who', ({ id, who }) => {
  expect(`${id}: ${ROUTES.find((row) => row.id === id)?.who}`).toBe(`${id}: ${who}`);
});

test('every call is in the list above', () => {
  const pinned = PINNED.map(({ id }) => id);
  expect(ROUTES.map(({ id }) => id).filter((id) => !pinned.includes(id))).toEqual([]);
});
