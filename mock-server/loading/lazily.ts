/** What is loaded when it is first needed: modules that many servers never need, files. A failure is not kept. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { messageOf } from '../../src/text/error-message.js';
import type { Log } from '../carrier/carrier.js';

/** It may succeed later: the process had too many files open, or the package was being replaced. */
export class NotLoadedError extends Error {
  override readonly name = 'NotLoadedError';
  #isLogged = false;

  readonly #reason: Bilingual;

  constructor(what: Bilingual, cause: unknown) {
    const reason = messageOf(cause);
    const message = { en: `${what.en} cannot be loaded: ${reason}`, zh: `无法加载${what.zh}：${reason}` };
    super(message.en, { cause });
    this.#reason = message;
  }

  /** Once, however many requests waited for it. */
  logTo(log: Log): void {
    if (!this.#isLogged) log.error(this.#reason);
    this.#isLogged = true;
  }
}

/** What a caller is answered: the error's own message names files. */
export const NOT_LOADED: Bilingual = {
  en: 'a part of the server cannot be loaded now, and its log says why: try again',
  zh: '服务的一部分暂时无法加载，原因见日志，请重试',
};

/**
 * Loads it at the first call, and after a failure at the next one; rejects with a NotLoadedError. A module can be loaded
 * again because the build makes CommonJS: Node forgets a failed `require`, but never a failed `import()`.
 */
export function lazily<T>(what: Bilingual, load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  const tryToLoad = async () => {
    try {
      return await load();
    } catch (error) {
      loading = undefined;
      throw new NotLoadedError(what, error);
    }
  };
  return () => {
    loading ??= tryToLoad();
    return loading;
  };
}
