/** The distance between two names, to suggest the right one for a typo. */

// Beyond this distance it is a different name, not a typo.
const TYPO_DISTANCE_MAX = 2;

/** The known name that was probably meant, in any case; undefined if none is near. */
export function nearName(name: string, known: readonly string[]): string | undefined {
  return known.find(
    (candidate) =>
      // The input may be a megabyte long, and the distance takes a step for each pair of letters.
      Math.abs(candidate.length - name.length) <= TYPO_DISTANCE_MAX &&
      editDistance(candidate.toLowerCase(), name.toLowerCase()) <= TYPO_DISTANCE_MAX,
  );
}

/** How many letters must be changed, added or removed (Levenshtein), row by row. */
export function editDistance(a: string, b: string): number {
  const others = [...b];
  let row = Array.from({ length: others.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of others.entries()) {
      next.push(
        Math.min(
          (row[j] ?? 0) + (letter === other ? 0 : 1),
          (row[j + 1] ?? 0) + 1,
          (next[j] ?? 0) + 1,
        ),
      );
    }
    row = next;
  }
  return row[others.length] ?? 0;
}

/** For case-sensitive names: all differences of case together count as one. */
export function nameDistance(sent: string, known: string): number {
  const letters = editDistance(sent.toLowerCase(), known.toLowerCase());
  return editDistance(sent, known) > letters ? letters + 1 : letters;
}
