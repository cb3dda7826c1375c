/** The operation that a path names. */
import { OPERATIONS, type Operation } from '../../src/protocol/operations.js';
import { Problem } from './problem.js';

export function operationNamed(name: string): Operation {
  const known = OPERATIONS.find(({ operation }) => operation === name);
  if (known !== undefined) return known.operation;
  const names = OPERATIONS.map(({ operation }) => operation);
  throw new Problem(404, {
    en: `no operation ${JSON.stringify(name)}: there are ${names.join(' and ')}`,
    zh: `没有接口 ${JSON.stringify(name)}，有：${names.join('、')}`,
  });
}
