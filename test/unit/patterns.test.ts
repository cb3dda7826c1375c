/** Each pattern of a configuration matches a file. Coverage, tiers and mutation parts name folders, which may move. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import config from '../../vitest.config.js';
import { PARTS } from '../mutation/parts.mjs';

const FILES = ['src', 'mock-server', 'contracts', 'fixtures', 'test'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
);

/** Understands only `**` and `*`. */
function matches(glob: string): (file: string) => boolean {
  const source = glob.replace(/[.+]/g, '\\$&').replace(/\*\*\/|\*\*|\*/g, (stars) => (stars === '*' ? '[^/]*' : '.*'));
  const pattern = new RegExp(`^${source}$`);
  return (file) => pattern.test(file);
}

const { projects, coverage } = (config as Configuration).test;
const TIERS = projects.flatMap(({ test: { include } }) => include);
const MUTATED = Object.values(PARTS).flatMap(({ mutate, tests }) => [...mutate, ...tests]);

interface Configuration {
  readonly test: {
    readonly projects: readonly { readonly test: { readonly include: readonly string[] } }[];
    readonly coverage: { readonly include: readonly string[] };
  };
}

test('each configuration has patterns', () => {
  expect([coverage.include.length, TIERS.length, MUTATED.length].every((count) => count > 1)).toBe(true);
});

test.each([...coverage.include, ...TIERS, ...MUTATED])('%s matches a file', (glob) => {
  expect(FILES.some(matches(glob))).toBe(true);
});

test('every test file belongs to exactly one tier', () => {
  const tests = FILES.filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'));
  expect(tests.filter((file) => TIERS.filter((glob) => matches(glob)(file)).length !== 1)).toEqual([]);
});

test('a pattern of a missing folder matches no file', () => {
  expect(FILES.some(matches('mock-server/engines/**'))).toBe(false);
});
