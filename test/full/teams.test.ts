/** Two teams run the example's tests on one server at the same time, and one of them resets its apps between its runs. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { send, startMock } from '../support/mock.js';

const TEAMS = [
  { name: 'payments', controlToken: 'of-the-payments' },
  { name: 'games', controlToken: 'of-the-games' },
] as const;

test('two teams with nine tests each do not see each other', async () => {
  const { url } = await startMock({
    controlToken: 'of-the-server',
    configuration: { apps: [], teams: TEAMS },
  });
  const as = (token: string) => ({ authorization: `Bearer ${token}` });
  const [payments, games] = TEAMS;
  const runTests = async ({ controlToken }: (typeof TEAMS)[number]) => {
    const args = [
      '--test',
      '--test-reporter=tap',
      'examples/integration-test/node/integration.test.mjs',
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      env: { ...process.env, CMPASSPORT_BASE: url, CMPASSPORT_CONTROL_TOKEN: controlToken },
    });
    return /^# pass (\d+)$/m.exec(stdout)?.[1];
  };
  const kept = { appId: 'kept' };
  await send(url, 'POST', '/_mock/apps', kept, as(games.controlToken));
  const runWithReset = async () => {
    const before = await runTests(payments);
    await send(url, 'POST', '/_mock/reset', {}, as(payments.controlToken));
    return [before, await runTests(payments)];
  };
  expect(await Promise.all([runWithReset(), runTests(games)])).toEqual([['9', '9'], '9']);
  const { json } = await send(url, 'GET', '/_mock/apps/kept', undefined, as(games.controlToken));
  expect(json).toMatchObject(kept);
});
