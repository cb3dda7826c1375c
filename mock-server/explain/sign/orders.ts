/** Orders of parts: those that clients usually choose, and all permutations. */
import type { Part } from './recipe.js';

type Parts = readonly Part[];

/** The parts in each order of names, without duplicates. A name that an order lacks goes last. */
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

/** The maximum number of permuted parts: six parts have 1957 permutations of subsets. */
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

/** The lists that omit one member each. */
export function withoutEach(parts: Parts): readonly Parts[] {
  return parts.map((part) => parts.filter((other) => other !== part));
}

/** The lists with the part inserted at each place, from the last to the first. */
export function atEveryPlace(parts: Parts, part: Part): readonly Parts[] {
  return Array.from({ length: parts.length + 1 }, (_, i) => parts.toSpliced(parts.length - i, 0, part));
}

// The default size of Java's HashMap, for up to twelve entries.
const BUCKETS = 16;

/** The names in the order of Java's HashMap: by the buckets of their hash codes. */
export function hashMapOrder(parts: Parts): readonly string[] {
  const names = parts.map(({ name }) => name);
  return names.toSorted((a, b) => bucketOf(a) - bucketOf(b));
}

function bucketOf(name: string): number {
  let code = 0;
  for (let at = 0; at < name.length; at += 1) code = (Math.imul(code, 31) + name.charCodeAt(at)) | 0;
  return (code ^ (code >>> 16)) & (BUCKETS - 1);
}
