/** Runs pieces of work in several parallel jobs. */

export interface JobOptions<Work, Result> {
  /** The number of parallel jobs. */
  readonly jobs: number;
  /** Jobs are numbered from 1. */
  readonly run: (work: Work, job: number) => Promise<Result>;
  /** Called in the order of the pieces. */
  readonly onResult: (result: Result, work: Work) => void;
}

/** Returns the results in the order of the pieces. After an error no further piece starts; it rejects when the others have ended. */
export async function inJobs<Work, Result>(
  works: readonly Work[],
  { jobs, run, onResult }: JobOptions<Work, Result>,
): Promise<readonly Result[]> {
  const remaining = [...works.entries()];
  const done = new Map<number, { readonly work: Work; readonly result: Result }>();
  const results: Result[] = [];
  const begin = async (job: number) => {
    for (let next = remaining.shift(); next !== undefined; next = remaining.shift()) {
      const [at, work] = next;
      done.set(at, { work, result: await run(work, job) });
      for (let one = done.get(results.length); one !== undefined; one = done.get(results.length)) {
        onResult(one.result, one.work);
        results.push(one.result);
      }
    }
  };
  const ends = await Promise.allSettled(
    Array.from({ length: Math.min(jobs, works.length) }, (_, at) =>
      begin(at + 1).catch((error: unknown) => {
        remaining.splice(0);
        throw error;
      }),
    ),
  );
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return results;
}
