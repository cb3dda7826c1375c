/** Runs pieces of work in several parallel jobs. */

export interface JobOptions<Work, Result> {
  /** The number of parallel jobs. */
  readonly jobs: number;
  /** The waiting time of a piece. Job 1 takes the longest waits first; the other jobs follow the list. */
  readonly waitMs?: (work: Work) => number;
  /** Jobs are numbered from 1. */
  readonly run: (work: Work, job: number) => Promise<Result>;
}

interface Piece<Work, Result> {
  readonly work: Work;
  readonly result: Promise<Result>;
  readonly resolve: (result: Promise<Result>) => void;
}

/**
 * Returns a promise for each piece, in the order of the pieces, so a caller can report them in this order. If a piece
 * rejects, the pieces that have not started reject with the same error.
 */
export function inJobs<Work, Result>(
  works: readonly Work[],
  { jobs, waitMs = () => 0, run }: JobOptions<Work, Result>,
): readonly Promise<Result>[] {
  const pieces = works.map((work) => pieceOf<Work, Result>(work));
  const remaining = [...pieces];
  const longestFirst = pieces.toSorted((one, other) => waitMs(other.work) - waitMs(one.work));
  const take = (job: number) => {
    const next = job === 1 && jobs > 1 ? longestFirst.find((piece) => remaining.includes(piece)) : remaining[0];
    if (next !== undefined) remaining.splice(remaining.indexOf(next), 1);
    return next;
  };
  const begin = async (job: number) => {
    for (let piece = take(job); piece !== undefined; piece = take(job)) {
      const result = run(piece.work, job);
      piece.resolve(result);
      await result.catch(() => {
        for (const rest of remaining.splice(0)) rest.resolve(result);
      });
    }
  };
  for (let job = 1; job <= Math.min(jobs, works.length); job += 1) void begin(job);
  return pieces.map(({ result }) => result);
}

function pieceOf<Work, Result>(work: Work): Piece<Work, Result> {
  let resolve: Piece<Work, Result>['resolve'] = () => undefined;
  const result = new Promise<Result>((done) => {
    resolve = done;
  });
  // The caller may await it later, so a rejection must not be unhandled until then.
  result.catch(() => undefined);
  return { work, result, resolve };
}
