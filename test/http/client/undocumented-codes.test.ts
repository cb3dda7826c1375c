/** Codes of public lists that the document does not have. The client returns each as an unknown code, and calls once. */
import { describe, expect, test } from 'vitest';
import { BEYOND_RESULTS } from '../../../src/protocol/beyond-codes.js';
import { newScene, type Scene } from './scene.js';

const OPERATIONS = [
  { operation: 'loginTokenValidate', ask: ({ login }: Scene) => login() },
  { operation: 'tokenValidate', ask: ({ verify }: Scene) => verify() },
] as const;

describe.each(OPERATIONS)('$operation', ({ operation, ask }) => {
  test.each(BEYOND_RESULTS)(
    '$code ($descEn) is an unknown code, with and without its description',
    async ({ code, desc }) => {
      const scene = await newScene();
      await scene.app.script(operation, `${code}("${desc}"), ${code}`);
      const unknown = { kind: 'unknownCode', resultCode: code, next: 'fallBackToSms', charged: undefined };
      expect(await ask(scene)).toMatchObject({ ...unknown, carrierText: desc });
      await scene.app.assertCalledOnce({ resultCode: code });
      expect(await ask(scene)).toMatchObject(unknown);
      await scene.app.assertCalled(2);
      await scene.app.assertCharged(0);
    },
  );
});
