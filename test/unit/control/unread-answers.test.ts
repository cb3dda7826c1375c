/** Answers that nobody reads: beyond a bound the oldest are ended, and those that are still being made are not. */
import { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import { expect, test } from 'vitest';
import { limitUnread, UNREAD_BYTES_MAX } from '../../../mock-server/control/unread-answers.js';

function answer(writableLength: number, writableEnded = true) {
  const state = { isDestroyed: false };
  const socket = {
    destroy: () => {
      state.isDestroyed = true;
    },
  };
  const res = Object.assign(new EventEmitter(), { writableLength, writableEnded, socket });
  return { state, res: res as unknown as Response };
}

test('the oldest are ended until the others fit', () => {
  const limit = limitUnread();
  const call = (res: Response) => limit({} as Request, res, () => undefined);
  const third = UNREAD_BYTES_MAX / 3;
  const answers = [answer(third), answer(third, false), answer(third), answer(third), answer(third)];
  for (const { res } of answers.slice(0, 4)) call(res);
  expect(answers.some(({ state }) => state.isDestroyed)).toBe(false);
  const [, , , , last] = answers;
  if (last !== undefined) call(last.res);
  call(answer(0).res);
  expect(answers.map(({ state }) => state.isDestroyed)).toEqual([true, false, false, false, false]);
});

test('one that has gone does not count', () => {
  const limit = limitUnread();
  const [gone, kept] = [answer(UNREAD_BYTES_MAX), answer(UNREAD_BYTES_MAX)];
  limit({} as Request, gone.res, () => undefined);
  gone.res.emit('close');
  limit({} as Request, kept.res, () => undefined);
  limit({} as Request, answer(0).res, () => undefined);
  expect([gone.state.isDestroyed, kept.state.isDestroyed]).toEqual([false, false]);
});
