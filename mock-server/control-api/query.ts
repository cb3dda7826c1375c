/** Query parameters. Each may occur once. */

import { OPERATIONS, type Operation } from '../../src/protocol/operations.js';
import { LANGUAGES, type Language } from '../../src/text/bilingual.js';
import { quote } from '../../src/text/shown-json.js';
import { notOneOf } from '../schemas/schema-problem.js';
import { languageOf } from './language.js';
import { invalid } from './problem.js';
import type { Call } from './route.js';

const LIMIT_DEFAULT = 100;
export const LIMIT_MAX = 1000;
/** The password of Java's own trust store. */
export const PASSWORD_DEFAULT = 'changeit';

export function textQuery(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  if (values.length <= 1) return values[0];
  const found = quote(values);
  throw invalid(`/${name}`, { en: `must be given once, found ${found}`, zh: `只能出现一次，实际为 ${found}` });
}

/** Throws a Problem for a name that the call does not have. Every call has `lang`, the language of its problems. */
export function checkNames(query: URLSearchParams, names: readonly string[]): void {
  const known = names.includes('lang') ? names : [...names, 'lang'];
  const unknown = [...query.keys()].find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw invalid(`/${unknown}`, {
    en: `is not a query parameter of this call, which has ${known.join(', ')}`,
    zh: `不是这个调用的查询参数，可用的有 ${known.join('、')}`,
  });
}

export function operationQuery(query: URLSearchParams): Operation | undefined {
  return oneOf(query, { name: 'operation', choices: OPERATIONS.map(({ operation }) => operation) });
}

/** The language of `?lang`, else of the request headers, else the server's. */
export function languageQuery({ query, request, carrier }: Pick<Call, 'query' | 'request' | 'carrier'>): Language {
  return oneOf(query, { name: 'lang', choices: LANGUAGES }) ?? languageOf(request, carrier.log);
}

export function oneOf<T extends string>(
  query: URLSearchParams,
  { name, choices }: { readonly name: string; readonly choices: readonly T[] },
): T | undefined {
  const value = textQuery(query, name);
  const known = choices.find((choice) => choice === value);
  if (known !== undefined || value === undefined) return known;
  throw invalid(`/${name}`, notOneOf(choices, value));
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
  const found = quote(value);
  throw invalid(`/${name}`, {
    en: `must be a whole number from 1 to ${LIMIT_MAX}, found ${found}`,
    zh: `应为 1–${LIMIT_MAX} 的整数，实际为 ${found}`,
  });
}
