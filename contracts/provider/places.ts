/** What a difference compares: a field, a part of one, or something else of a call. */

import type { Bilingual } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import { FACTS } from '../kit/operations.js';
import { nameIn } from '../kit/pointer.js';
import { type Clause, type Difference, shown } from '../kit/result.js';
import type { RuleId } from '../kit/rules.js';

export const ACCESS_TOKEN = '/body/accessToken';

/** What a difference compares, and where. */
export type Place = Pick<Difference, 'rule' | 'at' | 'name' | 'field'>;

export function named(rule: RuleId, name: Bilingual): Place {
  return { rule, at: name.en, name };
}

export function fieldAt(rule: RuleId, at: string): Place {
  return { rule, at, field: nameIn(at) };
}

export function partOfField(rule: RuleId, at: string, { en, zh }: Bilingual): Place {
  const name = { en: `${at} ${en}`, zh: `${at} ${zh}` };
  return { ...named(rule, name), field: `${nameIn(at)} ${en}` };
}

/** The number and the accessToken are results; for the other fields, what is compared. */
export function ruleOfField(operation: Operation, at: string, other: RuleId): RuleId {
  if (at === FACTS[operation].response.phoneNumber) return 'number';
  return at === ACCESS_TOKEN ? 'access-token' : other;
}

/** A schema states the form of a field, so it can differ in addition to the field's value. */
export function isSamePlace(one: Difference, other: Difference): boolean {
  return one.at === other.at && (one.rule === 'schema') === (other.rule === 'schema');
}

export function differs(
  place: Place,
  expected: string,
  received: unknown,
  clause?: Clause,
): readonly Difference[] {
  if (received === expected) return [];
  return [{ ...place, expected, received: shown(received), ...(clause && { clause }) }];
}
