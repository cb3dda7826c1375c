/** The dependencies are pinned and listed in the threat model, and the bundle contains only listed ones. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const PAGE = 'docs/internals/threat-model.md';
const MANIFEST = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};
const DIRECT = Object.keys(MANIFEST.devDependencies);
/** From the licence file, which the build writes for the bundled packages. */
const BUNDLED = Array.from(
  readFileSync('dist/THIRD-PARTY-LICENSES.txt', 'utf8').matchAll(/^(\S+) \d+\.\d+\.\d+\S* \(/gm),
  ([, name = '']) => name,
);

test('the package installs no other package', () => {
  expect(MANIFEST.dependencies).toBeUndefined();
});

test.each(Object.entries(MANIFEST.devDependencies))(
  '%s is pinned to one version: %s',
  (_, version) => {
    expect(version).toMatch(/^(?:npm:[\w/@-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/);
  },
);

test('every package of the lock has a hash', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Readonly<Record<string, { readonly integrity?: string; readonly link?: boolean }>>;
  };
  const unsealed = Object.entries(packages).filter(
    ([path, { integrity, link }]) =>
      path.startsWith('node_modules/') && link !== true && !integrity?.startsWith('sha512-'),
  );
  expect(unsealed).toEqual([]);
});

describe('the threat model', () => {
  const rows = tableOf('dependencies');

  test('lists every direct dependency once', () => {
    const listed = rows.flatMap(([names = '']) =>
      Array.from(names.matchAll(/`([^`]+)`/g), ([, name]) => name),
    );
    expect(listed.toSorted()).toEqual(DIRECT.toSorted());
  });

  test('marks exactly the bundled packages', () => {
    const bundledRows = rows.filter(([, , bundled = '']) => !/^no/.test(bundled));
    const names = bundledRows.flatMap(([cell = '']) =>
      Array.from(cell.matchAll(/`([^`]+)`/g), ([, name = '']) => name),
    );
    expect(names.toSorted()).toEqual(DIRECT.filter((name) => BUNDLED.includes(name)).toSorted());
  });

  test('names existing tests for each defence', () => {
    const defences = tableOf('defences');
    expect(defences.length).toBeGreaterThan(10);
    for (const [against, , proof = ''] of defences) {
      const files = Array.from(proof.matchAll(/`(test\/[^`]+)`/g), ([, file = '']) => file);
      expect({
        against,
        proved: files.length > 0,
        missing: files.filter((file) => !existsSync(file)),
      }).toEqual({
        against,
        proved: true,
        missing: [],
      });
    }
  });
});

function tableOf(marker: string): readonly (readonly string[])[] {
  const [, behind = ''] = readFileSync(PAGE, 'utf8').split(`<!-- ${marker} -->`);
  const lines = behind.trimStart().split('\n');
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(2, end === -1 ? undefined : end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
