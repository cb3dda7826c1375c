/** Orders that parts are put in: the few that clients choose, and all that there are. */
import type { Part } from './recipe.js';

type Parts = readonly Part[];

/** The parts by each order of names, each result once; a name that an order does not have goes last. */
export function inOrders(parts: Parts, orders: readonly (readonly string[])[]): readonly Parts[] {
  const sorted = orders.map((order) => sortBy(parts, order));
  const seen = new Map(sorted.map((one) => [one.map(({ name }) => name).join('\n'), one]));
  return [...seen.values()];
}

function sortBy(parts: Parts, order: readonly string[]): Parts {
  const rank = new Map(order.map((name, at) => [name, at]));
  const rankOf = ({ name }: Part) => rank.get(name) ?? order.length;
  return parts.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** A row of so many parts at most: of six, every permutation of every subset is 1957 rows. */
const PERMUTED_MAX = 6;

/** Every permutation of every subset, the largest subsets first. */
export function everyOrder(parts: Parts): readonly Parts[] {
  return permutationsOfSubsets(parts.slice(0, PERMUTED_MAX)).toSorted((a, b) => b.length - a.length);
}

function permutationsOfSubsets(parts: Parts): readonly Parts[] {
  const begun = parts.flatMap((part) => {
    const others = permutationsOfSubsets(parts.filter((other) => other !== part));
    return others.map((rest) => [part, ...rest]);
  });
  return [[], ...begun];
}

/** The list without each of its members in turn. */
export function withoutEach(parts: Parts): readonly Parts[] {
  return parts.map((part) => parts.filter((other) => other !== part));
}

/** The list with one more member, at every place from the last to the first. */
export function atEveryPlace(parts: Parts, part: Part): readonly Parts[] {
  return Array.from({ length: parts.length + 1 }, (_, i) => parts.toSpliced(parts.length - i, 0, part));
}

// Of a HashMap that nobody gave a size, up to twelve entries.
const BUCKETS = 16;

/** The names as a HashMap of Java has them: by the buckets of their hash codes. */
export function hashMapOrder(parts: Parts): readonly string[] {
  const names = parts.map(({ name }) => name);
  return names.toSorted((a, b) => bucketOf(a) - bucketOf(b));
}

function bucketOf(name: string): number {
  let code = 0;
  for (let at = 0; at < name.length; at += 1) code = (Math.imul(code, 31) + name.charCodeAt(at)) | 0;
  return (code ^ (code >>> 16)) & (BUCKETS - 1);
}
