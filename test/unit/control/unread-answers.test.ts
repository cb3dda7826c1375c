/** Unread responses: over the limit, the oldest complete ones are ended. */
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { limitUnread, UNREAD_BYTES_TOTAL_MAX } from '../../../mock-server/control-api/control-listener.js';

function response(writableLength: number, writableEnded = true) {
  const state = { isDestroyed: false };
  const socket = {
    destroy: () => {
      state.isDestroyed = true;
    },
  };
  const res = Object.assign(new EventEmitter(), { writableLength, writableEnded, socket });
  return { state, res: res as unknown as ServerResponse };
}

test('the oldest are ended until the others are within the limit', () => {
  const limit = limitUnread();
  const third = UNREAD_BYTES_TOTAL_MAX / 3;
  const responses = [response(third), response(third, false), response(third), response(third), response(third)];
  for (const { res } of responses.slice(0, 4)) limit(res);
  expect(responses.some(({ state }) => state.isDestroyed)).toBe(false);
  const [, , , , last] = responses;
  if (last !== undefined) limit(last.res);
  limit(response(0).res);
  expect(responses.map(({ state }) => state.isDestroyed)).toEqual([true, false, false, false, false]);
});

test('a closed response does not count', () => {
  const limit = limitUnread();
  const [closed, open] = [response(UNREAD_BYTES_TOTAL_MAX), response(UNREAD_BYTES_TOTAL_MAX)];
  limit(closed.res);
  closed.res.emit('close');
  limit(open.res);
  limit(response(0).res);
  expect([closed.state.isDestroyed, open.state.isDestroyed]).toEqual([false, false]);
});
