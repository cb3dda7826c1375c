/** Measures the rows in turn, in rounds. A row that fails is skipped in later rounds. */
import { rotated } from '../../lib/statistics.mjs';

/** Resolves to `{ row, measured }` for each row, with one measurement for each round, or to `{ row, failure }`. */
export async function measureRounds({ rows, rounds, note }, measure) {
  const results = rows.map((row) => ({ row, measured: [], failure: undefined }));
  for (let round = 0; round < rounds; round += 1) {
    for (const result of rotated(results, round)) if (result.failure === undefined) await measureOne(result, measure);
    note(`round ${round + 1} of ${rounds}`);
  }
  const [ours] = results;
  if (ours.failure !== undefined) throw new Error(`nothing to compare with: ${ours.row.name} ${ours.failure}`);
  return results;
}

async function measureOne(result, measure) {
  try {
    result.measured.push(await measure(result.row));
  } catch (error) {
    result.failure = error.message;
  }
}
