/** What the hooks of a client report, and the options of one call. */
import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import {
  ArgumentError,
  type Fetch,
  NetworkError,
  type RequestEvent,
  type ResponseEvent,
} from '../../../src/index.js';
import {
  APP,
  answering,
  type Changes,
  clientOf,
  loginText,
  MSG_ID,
  OWN,
  rejection,
  TOKEN,
  verifyText,
} from '../../support/client.js';
import { inTime } from '../../support/poll.js';

const REFUSED_CONNECTION = Object.assign(new Error('no'), {
  code: 'ECONNREFUSED',
  syscall: 'connect',
});

/** A client whose hooks record their events. */
function recording(fetch: Fetch, changes: Changes = {}) {
  const events: (RequestEvent | ResponseEvent)[] = [];
  const onRequest = (event: RequestEvent) => {
    events.push(event);
  };
  const onResponse = (event: ResponseEvent) => {
    events.push(event);
  };
  return { client: clientOf(fetch, { onRequest, onResponse, ...changes }), events };
}

const LOGIN = { operation: 'loginTokenValidate', msgId: MSG_ID, attempt: 1 };
const answered = { durationMs: expect.any(Number), attempt: 1 };

describe('hooks', () => {
  test.each([
    { what: 'a number', text: loginText(), kind: 'phoneNumber', code: '103000' },
    {
      what: 'a refusal',
      text: loginText({ resultCode: '104201' }),
      kind: 'refused',
      code: '104201',
    },
    { what: 'a page', text: '<html>', kind: 'error', code: 'ERR_RESPONSE_NOT_JSON' },
  ])('login: $what is reported with its kind and code', async ({ text, kind, code }) => {
    const { client, events } = recording(answering(text).fetch);
    await client.getPhoneNumber(TOKEN).catch(() => undefined);
    expect(events).toEqual([LOGIN, { ...LOGIN, ...answered, kind, code }]);
    expect(inspect(events, { depth: 9 })).not.toMatch(
      new RegExp(`${OWN}|${TOKEN}|${APP.appSecret}`),
    );
  });

  test('verify: a number that is not the phone’s is reported', async () => {
    const { client, events } = recording(
      answering(verifyText({ header: { resultCode: '001' } })).fetch,
    );
    await client.verifyPhoneNumber({ token: TOKEN, phoneNumber: OWN });
    expect(events.at(-1)).toMatchObject({
      operation: 'tokenValidate',
      kind: 'notOwnNumber',
      code: '001',
    });
  });

  test('each attempt has a request event, and the call one response event', async () => {
    const { client, events } = recording(() => Promise.reject(REFUSED_CONNECTION), {
      connectAttempts: 2,
    });
    vi.useFakeTimers();
    const rejected = rejection(client.getPhoneNumber(TOKEN), NetworkError);
    await vi.advanceTimersByTimeAsync(100);
    await inTime('the error', rejected);
    expect(events).toEqual([
      LOGIN,
      { ...LOGIN, attempt: 2 },
      { ...LOGIN, durationMs: 100, attempt: 2, kind: 'error', code: 'ERR_NETWORK' },
    ]);
  });

  test('a call that ends before it is sent has no event', async () => {
    const { client, events } = recording(answering().fetch, {
      appSecret: () => Promise.reject(new Error('sealed')),
    });
    await client.getPhoneNumber(TOKEN).catch(() => undefined);
    expect(events).toEqual([]);
  });

  test.each([
    {
      what: 'throws',
      hook: () => {
        throw new Error('full');
      },
    },
    { what: 'rejects', hook: () => Promise.reject(new Error('full')) },
  ])('a hook that $what does not change the answer', async ({ hook }) => {
    const { client } = recording(answering().fetch, { onRequest: hook, onResponse: hook });
    expect((await client.getPhoneNumber(TOKEN)).kind).toBe('phoneNumber');
  });
});

describe('the options of one call', () => {
  test('a msgId replaces the generated one', async () => {
    const { fetch, calls } = answering(loginText({ inresponseto: 'trace-1' }));
    const answer = await clientOf(fetch).getPhoneNumber(TOKEN, { msgId: 'trace-1' });
    expect([answer.msgId, JSON.parse(calls[0]?.body ?? '').msgid]).toEqual(['trace-1', 'trace-1']);
  });

  test('timeoutMs replaces the client’s', async () => {
    const client = clientOf(() => new Promise(() => undefined), { timeoutMs: 60_000 });
    const verification = { token: TOKEN, phoneNumber: OWN, timeoutMs: 1 };
    await expect(client.verifyPhoneNumber(verification)).rejects.toThrow(
      'no complete response within 1 ms',
    );
  });

  test.each([
    { field: 'timeoutMs', options: { timeoutMs: 0 } },
    { field: 'timeoutMs', options: { timeoutMs: 2 ** 31 } },
    { field: 'msgId', options: { msgId: 'x'.repeat(37) } },
  ])('$options is refused, and nothing is sent', async ({ field, options }) => {
    const { fetch, calls } = answering();
    const error = await rejection(clientOf(fetch).getPhoneNumber(TOKEN, options), ArgumentError);
    expect([error.field, calls]).toEqual([field, []]);
  });
});
