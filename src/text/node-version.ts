/**
 * Refuses a Node outside the range that package.json requires. The build makes a file of its own of this module, which each
 * entry loads before anything else.
 */
import manifest from '../../package.json' with { type: 'json' };
import type { Bilingual } from './bilingual.js';

const NEEDED = manifest.engines.node;

const REMEDY: Bilingual = {
  en: 'install one of these versions, or put it first in PATH.',
  zh: '请安装符合要求的版本，或把它放到 PATH 前面。',
};

export interface RunningNode {
  readonly version: string;
  readonly path: string;
}

/** What to say about this Node; undefined if its version is in the range. */
export function oldNodeProblem({ version, path }: RunningNode): Bilingual | undefined {
  if (NEEDED.split(' || ').some((range) => isIn(version, range))) return undefined;
  return {
    en: `${manifest.name} needs Node.js ${NEEDED}, but ${path} is ${version}: ${REMEDY.en}`,
    zh: `${manifest.name} 需要 Node.js ${NEEDED}，当前的 ${path} 是 ${version}：${REMEDY.zh}`,
  };
}

/** A range is `^20.19.0` (of this major version) or `>=22.0.0`. */
function isIn(version: string, range: string): boolean {
  const found = numbersOf(version);
  const least = numbersOf(range.replace(/^\D+/, ''));
  if (range[0] === '^' && found[0] !== least[0]) return false;
  const [difference = 0] = least
    .map((number, index) => (found[index] ?? 0) - number)
    .filter((between) => between !== 0);
  return difference >= 0;
}

/** Without the label of a nightly build or of a release candidate. */
function numbersOf(version: string): readonly number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10));
}

// A browser has no `process`, and a bundler may supply one without versions.
const version = globalThis.process?.versions?.node;
const problem =
  version === undefined ? undefined : oldNodeProblem({ version, path: process.execPath });
if (problem !== undefined) throw new Error(`${problem.en}\n${problem.zh}`);
