/** The README is short, and no page and no example loads the package from a registry. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blocksOf } from '../support/pages.js';

const LINES_MAX = 150;

describe.each(['README.md', 'README.zh-CN.md'])('%s', (file) => {
  test(`has at most ${LINES_MAX} lines`, () => {
    expect(readFileSync(file, 'utf8').split('\n').length - 1).toBeLessThanOrEqual(LINES_MAX);
  });

  test('begins with the two commands', () => {
    expect(
      blocksOf(file)
        .map(({ code }) => code)
        .slice(0, 2),
    ).toEqual(['npm ci && npm start\n', 'npm ci && npm test\n']);
  });
});

describe('the package is not on a registry', () => {
  const files = [
    'README.md',
    'README.zh-CN.md',
    ...['docs', 'examples'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter(
          (name) => /\.(?:md|ya?ml|json|sh|mjs|ts)$/.test(name) && !name.includes('node_modules'),
        )
        .map((name) => join(folder, name)),
    ),
  ];
  // These pages warn about this.
  const warning = /^docs\/how-to\/javascript(?:\.zh-CN)?\.md$/;

  test.each([
    { description: 'runs it by its name', pattern: /npx (?:--yes |-y )?cmpassport-mock/ },
    {
      description: 'installs it by its name',
      pattern: /npm i(?:nstall)? (?:-\S+ )*cmpassport-mock(?![\w.-]*\.tgz)/,
    },
  ])('no page and no example $description', ({ pattern }) => {
    expect(files.length).toBeGreaterThan(50);
    const wrong = files.filter(
      (file) => !warning.test(file) && pattern.test(readFileSync(file, 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  test('no example depends on a version of it', () => {
    const manifests = files.filter((file) => file.endsWith('package.json'));
    const depending = manifests.filter((file) =>
      /"cmpassport-mock": "[\d^~*]/.test(readFileSync(file, 'utf8')),
    );
    expect(depending).toEqual([]);
  });

  test('the pipelines run only installed packages', () => {
    const pipelines = files.filter((file) => /^examples\/ci\/.*\.ya?ml$/.test(file));
    expect(pipelines.length).toBeGreaterThan(1);
    const running = pipelines
      .map((file) => readFileSync(file, 'utf8'))
      .filter((text) => text.includes('npx '));
    expect(running.length).toBeGreaterThan(0);
    for (const text of running) expect(text.match(/npx (?!--no\b)/g)).toBeNull();
  });
});
