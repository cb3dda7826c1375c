/** Finds ids by a name from the command line, and checks ids in a file. */
import { UsageError } from '../../src/text/usage-error.js';

/** The ways in which a name matches ids. The first way with a match is used. */
const MATCHERS: readonly ((name: string, id: string) => boolean)[] = [
  (name, id) => id === name,
  (name, id) => id.startsWith(`${name.replace(/\/$/, '')}/`),
  (name, id) => id.startsWith(name),
  (name, id) => isGlob(name) && matchesGlob(name, id),
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
function matchesGlob(name: string, id: string): boolean {
  const escaped = name.replace(/[\\^$.+()[\]{}|/]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(id);
}

/** A misspelt id must not pass silently. Throws a UsageError with the row; `at` is the file and the pointer of the list. */
export function checkCaseIds(at: string, rows: readonly { readonly case: string }[], ids: readonly string[]): void {
  const row = rows.findIndex((one) => !ids.includes(one.case));
  if (row < 0) return;
  const found = JSON.stringify(rows[row]?.case);
  throw new UsageError({
    en: `${at}/${row}/case must be the id of a case, found ${found}: --list prints all`,
    zh: `${at}/${row}/case 应为用例的 id，实际为 ${found}：--list 列出全部`,
  });
}
