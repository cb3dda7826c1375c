/** The commands that the store sends: their failures, and the log of these. */
import { describe, expect, test } from 'vitest';
import { redisCalls } from '../../../mock-server/carrier/store/redis/calls.js';
import type { ScriptedClient } from '../../../mock-server/carrier/store/redis/connection.js';
import { StoreUnavailableError } from '../../../mock-server/carrier/store/state-store.js';

const SCRIPT = 'script: 9e984e4c36e2a34947df8079051381db9f33c190, on @user_script:44.';
const OOM = "OOM command not allowed when used memory > 'maxmemory'.";
const KEY = 'cmpassport:{300000000001}:';

/** A client whose scripts fail with the given errors, one per call, and whose reads succeed. */
function scene(errors: readonly string[]) {
  const logged: string[] = [];
  const left = [...errors];
  const script = async () => {
    const message = left.shift();
    if (message !== undefined) throw new Error(message);
    return 0;
  };
  const client = {
    status: 'ready',
    readPartition: async () => [],
    commitWrites: script,
  };
  const calls = redisCalls(client as unknown as ScriptedClient, {
    shown: 'redis://h:6379/0',
    log: {
      error: ({ en }) => void logged.push(en),
      warn: () => undefined,
      info: () => undefined,
      debug: () => undefined,
      request: () => undefined,
    },
  });
  return { calls, logged, left };
}

describe('a refused commit', () => {
  test('is logged once, even if reads succeed meanwhile, and again after a successful commit', async () => {
    const readOnly = "READONLY You can't write against a read only replica.";
    const { calls, logged } = scene([readOnly, `${readOnly} ${SCRIPT}`]);
    const message = `the store redis://h:6379/0 cannot be used: ${readOnly}`;
    for (let at = 0; at < 2; at += 1) {
      await calls.readPartition(KEY, []);
      await expect(calls.commit(KEY, [])).rejects.toEqual(
        new StoreUnavailableError({ en: message, zh: `状态存储 redis://h:6379/0 不可用：${readOnly}` }),
      );
    }
    expect(logged).toEqual([`the store redis://h:6379/0 refuses a command: ${readOnly}`]);
    await calls.commit(KEY, []);
  });

  test('is not sent again', async () => {
    const { calls, left } = scene([`${OOM} ${SCRIPT}`, OOM]);
    await expect(calls.commit(KEY, [])).rejects.toThrow(OOM);
    expect(left).toEqual([OOM]);
  });
});
