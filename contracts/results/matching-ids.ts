/** Finds ids by a name from the command line. */

/** The ways in which a name matches ids. The first way with a match is used. */
const MATCHERS: readonly ((name: string, id: string) => boolean)[] = [
  (name, id) => id === name,
  (name, id) => id.startsWith(`${name.replace(/\/$/, '')}/`),
  (name, id) => id.startsWith(name),
  (name, id) => isGlob(name) && globOf(name).test(id),
  (name, id) => !isGlob(name) && id.includes(name),
];

/** The ids that match a name: the complete id, else ids that begin with it, else a glob or a part of ids. */
export function idsMatching(name: string, ids: readonly string[]): readonly string[] {
  for (const matches of MATCHERS) {
    const found = ids.filter((id) => matches(name, id));
    if (found.length > 0) return found;
  }
  return [];
}

function isGlob(name: string): boolean {
  return /[*?]/.test(name);
}

/** A star matches any text, including slashes; a question mark matches one character. */
function globOf(name: string): RegExp {
  const pattern = name
    .replace(/[\\^$.+()[\]{}|/]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`);
}

const NEAREST = 3;

/** The ids that are most similar to a name. */
export function nearestIds(name: string, ids: readonly string[]): readonly string[] {
  return ids
    .map((id) => ({ id, distance: Math.min(...endsOf(id).map((end) => distanceOf(name, end))) }))
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, NEAREST)
    .map(({ id }) => id);
}

/** The id and its endings: a name may have only the last parts of an id. */
function endsOf(id: string): readonly string[] {
  const parts = id.split('/');
  return parts.map((_, at) => parts.slice(at).join('/'));
}

/** The Levenshtein distance. */
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
