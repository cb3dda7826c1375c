/** What is loaded when it is first needed: modules that many servers never need, files. A failure is not kept. */

import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Bilingual } from '../../src/protocol/bilingual.js';
import type { Log } from '../carrier/carrier.js';
import { messageOf } from '../text/error-message.js';

/** It may succeed later: the process had too many files open, or the package was being replaced. */
export class NotLoadedError extends Error {
  override readonly name = 'NotLoadedError';
  #isLogged = false;

  constructor(what: string, cause: unknown) {
    super(`${what} cannot be loaded: ${messageOf(cause)}`, { cause });
  }

  /** Once, however many requests waited for it. */
  logTo(log: Log): void {
    if (!this.#isLogged) log.error(this.message);
    this.#isLogged = true;
  }
}

/** What a caller is answered: the error's own message names files. */
export const NOT_LOADED: Bilingual = {
  en: 'a part of the server cannot be loaded now, and its log says why: try again',
  zh: '服务的一部分暂时无法加载，原因见日志，请重试',
};

/** Loads it at the first call, and after a failure at the next one; rejects with a NotLoadedError. */
export function lazily<T>(what: string, load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  let failures = 0;
  const tryToLoad = async () => {
    try {
      const module = bundledModule(load);
      if (module === undefined) return await load();
      await checkReadable(module);
      return await (failures === 0 ? load() : (import(`${module}?${failures}`) as Promise<T>));
    } catch (error) {
      failures += 1;
      loading = undefined;
      throw new NotLoadedError(what, error);
    }
  };
  return () => {
    loading ??= tryToLoad();
    return loading;
  };
}

// In a bundle: () => import("./control-api-RUHFXFFK.js").
const IMPORT = /\bimport\("(\.\/[^"/]+)"\)/;

/**
 * The address of the module that a function imports, where it comes from a bundle. Node keeps a module that could not
 * be loaded as failed for ever, so that the next attempt needs another address, which a query makes.
 */
function bundledModule(load: () => Promise<unknown>): string | undefined {
  const path = IMPORT.exec(String(load))?.[1];
  return path === undefined ? undefined : new URL(path, import.meta.url).href;
}

/** So that Node, which has no way to forget them, keeps few failures. */
async function checkReadable(module: string): Promise<void> {
  const handle = await open(fileURLToPath(module));
  await handle.close();
}
