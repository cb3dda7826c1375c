/** In production, the client refuses the mock's tokens before it sends them, and the mock's responses. */
import { describe, expect, test } from 'vitest';
import { createCmpassportClient, MockError } from '../../../src/index.js';
import { newScene, OWN, rejection, TOKEN } from './scene.js';

describe('production', () => {
  test('a token of the mock is refused before anything is sent', async () => {
    const { app, clientWith } = await newScene();
    const client = clientWith({ production: true });
    const { token } = await app.mint();
    expect(await rejection(client.getPhoneNumber(token), MockError)).toMatchObject({
      code: 'ERR_MOCK',
      maybeSent: false,
    });
    const verification = { token, phoneNumber: OWN };
    expect(await rejection(client.verifyPhoneNumber(verification), MockError)).toMatchObject({ maybeSent: false });
    await app.assertNeverCalled();
    expect((await app.token(token)).status).toBe('live');
  });

  test('a response of the mock is refused', async () => {
    const { app, config } = await newScene();
    const { token } = await app.mint({ token: TOKEN });
    const { production: _, ...byDefault } = config;
    const client = createCmpassportClient(byDefault as typeof config);
    expect(await rejection(client.getPhoneNumber(token), MockError)).toMatchObject({
      code: 'ERR_MOCK',
      maybeSent: true,
    });
    await app.assertCalledOnce({ resultCode: '103000' });
  });

  test('outside production both are accepted', async () => {
    const { login, verify } = await newScene();
    expect([(await login()).kind, (await verify()).kind]).toEqual(['phoneNumber', 'ownNumber']);
  });
});
