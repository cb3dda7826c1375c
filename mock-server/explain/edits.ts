/** A search for the edits that turn what is expected into what was made: likely ones first, alone, then together. */

export interface Edit<Made, Mistake> {
  /** At least 2; a small weight is likely. The weights of edits that are made together add up. */
  readonly weight: number;
  /** A convention has several, and a difference that is no mistake has none. */
  readonly mistakes: readonly Mistake[];
  /** Returns the same object if the edit does not apply. */
  readonly apply: (made: Made) => Made;
}

/** Alternatives: at most one of them is made. */
export type Step<Made, Mistake> = readonly Edit<Made, Mistake>[];

/** Something that may have been made, and the mistakes that lead to it. */
export interface Edited<Made, Mistake> {
  readonly made: Made;
  readonly mistakes: readonly Mistake[];
}

export interface EditLimits {
  /** Of the weights together. */
  readonly weightMax: number;
  /** How many edits are made together. */
  readonly editsMax: number;
}

const WEIGHT_MIN = 2;

/**
 * The start, then what edits of different steps make of it. Of two ways to make the same, the first has the smaller weight;
 * with equal weights, the order of the steps and of their edits decides.
 */
export function* editsOf<Made, Mistake>(
  start: Made,
  steps: readonly Step<Made, Mistake>[],
  { weightMax, editsMax }: EditLimits,
): Generator<Edited<Made, Mistake>> {
  const unchanged = { made: start, mistakes: [] };
  yield unchanged;
  const possible = possibleOf(steps);
  for (let weight = WEIGHT_MIN; weight <= weightMax; weight += 1)
    yield* combined(unchanged, { possible, from: 0 }, { weight, editsMax });
}

type Steps<Made, Mistake> = readonly Step<Made, Mistake>[];

/** The steps with the edits that can be made. Sorted out once: most of the edits are too heavy for most combinations. */
function possibleOf<Made, Mistake>(
  steps: Steps<Made, Mistake>,
): (left: Left) => Steps<Made, Mistake> {
  const known = new Map<string, Steps<Made, Mistake>>();
  return (left) => {
    const key = `${left.weight} ${left.editsMax}`;
    const possible =
      known.get(key) ?? steps.map((step) => step.filter((edit) => canBeMade(edit, left)));
    known.set(key, possible);
    return possible;
  };
}

interface Left {
  readonly weight: number;
  readonly editsMax: number;
}

/** The steps from this one on. */
interface Later<Made, Mistake> {
  readonly possible: (left: Left) => Steps<Made, Mistake>;
  readonly from: number;
}

/** Exactly this weight. An edit is applied once for all combinations that begin with it. */
function* combined<Made, Mistake>(
  before: Edited<Made, Mistake>,
  { possible, from }: Later<Made, Mistake>,
  left: Left,
): Generator<Edited<Made, Mistake>> {
  const steps = possible(left);
  for (let at = from; at < steps.length; at += 1) {
    const later = { possible, from: at + 1 };
    for (const edit of steps[at] ?? []) yield* beginning(edit, { before, later, left });
  }
}

function* beginning<Made, Mistake>(
  { apply, mistakes, weight }: Edit<Made, Mistake>,
  {
    before,
    later,
    left,
  }: {
    readonly before: Edited<Made, Mistake>;
    readonly later: Later<Made, Mistake>;
    readonly left: Left;
  },
): Generator<Edited<Made, Mistake>> {
  const made = apply(before.made);
  if (made === before.made) return;
  const edited = { made, mistakes: [...before.mistakes, ...mistakes] };
  const rest = { weight: left.weight - weight, editsMax: left.editsMax - 1 };
  if (rest.weight === 0) yield edited;
  else yield* combined(edited, later, rest);
}

/** Last, or with room for another edit. */
function canBeMade({ weight }: { readonly weight: number }, left: Left): boolean {
  const rest = left.weight - weight;
  return rest === 0 || (rest >= WEIGHT_MIN && left.editsMax > 1);
}
