/** What the recipes of one sign are put together from. */
import type { Part } from './recipe.js';
import type { SecretUse } from './secret-uses.js';

type Parts = readonly Part[];

export interface Menu {
  /** Fields that may be due, the likelier list first. */
  readonly bases: readonly Parts[];
  readonly forms: readonly Parts[];
  /** Times and msgids that were not sent, for parts that have one; made as they are asked for. */
  readonly otherValues: (parts: Parts) => Iterable<Parts>;
  readonly extras: Parts;
  readonly orders: readonly (readonly string[])[];
  readonly uses: readonly SecretUse[];
  /** Whether a secret belongs into the text, and so may stand anywhere in it. */
  readonly secretAnywhere: boolean;
}
