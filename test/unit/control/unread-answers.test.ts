/** Answers that nobody reads: beyond a bound the oldest are ended, and those that are still being made are not. */
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { limitUnread, UNREAD_BYTES_MAX } from '../../../mock-server/control-api/unread-answers.js';

function answer(writableLength: number, writableEnded = true) {
  const state = { isDestroyed: false };
  const socket = {
    destroy: () => {
      state.isDestroyed = true;
    },
  };
  const res = Object.assign(new EventEmitter(), { writableLength, writableEnded, socket });
  return { state, res: res as unknown as ServerResponse };
}

test('the oldest are ended until the others fit', () => {
  const limit = limitUnread();
  const third = UNREAD_BYTES_MAX / 3;
  const answers = [answer(third), answer(third, false), answer(third), answer(third), answer(third)];
  for (const { res } of answers.slice(0, 4)) limit(res);
  expect(answers.some(({ state }) => state.isDestroyed)).toBe(false);
  const [, , , , last] = answers;
  if (last !== undefined) limit(last.res);
  limit(answer(0).res);
  expect(answers.map(({ state }) => state.isDestroyed)).toEqual([true, false, false, false, false]);
});

test('one that has gone does not count', () => {
  const limit = limitUnread();
  const [gone, kept] = [answer(UNREAD_BYTES_MAX), answer(UNREAD_BYTES_MAX)];
  limit(gone.res);
  gone.res.emit('close');
  limit(kept.res);
  limit(answer(0).res);
  expect([gone.state.isDestroyed, kept.state.isDestroyed]).toEqual([false, false]);
});
