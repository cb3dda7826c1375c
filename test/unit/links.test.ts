/**
 * Every relative link of every page leads to a file, and to a heading of it: in all folders, in both languages, and in what
 * code, texts and examples name, such as `docs/how-to/hard-coded-address.md#by-proxy`.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { anchorsIn } from '../support/pages.js';

/** What a clone does not have, and texts of tests. */
const SKIPPED = /^(?:\.git|\.stryker|dist|types|release|coverage|docs\/api|test)(?:[./]|$)/;

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (SKIPPED.test(path) || entry.name === 'node_modules') return [];
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

const FILES = filesIn('.');
const PAGES = FILES.filter((file) => file.endsWith('.md'));
const TEXTS = FILES.filter((file) =>
  /(?:\.(?:ts|tsx|mjs|json|java|py|go|php|yml|sh|http)|Dockerfile)$/.test(file),
);

/** The target is relative to the folder of the file that has the link. */
function leadsSomewhere(from: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? from : posix.join(posix.dirname(from), path);
  if (!existsSync(file)) return false;
  if (anchor === undefined || statSync(file).isDirectory()) return anchor === undefined;
  return anchorsIn(readFileSync(file, 'utf8')).includes(decodeURIComponent(anchor));
}

function brokenIn(page: string): readonly string[] {
  const text = readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
  const inline = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target);
  const html = Array.from(text.matchAll(/ (?:href|src)="([^"]+)"/g), ([, target = '']) => target);
  return [...inline, ...html].filter(
    (target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(page, target),
  );
}

test.each(PAGES)('the links of %s work', (page) => {
  expect(brokenIn(page)).toEqual([]);
});

test('the pages that code, texts and examples name are there, with the heading', () => {
  const named = /\b(?:docs|examples|fixtures)\/[\w./-]+\.md(?:#[\p{L}\p{N}_-]+)?/gu;
  const found = TEXTS.flatMap((file) =>
    Array.from(readFileSync(file, 'utf8').matchAll(named), ([path]) => ({ file, path })),
  );
  expect(found.length).toBeGreaterThan(10);
  expect(found.filter(({ path }) => !leadsSomewhere('README.md', path))).toEqual([]);
});

test.each([
  { target: 'docs/missing.md', to: 'a missing file' },
  { target: 'SECURITY.md#no-such-heading', to: 'a missing heading' },
  { target: '#no-such-heading', to: 'a missing heading of the same page' },
])('a link to $to is found', ({ target }) => {
  expect(leadsSomewhere('README.md', target)).toBe(false);
});
