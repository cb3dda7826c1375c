/** The command line of the stress runs. Runs the stages in turn, prints their figures, and returns 1 if a stage has problems. */
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz/fuzz.js';
import { races } from './races.js';
import { replicas } from './replicas.js';
import { soak } from './soak.js';
import type { StageInput } from './stage.js';

/** With the default sizes, all stages take some minutes. */
const STAGES = [
  { name: 'fuzz', size: 50_000, longSize: 1_000_000, run: fuzz },
  { name: 'races', size: 20_000, longSize: 500_000, run: races },
  { name: 'soak', size: 100_000, longSize: 5_000_000, run: soak },
  { name: 'replicas', size: 44_000, longSize: 1_000_000, run: replicas },
];
const NAMES = STAGES.map(({ name }) => name);
const USAGE = `npm run stress -- [${NAMES.join(' | ')} …] [--long] [--size <n>] [--seed <n>] [--only <index>] [--record]`;

export async function runCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      long: { type: 'boolean', default: false },
      size: { type: 'string' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      record: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    console.log(`unknown stage ${JSON.stringify(unknown)}\n${USAGE}`);
    return 2;
  }
  let problems = 0;
  for (const stage of STAGES.filter(
    ({ name }) => positionals.length === 0 || positionals.includes(name),
  )) {
    const size = Number(values.size ?? (values.long ? stage.longSize : stage.size));
    const only = values.only === undefined ? undefined : Number(values.only);
    const { seed, record } = values;
    problems += await runStage(stage, { size, seed: Number(seed), only, record });
  }
  return problems === 0 ? 0 : 1;
}

type Input = Pick<StageInput, 'size' | 'seed' | 'only' | 'record'>;

async function runStage({ name, run }: (typeof STAGES)[number], input: Input): Promise<number> {
  const startedMs = performance.now();
  const progress = (text: string) => void process.stderr.write(`\r${name}: ${text}\u001b[K`);
  const enough = new AbortController();
  const stop = () => enough.abort();
  process.once('SIGINT', stop);
  const { figures, problems } = await run({ ...input, progress, enough: enough.signal });
  process.off('SIGINT', stop);
  process.stderr.write('\r\u001b[K');
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  console.log(`\n## ${name}: up to ${input.size} requests, seed ${input.seed}, ${seconds} s\n`);
  for (const [figure, value] of figures) console.log(`${figure}: ${value}`);
  for (const problem of problems) console.log(`\nPROBLEM ${problem}`);
  console.log(problems.length === 0 ? '\nNo problems.' : `\n${problems.length} problems.`);
  return problems.length;
}
