/** Query parameters. Each may occur once. */

import {
  type ParameterRow,
  type ParameterSchema,
  QUERY,
  type QueryName,
} from '../../src/control/calls/query.js';
import { OPERATIONS } from '../../src/protocol/operations.js';
import { listed } from '../../src/text/bilingual.js';
import { notOneOf } from '../schemas/schema-problem.js';
import { invalid, invalidField } from './problem.js';

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

type Value = string | number | undefined;

/** The values of these parameters. Throws a Problem for the first invalid one in the order of QUERY. */
export function valuesIn(
  query: URLSearchParams,
  names: readonly QueryName[],
): Readonly<Record<string, Value>> {
  const values: Record<string, Value> = {};
  for (const [name, [type]] of Object.entries<ParameterRow>(QUERY)) {
    if (!names.some((each) => each === name)) continue;
    values[name] = valueIn(query, name, typeof type === 'string' ? NOTATIONS[type] : type);
  }
  return values;
}

const NOTATIONS: Readonly<Record<'string' | 'Operation', ParameterSchema>> = {
  string: {},
  Operation: { enum: OPERATIONS.map(({ operation }) => operation) },
};

function valueIn(query: URLSearchParams, name: string, schema: ParameterSchema): Value {
  const text = textQuery(query, name);
  if (text === undefined) return schema.default;
  if (schema.type === 'integer') return countIn(text, name, schema);
  const { enum: choices = [text] } = schema;
  if (choices.includes(text)) return text;
  throw invalidField(notOneOf(`/${name}`, choices, text));
}

function countIn(text: string, name: string, { maximum: max = 0 }: ParameterSchema): number {
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= max) return count;
  throw invalid(`/${name}`, 'query.count', { max, found: text });
}
