/** Reads a journal in steps, so that reading a full one blocks no other request and holds few of its entries. */

// A hundred of the largest records take a few megabytes.
const STEP = 100;

/** The entries, newest first and each once, even if others are written meanwhile. */
export async function* stepsOf(
  range: (from: number, to: number) => Promise<readonly string[]>,
): AsyncGenerator<readonly string[]> {
  let last: string | undefined;
  // Each step begins with the last entry of the one before. New entries shift it to a later place.
  for (let from = 0; ; from += STEP) {
    const entries = await range(from, from + STEP);
    const at = last === undefined ? -1 : entries.lastIndexOf(last);
    if (last === undefined || at !== -1) {
      yield entries.slice(at + 1);
      last = entries.at(-1);
    }
    if (entries.length <= STEP) return;
  }
}
