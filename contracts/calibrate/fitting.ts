/** Which mistakes fit in one request. */
import { FACTS } from '../kit/operations.js';
import { type Mistake, OUTSIDE_FIELDS } from './mistakes.js';

/**
 * The mistakes that fit in one request: the first of each slot, without those that another one hides.
 *
 * @param kept A mistake that no other one may hide.
 */
export function fitting<M extends Mistake>(mistakes: readonly M[], kept?: M): readonly M[] {
  const visible = mistakes.filter((one) => kept === undefined || !hides(one, kept));
  const firsts = visible.filter(
    ({ slot }, at) => visible.findIndex((one) => one.slot === slot) === at,
  );
  return firsts.filter((one) => !firsts.some((other) => hides(other, one)));
}

/** Nothing fits in an unreadable body, and no field in an object that is missing or at a place that is not read. */
function hides({ slot, covers = [] }: Mistake, other: Mistake): boolean {
  if (slot === 'body') return !OUTSIDE_FIELDS.includes(other.slot);
  const paths = pathsOf(other);
  const isCovered = (path: string) => covers.some((prefix) => `${path}/`.startsWith(`${prefix}/`));
  return slot !== other.slot && paths.length > 0 && paths.every(isCovered);
}

/** The fields that a mistake changes. */
function pathsOf({ operation, when, token, repeatsMsgId }: Mistake): readonly string[] {
  const { request } = FACTS[operation];
  const patches = [...(when.fields ?? []), ...(when.signed ?? [])];
  return [
    ...patches.map(({ path }) => path),
    ...Object.keys(when.derived ?? {}),
    ...(token === undefined ? [] : [request.token]),
    ...(repeatsMsgId === true ? [request.msgId] : []),
    ...(when.timeOffset === undefined ? [] : [request.time]),
  ];
}
