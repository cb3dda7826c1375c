/** A mistake in a string to sign as an edit of the correct one. */
import type { Edit, Step } from '../edits.js';
import type { SignMistakeId } from './mistake-rows.js';
import type { Making, RecipeParts } from './recipe.js';

export type SignEdit = Edit<Making, SignMistakeId>;
export type SignStep = Step<Making, SignMistakeId>;

/** What an edit is: its mistakes, and then what it does. */
export function edit(
  weight: number,
  mistakes: readonly SignMistakeId[],
  apply: (making: Making) => Making,
): SignEdit {
  return { weight, mistakes, apply };
}

export function withFields(making: Making, fields: RecipeParts): Making {
  return fields === making.fields ? making : { ...making, fields };
}
