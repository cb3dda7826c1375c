/** Held responses: how many, for how long, and what ends them. */
import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DeliveryFailure, Reply } from '../../../mock-server/carrier/reply.js';
import { HttpResponseChannel } from '../../../mock-server/http/carrier-listener.js';
import {
  CLOSE_GRACE_MS,
  deliver,
  HELD_MAX,
  HELD_MS_MAX,
  holdAnswers,
} from '../../../mock-server/http/deliver.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class FakeSocket extends EventEmitter {
  destroyed = false;
  destroy(): void {
    this.destroyed = true;
  }
  resetAndDestroy(): void {
    this.destroy();
  }
}

/** An exchange of a listener. `leave` emits the event that Node emits when the client has left. */
function exchange() {
  const [socket, res] = [new FakeSocket(), new EventEmitter()];
  const req = { socket };
  const channel = new HttpResponseChannel(
    req as unknown as IncomingMessage,
    res as unknown as ServerResponse,
  );
  const failures: (DeliveryFailure | undefined)[] = [];
  const end = (failure?: DeliveryFailure) => void failures.push(failure);
  return { socket, leave: () => res.emit('close'), channel, failures, pending: { channel, end } };
}

const LONG_MS = CLOSE_GRACE_MS + 1;

test('a response within the grace period of a stopping server does not count', () => {
  const held = holdAnswers(AbortSignal.abort());
  expect(held.admits(exchange().pending, CLOSE_GRACE_MS)).toBe(true);
});

test(`more than ${HELD_MAX} end the connection, until another client has left`, () => {
  const held = holdAnswers(undefined);
  const first = exchange();
  held.admits(first.pending, LONG_MS);
  for (let at = 1; at < HELD_MAX; at += 1)
    expect(held.admits(exchange().pending, LONG_MS)).toBe(true);
  const refused = exchange();
  expect(held.admits(refused.pending, LONG_MS)).toBe(false);
  expect(refused.socket.destroyed).toBe(true);
  expect(refused.failures).toEqual(['limit']);
  first.leave();
  expect(held.admits(exchange().pending, LONG_MS)).toBe(true);
});

test('after ten minutes the connection is reset', () => {
  const { socket, pending, failures } = exchange();
  holdAnswers(undefined).admits(pending, Number.POSITIVE_INFINITY);
  vi.advanceTimersByTime(HELD_MS_MAX - 1);
  expect(socket.destroyed).toBe(false);
  vi.advanceTimersByTime(1);
  expect(socket.destroyed).toBe(true);
  expect(failures).toEqual(['limit']);
});

test('no timer remains when the client has left', () => {
  const { leave, pending } = exchange();
  holdAnswers(undefined).admits(pending, LONG_MS);
  leave();
  expect(vi.getTimerCount()).toBe(0);
});

test('a stopping server ends all of them, and every later one', () => {
  const closing = new AbortController();
  const held = holdAnswers(closing.signal);
  const [before, after] = [exchange(), exchange()];
  held.admits(before.pending, LONG_MS);
  closing.abort();
  expect(before.socket.destroyed).toBe(true);
  expect(held.admits(after.pending, LONG_MS)).toBe(false);
  expect(after.socket.destroyed).toBe(true);
  expect([before.failures, after.failures]).toEqual([['serverStopped'], ['serverStopped']]);
});

test('a client that left during the decision leaves nothing behind', () => {
  const { socket, channel } = exchange();
  socket.destroy();
  const held = holdAnswers(undefined);
  const failures: unknown[] = [];
  const reply: Pick<Reply, 'onEnd'> = { onEnd: (failure) => void failures.push(failure) };
  deliver(channel, reply as Reply, { delivery: { delayMs: LONG_MS, fault: undefined }, held });
  expect(failures).toEqual(['clientClosed']);
  expect(vi.getTimerCount()).toBe(0);
});
