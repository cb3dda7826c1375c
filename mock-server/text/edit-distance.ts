/** How far one name is from another, for those who mistype. */

// A name that is further off is another name.
const TYPO_DISTANCE_MAX = 2;

/** The known name that was probably meant, in whatever case; undefined where none is near. */
export function nearName(name: string, known: readonly string[]): string | undefined {
  return known.find(
    (candidate) =>
      // What comes in may be a megabyte long, and the distance takes a step for each pair of letters.
      Math.abs(candidate.length - name.length) <= TYPO_DISTANCE_MAX &&
      editDistance(candidate.toLowerCase(), name.toLowerCase()) <= TYPO_DISTANCE_MAX,
  );
}

/** How many letters have to be changed, added or taken away: Levenshtein's, row by row. */
export function editDistance(a: string, b: string): number {
  const others = [...b];
  let row = Array.from({ length: others.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of others.entries()) {
      next.push(Math.min((row[j] ?? 0) + (letter === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[others.length] ?? 0;
}

/** The same for names that are told by the case of their letters too: all differences of case together count as one. */
export function nameDistance(sent: string, known: string): number {
  const letters = editDistance(sent.toLowerCase(), known.toLowerCase());
  return editDistance(sent, known) > letters ? letters + 1 : letters;
}
