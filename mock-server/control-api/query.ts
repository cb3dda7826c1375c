/** Query parameters. Each may occur once. */

import { OPERATIONS, type Operation } from '../../src/protocol/operations.js';
import { LANGUAGES, type Language, listed } from '../../src/text/bilingual.js';
import { notOneOf } from '../schemas/schema-problem.js';
import { languageOf } from './language.js';
import { invalid, invalidField } from './problem.js';
import type { Call } from './route.js';

const LIMIT_DEFAULT = 100;
export const LIMIT_MAX = 1000;
/** The password of Java's own trust store. */
export const PASSWORD_DEFAULT = 'changeit';

export function textQuery(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  if (values.length <= 1) return values[0];
  throw invalid(`/${name}`, 'query.repeated', { found: values });
}

/** Throws a Problem for a name that the call does not have. Every call has `lang`, the language of its problems. */
export function checkNames(query: URLSearchParams, names: readonly string[]): void {
  const known = names.includes('lang') ? names : [...names, 'lang'];
  const unknown = [...query.keys()].find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw invalid(`/${unknown}`, 'query.unknown', { known: listed(known) });
}

export function operationQuery(query: URLSearchParams): Operation | undefined {
  return oneOf(query, { name: 'operation', choices: OPERATIONS.map(({ operation }) => operation) });
}

/** The language of `?lang`, else of the request headers, else the server's. */
export function languageQuery({
  query,
  request,
  carrier,
}: Pick<Call, 'query' | 'request' | 'carrier'>): Language {
  return oneOf(query, { name: 'lang', choices: LANGUAGES }) ?? languageOf(request, carrier.log);
}

export function oneOf<T extends string>(
  query: URLSearchParams,
  { name, choices }: { readonly name: string; readonly choices: readonly T[] },
): T | undefined {
  const value = textQuery(query, name);
  const known = choices.find((choice) => choice === value);
  if (known !== undefined || value === undefined) return known;
  throw invalidField(notOneOf(`/${name}`, choices, value));
}

export function limitQuery(query: URLSearchParams): number {
  return countQuery(query, 'limit') ?? LIMIT_DEFAULT;
}

export function burstQuery(query: URLSearchParams): number {
  return countQuery(query, 'burst') ?? Number.POSITIVE_INFINITY;
}

function countQuery(query: URLSearchParams, name: 'limit' | 'burst'): number | undefined {
  const value = textQuery(query, name);
  if (value === undefined) return undefined;
  const limit = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (limit >= 1 && limit <= LIMIT_MAX) return limit;
  throw invalid(`/${name}`, 'query.count', { max: LIMIT_MAX, found: value });
}
