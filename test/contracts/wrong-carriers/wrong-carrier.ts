/** Builds a wrong carrier from our own source with its one change, and runs the cases against it. */
import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { CASE_FILES } from '../../../contracts/cases/case-files.js';
import { runSuite } from '../../../contracts/provider/run-suite.js';
import type { Started } from '../../kit/provider/engine-subject.js';
import { SOURCES } from '../../kit/provider/sources.js';
import type { WrongCarrier } from './wrong-carriers.js';

// Inside node_modules, so that the packages it imports are found.
const FOLDER = 'node_modules/.wrong-carriers';

/** The ids of the cases that it does not pass, in the order of the files. */
export async function casesThatCatch({ id, operations, change }: WrongCarrier): Promise<readonly string[]> {
  const { startEngine } = await built(id, change);
  const { provider, close } = await startEngine();
  try {
    const results = await runSuite(CASE_FILES, {
      provider,
      sources: SOURCES,
      choice: { operations, levels: ['MUST', 'SHOULD', 'MAY'], only: [], disabled: [] },
      spending: { limit: undefined, free: true },
      gapMs: 0,
      onResult: () => undefined,
    });
    return results
      .filter(({ status, differences }) => status === 'error' || differences.length > 0)
      .map((one) => one.id);
  } finally {
    await close();
  }
}

interface Engine {
  startEngine(): Promise<Started>;
}

async function built(id: string, change: WrongCarrier['change']): Promise<Engine> {
  const outfile = resolve(FOLDER, `${id}.${process.pid}.mjs`);
  await build({
    entryPoints: ['test/kit/provider/engine-subject.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
    plugins: [changed(change)],
  });
  try {
    return (await import(pathToFileURL(outfile).href)) as Engine;
  } finally {
    rmSync(outfile);
  }
}

function changed({ file, from, to }: WrongCarrier['change']): Plugin {
  const path = resolve(file);
  return {
    name: 'wrong-carrier',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, (args) => {
        if (args.path !== path) return undefined;
        const source = readFileSync(path, 'utf8');
        const parts = source.split(from);
        if (parts.length !== 2)
          throw new Error(`${file} has ${parts.length - 1} places that read ${JSON.stringify(from)}, not one`);
        return { contents: parts.join(to), loader: 'ts' };
      });
    },
  };
}
