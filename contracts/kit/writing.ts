/** Files that the kit writes: reports, exchanges, the result and the count of a calibration. */
import { codeOf, messageOf } from '../../src/text/error-message.js';
import { UsageError } from '../../src/text/usage-error.js';

/** Throws a UsageError with the setting that has the path. */
export function writing<T>(setting: string, path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = codeOf(error) ?? messageOf(error);
    throw new UsageError({
      en: `${setting} must be writable, found ${path} (${code}). Choose another path.`,
      zh: `${setting} 应可写，实际为 ${path}（${code}）。请换一个路径。`,
    });
  }
}
