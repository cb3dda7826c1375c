/** Builds and packs both packages as they are published. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { clientFiles, clientManifest } from './client-package.mjs';
import { buildVersion } from './version.mjs';

/**
 * Writes the tarballs into the folder, and returns what npm reports about each. `npm pack` in the project itself would name
 * the file after the version in package.json, which all builds between two releases share.
 */
export function pack(folder) {
  const { scripts, devDependencies, ...published } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  );
  const version = buildVersion(published.version, {
    environment: process.env,
    folder: '.',
    now: new Date(),
  });
  const env = { ...process.env, VERSION: version };
  for (const script of ['build', 'declarations'])
    execFileSync(process.execPath, [`scripts/${script}.mjs`], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const manifest = { ...published, version };
  const files = npmPack('.', ['--dry-run']).files.map(({ path }) => path);
  return {
    client: packed(folder, clientManifest(manifest), clientFiles()),
    mock: packed(folder, manifest, new Map(files.map((path) => [path, path]))),
  };
}

/** @param {Map<string, string>} files From each path in the project to that in the package. */
function packed(folder, manifest, files) {
  const staged = mkdtempSync(join(tmpdir(), 'cmpassport-mock-staged-'));
  // Between two releases, the commit is what the links lead to.
  const { version, homepage: repository } = manifest;
  const ref = version.split('+g')[1] ?? `v${version}`;
  try {
    for (const [from, to] of files) {
      cpSync(from, join(staged, to));
      if (!from.endsWith('.md')) continue;
      const page = { file: from, files: [...files.keys()], repository, ref };
      writeFileSync(join(staged, to), withLinks(readFileSync(from, 'utf8'), page));
    }
    writeFileSync(join(staged, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
    return npmPack(staged, ['--pack-destination', folder]);
  } finally {
    rmSync(staged, { recursive: true });
  }
}

/**
 * A page whose links to files outside of the package lead to the repository.
 *
 * @param {string} markdown
 * @param {{ file: string, files: readonly string[], repository: string, ref: string }} page `files` are those of the package.
 */
export function withLinks(markdown, { file, files, repository, ref }) {
  const toFile = /(!\[[^\]]*)?\]\((?![a-z]+:|#)([^)#\s]+)/g;
  return markdown.replace(toFile, (link, image, target) => {
    const path = posix.join(posix.dirname(file), target);
    if (files.includes(path)) return link;
    return `${image ?? ''}](${repository}/${image ? 'raw' : 'blob'}/${ref}/${path}`;
  });
}

function npmPack(cwd, options) {
  const report = execFileSync(
    'npm',
    ['pack', '--json', '--silent', '--ignore-scripts', ...options],
    {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  return JSON.parse(report)[0];
}
