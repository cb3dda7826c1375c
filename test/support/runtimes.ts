/** The runtimes of test/full/runtimes: releases of Node, Bun, Deno and workerd. */
import { resolve } from 'node:path';
import manifest from '../full/runtimes/package.json' with { type: 'json' };
import { isInstalled } from './programs.js';

const FOLDER = 'test/full/runtimes';

export function runtime(program: string): string {
  return resolve(FOLDER, 'node_modules', program);
}

interface NodeRelease {
  readonly major: number;
  readonly version: string;
  readonly path: string;
  readonly isThere: boolean;
}

/** Programs for Linux with x64. */
export function releasesOfNode(): readonly NodeRelease[] {
  const canRun = process.platform === 'linux' && process.arch === 'x64';
  if (!canRun) console.warn('skipped: the tests with other releases of Node, on Linux x64 only');
  return Object.entries(manifest.optionalDependencies).flatMap(([name, specifier]) => {
    const version = specifier.split('@').at(-1) ?? '';
    const path = runtime(`${name}/bin/node`);
    const [, major] = /^node-(\d+)$/.exec(name) ?? [];
    if (major === undefined) return [];
    return [{ major: Number(major), version, path, isThere: canRun && isInstalled(path) }];
  });
}
