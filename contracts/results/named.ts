/** Ids as somebody names them. */

/** How a name finds ids; the first way that finds any is meant. */
const WAYS: readonly ((name: string, id: string) => boolean)[] = [
  (name, id) => id === name,
  (name, id) => id.startsWith(`${name.replace(/\/$/, '')}/`),
  (name, id) => id.startsWith(name),
  (name, id) => isGlob(name) && globOf(name).test(id),
  (name, id) => !isGlob(name) && id.includes(name),
];

/** The ids of a name: the whole id, else those that begin with it, else those that it is a glob or a part of. */
export function idsNamed(name: string, ids: readonly string[]): readonly string[] {
  for (const fits of WAYS) {
    const found = ids.filter((id) => fits(name, id));
    if (found.length > 0) return found;
  }
  return [];
}

function isGlob(name: string): boolean {
  return /[*?]/.test(name);
}

/** A star stands for any text, slashes too; a question mark for one character. */
function globOf(name: string): RegExp {
  const pattern = name
    .replace(/[\\^$.+()[\]{}|/]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`);
}

const NEAREST = 3;

/** The ids that were most likely meant. */
export function nearestIds(name: string, ids: readonly string[]): readonly string[] {
  return ids
    .map((id) => ({ id, distance: Math.min(...endsOf(id).map((end) => distanceOf(name, end))) }))
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, NEAREST)
    .map(({ id }) => id);
}

/** A name may be the last parts of an id only. */
function endsOf(id: string): readonly string[] {
  const parts = id.split('/');
  return parts.map((_, at) => parts.slice(at).join('/'));
}

/** Levenshtein's: how many characters have to be added, left out or replaced. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 0; at < one.length; at += 1) {
    const next = [at + 1];
    for (let to = 0; to < other.length; to += 1) {
      const replaced = (row[to] ?? 0) + (one[at] === other[to] ? 0 : 1);
      next.push(Math.min(replaced, (row[to + 1] ?? 0) + 1, (next[to] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
