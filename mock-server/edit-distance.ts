/** How far one name is from another, for those who mistype. */

/** How many letters have to be changed, added or taken away: Levenshtein's, row by row. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((row[j] ?? 0) + (letter === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The same for names that are told by the case of their letters too: all differences of case together count as one. */
export function nameDistance(sent: string, known: string): number {
  const letters = editDistance(sent.toLowerCase(), known.toLowerCase());
  return editDistance(sent, known) > letters ? letters + 1 : letters;
}
