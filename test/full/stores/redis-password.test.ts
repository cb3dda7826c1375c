/** A Redis with a password that is not part of its address. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { callCommand, callServe } from '../../support/called-command.js';
import { temporaryFile } from '../../support/files.js';
import { send } from '../../support/mock.js';
import { findRedis, startRedis } from '../../support/redis.js';

const program = findRedis();
/** Each special character would have to be encoded in an address. */
const PASSWORD = 'se#s@a/m%e?';

describe.skipIf(program === undefined)('the password of a Redis', () => {
  /** The arguments for a server over a Redis with the user "mock". */
  async function start(): Promise<readonly string[]> {
    const user = ['mock', 'on', `>${PASSWORD}`, '~*', '&*', '+@all'];
    const redis = await startRedis(program ?? '', ['--user', ...user]);
    onTestFinished(() => redis.stop());
    return ['--port', '0', '--store', redis.url.replace('//', '//mock@')];
  }

  test('is read from the variable', async () => {
    const { url } = await callServe(await start(), { CMPASSPORT_STORE_PASSWORD: PASSWORD });
    expect((await send(url, 'GET', '/_mock/health')).status).toBe(200);
  });

  test('is read from the file', async () => {
    const file = temporaryFile('password', `${PASSWORD}\n`);
    const { url } = await callServe([...(await start()), '--store-password-file', file]);
    expect((await send(url, 'GET', '/_mock/health')).status).toBe(200);
  });

  test('is not in the error if it is wrong', async () => {
    const { status, stderr } = await callCommand(await start(), { CMPASSPORT_STORE_PASSWORD: `${PASSWORD}x` });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^cmpassport-mock: --store redis:\/\/\S+ cannot be reached \(WRONGPASS .*\): start it/);
    expect(stderr).not.toContain(PASSWORD);
  });
});
