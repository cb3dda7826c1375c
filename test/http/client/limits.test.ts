/** The limits that end a call before its answer: the timeout and the caller's signal. */
import { getEventListeners } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import {
  ExchangeAbortedError,
  ExchangeTimeoutError,
  type Fetch,
  type FetchedResponse,
} from '../../../src/index.js';
import { APP, answering, clientOf, rejection, TOKEN } from '../../support/client.js';
import { inTime } from '../../support/poll.js';
import { newScene } from './scene.js';

/** A fetch that never resolves and ignores its signal. */
const neverResolving: Fetch = () => new Promise<FetchedResponse>(() => undefined);

describe('limits', () => {
  test('a fetch that ignores its signal times out, and its signal is aborted', async () => {
    const signals: AbortSignal[] = [];
    const fetch: Fetch = (url, init) => {
      signals.push(init.signal);
      return neverResolving(url, init);
    };
    const error = await rejection(
      clientOf(fetch, { timeoutMs: 200 }).getPhoneNumber(TOKEN),
      ExchangeTimeoutError,
    );
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(error).toMatchObject({ code: 'ERR_TIMEOUT', maybeSent: true });
    expect(error.message).toContain('no complete response within 200 ms');
  });

  test('a call that has ended does not listen to its signal', async () => {
    const { signal } = new AbortController();
    await clientOf(answering().fetch).getPhoneNumber(TOKEN, { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test.each([
    { description: 'an answer', fetch: answering().fetch },
    { description: 'an error', fetch: answering('<html>').fetch },
  ])(
    'a call that has ended with $description has no timer, so that the process can end',
    async ({ fetch }) => {
      vi.useFakeTimers();
      await clientOf(fetch)
        .getPhoneNumber(TOKEN)
        .catch(() => undefined);
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  test('a body that never ends times out', async () => {
    const body = (async function* () {
      await new Promise(() => undefined);
      yield new Uint8Array();
    })();
    const fetch: Fetch = async () => ({
      status: 200,
      headers: new Headers(),
      body,
      text: async () => '',
    });
    expect(
      await rejection(
        clientOf(fetch, { timeoutMs: 200 }).getPhoneNumber(TOKEN),
        ExchangeTimeoutError,
      ),
    ).toMatchObject({ maybeSent: true });
  });

  test('if a secret is not loaded in time, nothing is sent, then or later', async () => {
    const { fetch, calls } = answering();
    let resolveSecret: (secret: string) => void = () => undefined;
    const appSecret = () =>
      new Promise<string>((resolve) => {
        resolveSecret = resolve;
      });
    const error = await rejection(
      clientOf(fetch, { appSecret, timeoutMs: 200 }).getPhoneNumber(TOKEN),
      ExchangeTimeoutError,
    );
    expect(error.maybeSent).toBe(false);
    resolveSecret(APP.appSecret);
    await new Promise((resolve) => setImmediate(resolve));
    expect(calls).toEqual([]);
  });

  test('if the timeout ends between two attempts, nothing is sent, then or later', async () => {
    const aborted: boolean[] = [];
    const fetch: Fetch = (_, { signal }) => {
      aborted.push(signal.aborted);
      return Promise.reject(
        Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' }),
      );
    };
    vi.useFakeTimers();
    const client = clientOf(fetch, { timeoutMs: 50, connectAttempts: 10 });
    const error = rejection(client.getPhoneNumber(TOKEN), ExchangeTimeoutError);
    // Longer than the longest pause between attempts.
    await vi.advanceTimersByTimeAsync(400);
    expect(await inTime('the timeout', error)).toMatchObject({ maybeSent: false });
    expect(aborted).not.toEqual([]);
    expect(aborted).not.toContain(true);
  });

  test('with an aborted signal, nothing is sent', async () => {
    const { fetch, calls } = answering();
    const signal = AbortSignal.abort(new Error('the user left'));
    const error = await rejection(
      clientOf(fetch).getPhoneNumber(TOKEN, { signal }),
      ExchangeAbortedError,
    );
    expect(error).toMatchObject({ code: 'ERR_ABORTED', maybeSent: false });
    expect(error.cause).toBe(signal.reason);
    expect(calls).toEqual([]);
  });

  test('a signal ends a call while the mock hangs', async () => {
    const { app, client } = await newScene();
    const { token } = await app.mint();
    await app.script('loginTokenValidate', 'hang');
    const events = await app.events();
    const controller = new AbortController();
    const called = client.getPhoneNumber(token, { signal: controller.signal });
    const failed = rejection(called, ExchangeAbortedError);
    const arrived = async () => {
      for await (const _ of events) return;
    };
    await Promise.race([arrived(), called]);
    controller.abort();
    expect(await failed).toMatchObject({ maybeSent: true, cause: { name: 'AbortError' } });
  });
});
