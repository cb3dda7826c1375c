/**
 * Counts the steps of a run, so that a test can compare amounts of work without a clock. V8 counts for the whole process,
 * and only in code that it compiles later. So import this file first, and only in the tier `full`.
 */
import { Session } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';

export interface Steps {
  /** How often a block of the product's code ran, plus the elements that built-in methods of strings and arrays read. */
  readonly code: number;
  /** How often each regular expression backtracked, rounded up to a power of two for each call; infinity ends the run. */
  readonly backtracks: ReadonlyMap<string, number>;
}

// More than linear work on a test's texts needs. A run with more is aborted, because exponential work would not end.
const BACKTRACKS_MAX = 1 << 22;

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
// Optimized code of regular expressions does not count the backtracks of its simplest loops.
setFlagsFromString('--no-regexp-optimization');

/** Counts each run separately. An error ends the run. */
export function stepsOf(runs: readonly (() => unknown)[]): readonly Steps[] {
  takeBlockCounts();
  return runs.map((run) => {
    const tally: Tally = { elements: 0, backtracks: new Map() };
    const restore = [
      countBacktracks(tally),
      ...BUILT_INS.map((builtIn) => countElements(builtIn, tally)),
    ];
    const before = tally.elements;
    try {
      run();
    } catch {
      // The steps before the error count.
    }
    const elements = tally.elements - before;
    for (const undo of restore) undo();
    return { code: takeBlockCounts() + elements, backtracks: tally.backtracks };
  });
}

interface Tally {
  elements: number;
  readonly backtracks: Map<string, number>;
}

const COUNTED = ['../../mock-server/', '../../src/'].map(
  (folder) => new URL(folder, import.meta.url).href,
);

/** Returns the block counts of the product's code since the last call. Reading the counters resets them. */
function takeBlockCounts(): number {
  let total = 0;
  session.post('Profiler.takePreciseCoverage', (error, coverage) => {
    if (error !== null) throw new Error(error.message);
    const scripts = coverage.result.filter(({ url }) =>
      COUNTED.some((folder) => url.startsWith(folder)),
    );
    for (const { functions } of scripts)
      for (const { count } of functions.flatMap(({ ranges }) => ranges)) total += count;
  });
  return total;
}

type Method = (this: unknown, ...args: readonly unknown[]) => unknown;

interface BuiltIn {
  readonly of: object;
  readonly names: readonly string[];
  /** How many elements a call read. */
  readonly cost: (
    receiver: ArrayLike<unknown>,
    result: unknown,
    args: readonly unknown[],
  ) => number;
}

const { indexOf } = String.prototype;

/** Built-in methods that can make a linear-looking loop quadratic. Object spread and string slices are not counted. */
const BUILT_INS: readonly BuiltIn[] = [
  {
    of: String.prototype,
    names: ['split', 'replace', 'replaceAll', 'toUpperCase', 'toLowerCase', 'normalize'],
    cost: ({ length }) => length,
  },
  {
    of: String.prototype,
    names: ['indexOf', 'includes'],
    cost: (receiver, _, [needle, from = 0]) => {
      const found = indexOf.call(String(receiver), String(needle), Number(from));
      return (found === -1 ? receiver.length : found + 1) - Number(from);
    },
  },
  {
    of: Array.prototype,
    names: [
      'concat',
      'slice',
      'splice',
      'shift',
      'unshift',
      'join',
      'reverse',
      'includes',
      'indexOf',
    ],
    cost: ({ length }) => length,
  },
  { of: Object.getPrototypeOf([][Symbol.iterator]()), names: ['next'], cost: () => 1 },
  { of: Object.getPrototypeOf(''[Symbol.iterator]()), names: ['next'], cost: () => 1 },
];

/** Returns a function that restores the methods. */
function countElements({ of, names, cost }: BuiltIn, tally: Tally): () => void {
  const undo = names.map((name) => {
    const method: Method = Reflect.get(of, name);
    Reflect.set(of, name, function counted(this: ArrayLike<unknown>, ...args: readonly unknown[]) {
      const result = Reflect.apply(method, this, args);
      tally.elements += cost(this, result, args);
      return result;
    });
    return () => Reflect.set(of, name, method);
  });
  return () => {
    for (const restore of undo) restore();
  };
}

const { exec } = RegExp.prototype;

/** All methods with a regular expression call its exec(). */
function countBacktracks({ backtracks }: Tally): () => void {
  RegExp.prototype.exec = function counted(text) {
    const twins = twinsOf(this);
    const { name } = twins;
    backtracks.set(name, (backtracks.get(name) ?? 0) + backtracksOf(twins, this, String(text)));
    if (backtracks.get(name) === Number.POSITIVE_INFINITY) throw new Error(`${name} does not end`);
    return exec.call(this, text);
  };
  return () => {
    RegExp.prototype.exec = exec;
  };
}

/** The same expression with other limits of backtracks, in the order of the limits. */
interface Twins {
  readonly name: string;
  readonly limited: RegExp[];
}

const twinsByName = new Map<string, Twins>();
// Composing a name takes longer than most matches.
const twinsByObject = new WeakMap<RegExp, Twins>();

function twinsOf(regExp: RegExp): Twins {
  const known = twinsByObject.get(regExp);
  if (known !== undefined) return known;
  const name = `/${regExp.source}/${regExp.flags}`;
  const twins = twinsByName.get(name) ?? { name, limited: [] };
  twinsByName.set(name, twins);
  twinsByObject.set(regExp, twins);
  return twins;
}

/** Returns the lowest limit with which the same expression ends. */
function backtracksOf({ limited }: Twins, regExp: RegExp, text: string): number {
  for (let limit = 1, at = 0; limit < BACKTRACKS_MAX; limit *= 2, at += 1) {
    const twin = limited[at] ?? limitedTwin(regExp, limit);
    limited[at] = twin;
    twin.lastIndex = regExp.lastIndex;
    if (exec.call(twin, text) !== null) return limit;
  }
  return Number.POSITIVE_INFINITY;
}

setFlagsFromString('--allow-natives-syntax');
/** From the tests of V8. The expression matches nothing after more backtracks than the limit, which is a small integer. */
const newLimited = new Function(
  'source',
  'flags',
  'limit',
  'return %NewRegExpWithBacktrackLimit(source, flags, limit)',
) as (source: string, flags: string, limit: number) => RegExp;

/** Matches the end of the text if the expression does not match, so that no match means the limit. */
function limitedTwin({ source, flags, sticky }: RegExp, limit: number): RegExp {
  return newLimited(`(?:${source})|${sticky ? '' : '(?![^])'}`, flags, limit);
}
