/** The choices from which the recipes of one signature are generated. */
import type { Part } from './recipe.js';
import type { SecretUse } from './secret-uses.js';

type Parts = readonly Part[];

export interface RecipeChoices {
  /** The lists of fields that may be expected, the likelier one first. */
  readonly bases: readonly Parts[];
  readonly forms: readonly Parts[];
  /** Times and msgids that were not sent, if the parts include them. Generated lazily. */
  readonly otherValues: (parts: Parts) => Iterable<Parts>;
  readonly extras: Parts;
  readonly orders: readonly (readonly string[])[];
  readonly uses: readonly SecretUse[];
  /** Whether the secret belongs in the text, so that it may be anywhere in it. */
  readonly secretAnywhere: boolean;
}
