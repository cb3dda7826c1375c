/** Several mistakes in one request. */
import type { When } from '../kit/case.js';
import type { Mistake } from './mistakes.js';

/** The mistakes that fit in one request, the first of each slot. Only the URL and the headers fit with an unreadable body. */
export function fitting(mistakes: readonly Mistake[]): readonly Mistake[] {
  const firsts = mistakes.filter(({ slot }, at) => mistakes.findIndex((one) => one.slot === slot) === at);
  return firsts.some(({ slot }) => slot === 'body')
    ? firsts.filter(({ slot }) => ['body', 'method', 'path', 'type'].includes(slot))
    : firsts;
}

/** The changes of all requests in one. */
export function mergedWhen(all: readonly { readonly when: When }[]): When {
  const changes = all.map(({ when }) => when);
  return {
    ...Object.assign({}, ...changes),
    fields: changes.flatMap(({ fields: patches = [] }) => patches),
    signed: changes.flatMap(({ signed = [] }) => signed),
    derived: Object.assign({}, ...changes.map(({ derived }) => derived)),
  };
}
