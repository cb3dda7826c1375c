/** Finds ids by a name from the command line. */
import { editDistance } from '../../src/text/edit-distance.js';

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
    .map((id) => ({ id, distance: Math.min(...endsOf(id).map((end) => editDistance(name, end))) }))
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, NEAREST)
    .map(({ id }) => id);
}

/** The id and its endings: a name may have only the last parts of an id. */
function endsOf(id: string): readonly string[] {
  const parts = id.split('/');
  return parts.map((_, at) => parts.slice(at).join('/'));
}
