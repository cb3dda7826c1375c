/** The command line of the stress runs. Runs the stages in turn, prints their figures as tables, and returns 1 if a stage has problems. */
import { parseArgs } from 'node:util';
import { attack } from './attack.js';
import { clock } from './clock.js';
import { connections } from './connections.js';
import { fuzz } from './fuzz/fuzz.js';
import { soak } from './soak.js';
import type { StageInput, StageOutcome } from './stage.js';
import { table } from './table.js';
import { tokens } from './tokens.js';

interface StageRow {
  readonly name: string;
  /** The unit of its size. */
  readonly counts: string;
  /** With the default sizes, all stages take some minutes. */
  readonly size: number;
  /** The size for the figures in the documentation. */
  readonly longSize: number;
  readonly run: (input: StageInput & { readonly only?: number | undefined }) => Promise<StageOutcome>;
}

const STAGES: readonly StageRow[] = [
  { name: 'fuzz', counts: 'requests', size: 50_000, longSize: 1_000_000, run: fuzz },
  { name: 'soak', counts: 'requests', size: 100_000, longSize: 5_000_000, run: soak },
  { name: 'connections', counts: 'valid requests a phase', size: 200, longSize: 1_000, run: connections },
  { name: 'tokens', counts: 'live tokens', size: 100_000, longSize: 1_000_000, run: tokens },
  { name: 'clock', counts: 'exchanges', size: 5_000, longSize: 100_000, run: clock },
  { name: 'attack', counts: 'connections an attack', size: 200, longSize: 2_000, run: attack },
];

const NAMES = STAGES.map(({ name }) => name);
const USAGE = `npm run stress -- [${NAMES.join(' | ')} …] [--long] [--size <n>] [--seed <n>] [--only <index>]`;
const SECOND_MS = 1000;

const FLAGS = {
  long: { type: 'boolean', default: false },
  size: { type: 'string' },
  seed: { type: 'string', default: '1' },
  only: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export async function runCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: FLAGS });
  const unknown = positionals.find((name) => !NAMES.includes(name));
  if (values.help || unknown !== undefined) {
    console.log(unknown === undefined ? USAGE : `unknown stage ${JSON.stringify(unknown)}\n${USAGE}`);
    return unknown === undefined ? 0 : 2;
  }
  const only = numberOf(values.only);
  const seed = Number(values.seed);
  let problems = 0;
  for (const stage of STAGES.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
    const size = numberOf(values.size) ?? (values.long ? stage.longSize : stage.size);
    problems += await runStage(stage, { size, seed, only });
  }
  return problems === 0 ? 0 : 1;
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

async function runStage(
  { name, counts, run }: StageRow,
  input: Pick<StageInput, 'size' | 'seed'> & { readonly only: number | undefined },
): Promise<number> {
  const startedMs = performance.now();
  const progress = (text: string) => void process.stderr.write(`\r${name}: ${text}\u001b[K`);
  const enough = new AbortController();
  const stop = () => enough.abort();
  process.once('SIGINT', stop);
  const { figures, problems } = await run({ ...input, progress, enough: enough.signal });
  process.off('SIGINT', stop);
  process.stderr.write('\r\u001b[K');
  const seconds = ((performance.now() - startedMs) / SECOND_MS).toFixed(0);
  console.log(`\n## ${name}: up to ${input.size} ${counts}, seed ${input.seed}, ${seconds} s\n`);
  console.log(input.only === undefined ? table(['figure', 'value'], figures) : figures.flat().join('\n\n'));
  for (const problem of problems) console.log(`\nPROBLEM ${problem}`);
  console.log(problems.length === 0 ? '\nNo problems.' : `\n${problems.length} problems.`);
  return problems.length;
}
