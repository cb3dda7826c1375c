/** Lazy loading: once for all callers, and again after a failure. test/full/command/late-modules tests the modules of the bundle. */
import { expect, test } from 'vitest';
import { lazily, NotLoadedError } from '../../mock-server/loading/lazily.js';
import type { Bilingual } from '../../src/text/bilingual.js';

/** Fails this number of times, then returns the number of calls. */
function loader(failures: number) {
  const state = { calls: 0 };
  const load = async () => {
    state.calls += 1;
    await Promise.resolve();
    if (state.calls <= failures) throw new Error(`failure ${state.calls}`);
    return state.calls;
  };
  return { load, state };
}

const IT = { en: 'it', zh: '它' };

test('a module is loaded at its first use, once for all callers', async () => {
  const { load, state } = loader(0);
  const get = lazily(IT, load);
  expect(state.calls).toBe(0);
  expect(await Promise.all([get(), get()])).toEqual([1, 1]);
  expect(await get()).toBe(1);
});

test('a failure rejects all waiting calls, and the next call tries again', async () => {
  const { load } = loader(2);
  const get = lazily(IT, load);
  for (const failure of [1, 2]) {
    const [one, other] = await Promise.all([get(), get()].map((promise) => promise.catch((error: unknown) => error)));
    expect(one).toBeInstanceOf(NotLoadedError);
    expect(one).toMatchObject({ message: `it cannot be loaded: failure ${failure}` });
    expect(other).toBe(one);
  }
  expect(await get()).toBe(3);
});

test('a failure is logged once, however many responses report it', async () => {
  const lines: string[] = [];
  const log = {
    error: ({ en, zh }: Bilingual) => void lines.push(en, zh),
    warn: () => undefined,
    info: () => undefined,
    debug: () => undefined,
  };
  const get = lazily(IT, loader(1).load);
  const error = await get().catch((reason: unknown) => reason);
  if (!(error instanceof NotLoadedError)) throw error;
  error.logTo(log);
  error.logTo(log);
  expect(lines).toEqual(['it cannot be loaded: failure 1', '无法加载它：failure 1']);
});
