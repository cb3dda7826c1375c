/** What stands behind the question mark: texts, each given once, and numbers. */
import type { Request } from 'express';
import { OPERATIONS, type Operation } from '../../src/protocol/operations.js';
import { quote } from '../schema-problem.js';
import { invalid } from './problem.js';

const LIMIT_DEFAULT = 100;
export const LIMIT_MAX = 1000;

export function textQuery(req: Request, name: string): string | undefined {
  const value = req.query[name];
  if (value === undefined || typeof value === 'string') return value;
  throw invalid({ pointer: `/${name}`, detail: `must be given once, found ${quote(value)}` });
}

export function operationQuery(req: Request): Operation | undefined {
  return oneOf(req, { name: 'operation', choices: OPERATIONS.map(({ operation }) => operation) });
}

interface Choice<T extends string> {
  readonly name: string;
  readonly choices: readonly T[];
}

/** One of the choices: unless said, the first. */
export function choiceQuery<T extends string>(
  req: Request,
  choice: Choice<T> & { readonly choices: readonly [T, ...T[]] },
): T {
  return oneOf(req, choice) ?? choice.choices[0];
}

function oneOf<T extends string>(req: Request, { name, choices }: Choice<T>): T | undefined {
  const value = textQuery(req, name);
  const known = choices.find((choice) => choice === value);
  if (known !== undefined || value === undefined) return known;
  throw invalid({
    pointer: `/${name}`,
    detail: `must be one of ${choices.map(quote).join(', ')}, found ${quote(value)}`,
  });
}

export function limitQuery(req: Request): number {
  const value = textQuery(req, 'limit');
  if (value === undefined) return LIMIT_DEFAULT;
  const limit = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (limit >= 1 && limit <= LIMIT_MAX) return limit;
  throw invalid({ pointer: '/limit', detail: `must be a whole number from 1 to ${LIMIT_MAX}, found ${quote(value)}` });
}
