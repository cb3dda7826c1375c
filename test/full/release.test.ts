/** Each build has a version of its own, and links of the package's pages lead somewhere. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withLinks } from '../../scripts/lib/pack.mjs';
import { buildVersion } from '../../scripts/lib/version.mjs';
import { temporaryFolder } from '../support/files.js';

const NOW = new Date('2026-12-01T09:42:48.123Z');

function versionIn(folder: string, environment = {}): string {
  return buildVersion('0.1.0', { environment, folder, now: NOW });
}

/** Of two commits, with the hash of the second. */
function repository() {
  const folder = temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  git('init');
  for (const text of ['one', 'two']) {
    writeFileSync(join(folder, 'file'), text);
    git('add', 'file');
    git('commit', '--no-gpg-sign', '-m', text);
  }
  return { folder, git, commit: git('rev-parse', '--short=9', 'HEAD') };
}

describe('the version of a build', () => {
  test('has the number of commits and the commit', () => {
    const { folder, commit } = repository();
    expect(versionIn(folder)).toBe(`0.1.0-dev.2+g${commit}`);
  });

  test('has the time if a file is changed, and not for a new one', () => {
    const { folder, commit } = repository();
    writeFileSync(join(folder, 'other'), '');
    expect(versionIn(folder)).toBe(`0.1.0-dev.2+g${commit}`);
    appendFileSync(join(folder, 'file'), 'changed');
    expect(versionIn(folder)).toBe(`0.1.0-dev.2.20261201094248+g${commit}`);
  });

  test('is that of the tag, unless the tag is of another version or a file is changed', () => {
    const { folder, git, commit } = repository();
    git('tag', 'v0.0.9');
    expect(versionIn(folder)).toBe(`0.1.0-dev.2+g${commit}`);
    git('tag', 'v0.1.0');
    expect(versionIn(folder)).toBe('0.1.0');
    appendFileSync(join(folder, 'file'), 'changed');
    expect(versionIn(folder)).not.toBe('0.1.0');
  });

  test('does not name the commit of another project around it', () => {
    const { folder } = repository();
    const inside = join(folder, 'vendor');
    mkdirSync(inside);
    expect(versionIn(inside)).toBe('0.1.0-dev');
    expect(versionIn(temporaryFolder())).toBe('0.1.0-dev');
  });

  test('is that of VERSION, as in the image', () => {
    const { folder } = repository();
    expect(versionIn(folder, { VERSION: '0.3.0' })).toBe('0.3.0');
  });

  test('is in the command that was built', () => {
    const built = execFileSync('node', ['dist/main.js', '--version'], { encoding: 'utf8' });
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(built.startsWith(version)).toBe(true);
  });
});

describe('links of a page of the package', () => {
  const page = {
    file: 'fixtures/README.md',
    files: ['fixtures/README.md', 'fixtures/vectors/a.json', 'CHANGELOG.md'],
    repository: 'https://example.org/mock',
    ref: 'v0.1.0',
  };

  test.each([
    { of: 'a file of the package', text: '[a](vectors/a.json)', becomes: '[a](vectors/a.json)' },
    { of: 'a file above it', text: '[c](../CHANGELOG.md#x)', becomes: '[c](../CHANGELOG.md#x)' },
    { of: 'its own heading', text: '[h](#heading)', becomes: '[h](#heading)' },
    { of: 'another site', text: '[s](https://s.example/x)', becomes: '[s](https://s.example/x)' },
    {
      of: 'a file of the repository',
      text: '[d](../docs/a.md#b) and [e](x.md)',
      becomes:
        '[d](https://example.org/mock/blob/v0.1.0/docs/a.md#b) and [e](https://example.org/mock/blob/v0.1.0/fixtures/x.md)',
    },
    {
      of: 'an image inside a link',
      text: '[![alt](../docs/i.webp)](../docs/i.md)',
      becomes:
        '[![alt](https://example.org/mock/raw/v0.1.0/docs/i.webp)](https://example.org/mock/blob/v0.1.0/docs/i.md)',
    },
  ])('$of', ({ text, becomes }) => {
    expect(withLinks(text, page)).toBe(becomes);
  });
});
