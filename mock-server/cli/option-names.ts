/** Checks the names of options: a misspelt option would have no effect and cause no error. */
import { nearName } from '../../src/text/edit-distance.js';
import { UsageError } from '../../src/text/usage-error.js';

/** Throws a UsageError for an unknown option. */
export function checkOptionNames(options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = nearName(unknown, known);
  const hint = near === undefined ? `known: ${known.join(', ')}` : `did you mean ${JSON.stringify(near)}?`;
  throw new UsageError(`unknown option ${JSON.stringify(unknown)}; ${hint}`);
}
