/**
 * Refuses a Node that is older than package.json requires. The build makes a file of its own of this module, which each
 * entry loads before anything else.
 */
import manifest from '../../package.json' with { type: 'json' };
import type { Bilingual } from './bilingual.js';

const NEEDED = manifest.engines.node.replace('>=', '');

const REMEDY: Bilingual = {
  en: 'install a newer Node.js, or put it first in PATH.',
  zh: '请安装新版本，或把已安装的新版本放到 PATH 前面。',
};

export interface RunningNode {
  readonly version: string;
  readonly path: string;
}

/** What to say about this Node; undefined if it is new enough. */
export function oldNodeProblem({ version, path }: RunningNode): Bilingual | undefined {
  if (!isOlder(version, NEEDED)) return undefined;
  const needed = `Node.js ${NEEDED}`;
  return {
    en: `cmpassport-mock needs ${needed} or newer, but ${path} is ${version}: ${REMEDY.en}`,
    zh: `cmpassport-mock 需要 ${needed} 或更高版本，当前的 ${path} 是 ${version}：${REMEDY.zh}`,
  };
}

function isOlder(version: string, needed: string): boolean {
  const found = numbersOf(version);
  const [difference = 0] = numbersOf(needed)
    .map((number, index) => (found[index] ?? 0) - number)
    .filter((between) => between !== 0);
  return difference < 0;
}

/** Without the label of a nightly build or of a release candidate. */
function numbersOf(version: string): readonly number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10));
}

// A browser has no `process`, and a bundler may supply one without versions.
const version = globalThis.process?.versions?.node;
const problem = version === undefined ? undefined : oldNodeProblem({ version, path: process.execPath });
if (problem !== undefined) throw new Error(`${problem.en}\n${problem.zh}`);
