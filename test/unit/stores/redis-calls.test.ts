/** The commands that the store sends: the log of failures, and repeated writes. */
import { describe, expect, test } from 'vitest';
import { redisCalls } from '../../../mock-server/carrier/store/redis/calls.js';
import type { ScriptedClient } from '../../../mock-server/carrier/store/redis/connection.js';
import { StoreUnavailableError } from '../../../mock-server/carrier/store/state-store.js';

const SCRIPT = 'script: 9e984e4c36e2a34947df8079051381db9f33c190, on @user_script:44.';
const OOM = "OOM command not allowed when used memory > 'maxmemory'.";
const KEY = 'cmpassport:{300000000001}:';

/** A client whose scripts fail with the given errors, one per call, and whose reads succeed. */
function scene({ errors, room = [] }: { readonly errors: readonly string[]; readonly room?: readonly boolean[] }) {
  const logged: string[] = [];
  const left = { errors: [...errors], room: [...room] };
  const script = async () => {
    const message = left.errors.shift();
    if (message !== undefined) throw new Error(message);
    return [0, 0];
  };
  const client = {
    status: 'ready',
    readPartition: async () => [],
    commitWrites: script,
    takeStep: script,
    hset: script,
  };
  const calls = redisCalls(client as unknown as ScriptedClient, {
    shown: 'redis://h:6379/0',
    log: {
      error: ({ en }) => void logged.push(en),
      warn: () => undefined,
      info: () => undefined,
      debug: () => undefined,
    },
    makeRoom: async () => left.room.shift() ?? false,
  });
  return { calls, logged, left };
}

describe('a refused commit', () => {
  test('is logged once, even if reads succeed meanwhile, and again after a successful commit', async () => {
    const readOnly = "READONLY You can't write against a read only replica.";
    const { calls, logged } = scene({ errors: [readOnly, `${readOnly} ${SCRIPT}`] });
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

  test('is not sent again if memory is not the reason', async () => {
    const { calls, left } = scene({ errors: ['MISCONF Redis is configured to save'], room: [true] });
    await expect(calls.commit(KEY, [])).rejects.toThrow('MISCONF');
    expect(left.room).toEqual([true]);
  });
});

describe('a write that is refused for lack of memory', () => {
  test.each([
    { description: 'a commit', act: (calls: ReturnType<typeof redisCalls>) => calls.commit(KEY, []) },
    { description: 'a step of a script', act: (calls: ReturnType<typeof redisCalls>) => calls.take(KEY, []) },
    { description: 'a platform key', act: (calls: ReturnType<typeof redisCalls>) => calls.hset(KEY, 'a', 'b') },
  ])('$description is sent again when there is room', async ({ act }) => {
    const { calls, logged } = scene({ errors: [`${OOM} ${SCRIPT}`], room: [true] });
    await act(calls);
    expect(logged).toEqual([expect.stringMatching(/^the store redis:\/\/h:6379\/0 is out of memory: .* Raise /)]);
  });

  test('is sent again with the error text of Redis 6', async () => {
    const { calls } = scene({
      errors: [`ERR Error running script (call to f_9e98): @user_script:44: @user_script: 44: -${OOM}`],
      room: [true],
    });
    await calls.commit(KEY, []);
  });

  test('is logged only once', async () => {
    const { calls, logged } = scene({ errors: [OOM, OOM, OOM], room: [true, true, true] });
    await calls.commit(KEY, []);
    await calls.commit(KEY, []);
    expect(logged).toHaveLength(1);
  });

  test('is refused if no room can be made', async () => {
    const { calls, logged } = scene({ errors: [`${OOM} ${SCRIPT}`] });
    await expect(calls.commit(KEY, [])).rejects.toThrow(OOM);
    expect(logged).toEqual([`the store redis://h:6379/0 refuses a command: ${OOM}`]);
  });

  test('is refused after some attempts', async () => {
    const many = Array.from({ length: 100 }, () => OOM);
    const { calls, left } = scene({ errors: many, room: many.map(() => true) });
    await expect(calls.commit(KEY, [])).rejects.toThrow(OOM);
    expect(left.errors.length).toBeGreaterThan(90);
  });
});
