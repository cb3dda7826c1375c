/** Runs pieces of work in several parallel jobs. */

export interface JobOptions<Work, Result> {
  /** The number of parallel jobs. */
  readonly jobs: number;
  /** Jobs are numbered from 1. */
  readonly run: (work: Work, job: number) => Promise<Result>;
}

/**
 * Returns a promise for each piece, in the order of the pieces, so a caller can report them in this order. If a piece
 * rejects, the pieces that have not started reject with the same error.
 */
export function inJobs<Work, Result>(
  works: readonly Work[],
  { jobs, run }: JobOptions<Work, Result>,
): readonly Promise<Result>[] {
  const resolves: ((result: Promise<Result>) => void)[] = [];
  const results = works.map(
    (_, at) =>
      new Promise<Result>((resolve) => {
        resolves[at] = resolve;
      }),
  );
  // The caller may await a result later, so a rejection must not be unhandled until then.
  for (const result of results) result.catch(() => undefined);
  const remaining = [...works.keys()];
  const begin = async (job: number) => {
    for (let at = remaining.shift(); at !== undefined; at = remaining.shift()) {
      const result = run(works[at] as Work, job);
      resolves[at]?.(result);
      await result.catch(() => {
        for (const rest of remaining.splice(0)) resolves[rest]?.(result);
      });
    }
  };
  for (let job = 1; job <= Math.min(jobs, works.length); job += 1) void begin(job);
  return results;
}
