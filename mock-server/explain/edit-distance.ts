/** How many letters two names differ by: Levenshtein's distance, where all differences of case together count as one. */

export function nameDistance(sent: string, known: string): number {
  const [lowerSent, lowerKnown] = [sent.toLowerCase(), known.toLowerCase()];
  const letters = editDistance(lowerSent, lowerKnown);
  return editDistance(sent, known) > letters ? letters + 1 : letters;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...a].entries()) {
    previous = nextRow(previous, { letter, row, b });
  }
  return previous.at(-1) ?? 0;
}

function nextRow(
  previous: readonly number[],
  { letter, row, b }: { readonly letter: string; readonly row: number; readonly b: string },
): number[] {
  const current = [row + 1];
  for (let column = 1; column <= b.length; column += 1) {
    const substitution = at(previous, column - 1) + (b.charAt(column - 1) === letter ? 0 : 1);
    current.push(Math.min(substitution, at(previous, column) + 1, at(current, column - 1) + 1));
  }
  return current;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
