/**
 * The package as npm would publish it: what is in it, whether its exports resolve, whether its types are right, whether its
 * bin runs. `try-package` goes further, and needs the registry. TARBALL keeps the package under this name for it.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from './lib/pack.mjs';

const EXPECTED = [
  /^dist\/[\w.-]+\.(?:c?js|json|txt)$/,
  /^dist\/console\/[\w.-]+\.(?:html|js|css|svg)$/,
  /^types\/[\w-]+\.d\.c?ts$/,
  /^contracts\/(?:[\w-]+\/){0,2}[\w.-]+\.json$/,
  /^fixtures\/vectors\/[\w.-]+\.json$/,
  /^package\.json$/,
  /^README(?:\.zh-CN)?\.md$/,
  /^LICENSE$/,
  /^skills\/cmpassport-mock\/SKILL\.md$/,
  /^NOTICE$/,
];
/** What is CommonJS as well: its types hold for every way to resolve a module. */
const DUAL = ['.', 'server', 'msw', 'control', 'contracts', 'fixtures'];
const DATA = ['configuration.schema.json', 'contracts/*.json', 'fixtures/vectors/*.json'];

/** What npm would run where the package is installed, also from a folder or from git. */
const INSTALL_SCRIPTS = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
];

const SIZE_MAX = 1_000_000;

const folder = mkdtempSync(join(tmpdir(), 'cmpassport-mock-package-'));

function run(command, args, options = {}) {
  return execFileSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });
}

try {
  const packed = pack(folder);
  const unexpected = packed.files.filter(
    ({ path }) => !EXPECTED.some((pattern) => pattern.test(path)),
  );
  if (unexpected.length > 0)
    throw new Error(`not meant to be published: ${unexpected.map(({ path }) => path).join(', ')}`);
  if (packed.size > SIZE_MAX)
    throw new Error(`the package has ${packed.size} bytes, more than ${SIZE_MAX}`);
  const tarball = join(folder, packed.filename);
  if (process.env.TARBALL !== undefined) copyFileSync(tarball, process.env.TARBALL);
  console.log(run('npx', ['publint', tarball, '--strict']).trim());
  console.log(
    run('npx', ['attw', tarball, '--profile', 'esm-only', '--exclude-entrypoints', ...DATA]).trim(),
  );
  console.log(
    run('npx', ['attw', tarball, '--profile', 'strict', '--entrypoints', ...DUAL]).trim(),
  );
  run('npm', ['init', '--yes', '--silent'], { cwd: folder });
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', tarball], {
    cwd: folder,
  });
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const unwanted = INSTALL_SCRIPTS.filter((name) => name in scripts);
  if (unwanted.length > 0) throw new Error(`runs where it is installed: ${unwanted.join(', ')}`);
  const version = run('npx', ['--no', '--', 'cmpassport-mock', '--version'], {
    cwd: folder,
  }).trim();
  const [packedKb, unpackedKb] = [packed.size, packed.unpackedSize].map((bytes) =>
    Math.round(bytes / 1024),
  );
  console.log(
    `package ${version}: ${packed.files.length} files, ${packedKb} kB packed, ${unpackedKb} kB unpacked`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
