/** A Redis that asks for a password, which is given apart from its address. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { callCommand, callServe } from '../../support/called-command.js';
import { temporaryFile } from '../../support/files.js';
import { send } from '../../support/mock.js';
import { findRedis, startRedis } from '../../support/redis.js';

const program = findRedis();
/** None of its signs would be itself in an address. */
const PASSWORD = 'se#s@a/m%e?';

describe.skipIf(program === undefined)('the password of a Redis', () => {
  /** The arguments of a server on a Redis that has the user "mock". */
  async function start(): Promise<readonly string[]> {
    const user = ['mock', 'on', `>${PASSWORD}`, '~*', '&*', '+@all'];
    const redis = await startRedis(program ?? '', ['--user', ...user]);
    onTestFinished(() => redis.stop());
    return ['--port', '0', '--store', redis.url.replace('//', '//mock@')];
  }

  test('comes from the variable', async () => {
    const { url } = await callServe(await start(), { CMPASSPORT_STORE_PASSWORD: PASSWORD });
    expect((await send(url, 'GET', '/_mock/health')).status).toBe(200);
  });

  test('comes from the file', async () => {
    const file = temporaryFile('password', `${PASSWORD}\n`);
    const { url } = await callServe([...(await start()), '--store-password-file', file]);
    expect((await send(url, 'GET', '/_mock/health')).status).toBe(200);
  });

  test('is not shown where it is the wrong one', async () => {
    const { status, stderr } = await callCommand(await start(), { CMPASSPORT_STORE_PASSWORD: `${PASSWORD}x` });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^cmpassport-mock: --store redis:\/\/\S+ cannot be reached \(WRONGPASS .*\)\n$/);
    expect(stderr).not.toContain(PASSWORD);
  });
});
