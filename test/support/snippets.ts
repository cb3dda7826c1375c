/** All example programs for result codes, and a check whether this machine can run a language. */
import { spawnSync } from 'node:child_process';
import { WAY_NAMES } from '../../mock-server/control-api/atlas/choices.js';
import type { Language } from '../../mock-server/control-api/atlas/languages.js';
import type { Selection } from '../../mock-server/control-api/atlas/program-facts.js';
import { SIGNINGS } from '../../src/protocol/fields.js';
import { OPERATIONS } from '../../src/protocol/operations.js';
import { RESULTS } from '../../src/protocol/result-codes.js';

/** Every program that can be asked for. */
export const SELECTIONS: readonly Selection[] = OPERATIONS.flatMap(({ operation }) =>
  RESULTS[operation].flatMap(({ code }) =>
    WAY_NAMES.flatMap((way) => SIGNINGS[operation].map((signing) => ({ operation, code, way, signing }))),
  ),
);

export function nameOf(selection: Selection | undefined): string {
  return `${selection?.operation} ${selection?.code} ${selection?.way} ${selection?.signing}`;
}

export function pathOf({ operation, code, way, signing }: Selection): string {
  return `/_mock/result-codes/${operation}/${code}/snippets?way=${way}&signing=${signing}`;
}

interface Toolchain {
  readonly probe: readonly [command: string, ...args: string[]];
  /** A text that the probe must print. */
  readonly output: string;
}

const TOOLCHAINS: Readonly<Record<Language, Toolchain>> = {
  // A runtime without the compiler cannot run a source file.
  java: { probe: ['java', '--list-modules'], output: 'jdk.compiler' },
  go: { probe: ['go', 'version'], output: 'go' },
  php: { probe: ['php', '-m'], output: 'openssl' },
  python: { probe: ['python3', '--version'], output: 'Python 3' },
  node: { probe: ['node', '--version'], output: 'v' },
};

/** The languages are optional, in CI too. */
export function hasToolchain(language: Language): boolean {
  const { probe, output } = TOOLCHAINS[language];
  const [command, ...args] = probe;
  const { stdout } = spawnSync(command, args, { encoding: 'utf8' });
  const found = stdout?.includes(output) === true;
  if (!found)
    console.warn(`skipped: the programs in ${language}, because \`${probe.join(' ')}\` does not print ${output}`);
  return found;
}
