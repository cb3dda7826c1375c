/** Finds the operation in a path. */
import { OPERATIONS, type Operation } from '../../src/protocol/operations.js';
import { Problem } from './problem.js';

export function operationNamed(name: string): Operation {
  const known = OPERATIONS.find(({ operation }) => operation === name);
  if (known !== undefined) return known.operation;
  const names = OPERATIONS.map(({ operation }) => operation);
  throw new Problem(404, {
    en: `unknown operation ${JSON.stringify(name)}: use ${names.join(' or ')}`,
    zh: `没有接口 ${JSON.stringify(name)}：可用 ${names.join('、')}`,
  });
}
