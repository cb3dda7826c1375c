/** Every fault of the mock: its error in the client, `maybeSent`, and that the client sends one request. */
import { describe, expect, test } from 'vitest';
import { ExchangeError } from '../../../src/index.js';
import { rejection } from '../../support/client.js';
import { newScene, type Scene } from './scene.js';

const OPERATIONS = [
  { operation: 'loginTokenValidate', ask: ({ login }: Scene) => login() },
  { operation: 'tokenValidate', ask: ({ verify }: Scene) => verify() },
] as const;

/** `timeoutMs` is short only if no response comes. */
const FAULTS = [
  { fault: 'reset', code: 'ERR_NETWORK', charged: 0 },
  { fault: 'status(503)', code: 'ERR_HTTP_STATUS', charged: 0 },
  { fault: 'status(302)', code: 'ERR_HTTP_STATUS', charged: 0 },
  { fault: 'hang', code: 'ERR_TIMEOUT', timeoutMs: 400 },
  { fault: 'lose', code: 'ERR_NETWORK', charged: 1 },
  { fault: 'truncate', code: 'ERR_NETWORK', charged: 1 },
  { fault: 'malformed', code: 'ERR_RESPONSE_NOT_JSON', charged: 1 },
  { fault: 'drip(1h)', code: 'ERR_TIMEOUT', timeoutMs: 400 },
  { fault: 'delay(1h) pass', code: 'ERR_TIMEOUT', timeoutMs: 400 },
] as const;

describe.each(OPERATIONS)('$operation', ({ operation, ask }) => {
  test.each(FAULTS)('$fault becomes $code, and is sent once', async ({ fault, code, ...rest }) => {
    const scene = await newScene({}, { timeoutMs: 'timeoutMs' in rest ? rest.timeoutMs : 20_000 });
    // The script has one step, so a second request would succeed.
    await scene.app.script(operation, fault);
    const error = await rejection(ask(scene), ExchangeError);
    expect(error).toMatchObject({ code, maybeSent: true, operation });
    expect(error.message).toMatch(/; the carrier may have received the request$/);
    await scene.app.assertCalledOnce();
    if ('charged' in rest) await scene.app.assertCharged(rest.charged);
  });

  test.each(['delay(30ms) pass', 'drip(60ms)', 'delay(10ms) drip(30ms)'])(
    'the client waits for %s',
    async (fault) => {
      const scene = await newScene({}, { timeoutMs: 20_000 });
      await scene.app.script(operation, fault);
      expect((await ask(scene)).charged).toBe(true);
      await scene.app.assertCalledOnce();
    },
  );

  test('the message has the msgId of the journal record', async () => {
    const scene = await newScene();
    await scene.app.script(operation, 'reset');
    const error = await rejection(ask(scene), ExchangeError);
    const [record] = await scene.app.requests();
    expect(record?.request.body).toContain(error.msgId);
    expect(error.message).toContain(error.msgId);
  });
});

test('a token whose response was lost is used up', async () => {
  const { app, client } = await newScene();
  const { token } = await app.mint();
  await app.script('loginTokenValidate', 'lose');
  expect((await rejection(client.getPhoneNumber(token), ExchangeError)).maybeSent).toBe(true);
  expect(await client.getPhoneNumber(token)).toMatchObject({
    resultCode: '104201',
    next: 'getNewToken',
  });
});
