/**
 * The packages as npm would publish them: what is in each, whether its exports resolve, whether its types are right, whether
 * the mock's bin runs and the client needs nothing. `try-package` goes further, and needs the registry. TARBALLS is a folder
 * that keeps them for it.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from './lib/pack.mjs';

const IN_EVERY_PACKAGE = [
  /^package\.json$/,
  /^README(?:\.zh-CN)?\.md$/,
  /^LICENSE$/,
  /^NOTICE$/,
  /^dist\/bom\.json$/,
];
/** `dual` is CommonJS as well: its types hold for every way to resolve a module. */
const PACKAGES = {
  client: {
    sizeMax: 100_000,
    files: [/^dist\/(?:index\.mjs|index\.cjs|node-version\.cjs)$/, /^types\/index\.d\.c?ts$/],
    dual: ['.'],
    data: [],
  },
  mock: {
    sizeMax: 1_000_000,
    files: [
      /^dist\/[\w.-]+\.(?:[cm]?js|json|txt)$/,
      /^dist\/console\/[\w.-]+\.(?:html|js|css|svg)$/,
      /^types\/[\w-]+\.d\.c?ts$/,
      /^contracts\/(?:[\w-]+\/){0,2}[\w.-]+\.json$/,
      /^fixtures\/vectors\/[\w.-]+\.json$/,
      /^skills\/cmpassport-mock\/SKILL\.md$/,
      // What `init` writes.
      /^examples\/(?:[\w-]+\/)+(?:[cC]arrier|[mM]ock|Mocks|conftest|test_carrier)[\w.-]*$/,
    ],
    // The first two are the package of the client, which attw does not find in this tarball.
    dual: ['server', 'fetch', 'msw', 'control', 'contracts', 'fixtures'],
    data: [
      'carrier-openapi.json',
      'configuration.schema.json',
      'contracts/*.json',
      'fixtures/vectors/*.json',
    ],
  },
};

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

const folder = mkdtempSync(join(tmpdir(), 'cmpassport-mock-package-'));

function run(command, args, options = {}) {
  return execFileSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });
}

/** npx would start npm for each run. */
function tool(name, ...args) {
  return run(join('node_modules', '.bin', name), args).trim();
}

/** Checks a tarball without installing it. */
function check(packed, { sizeMax, files, dual, data }) {
  const expected = [...IN_EVERY_PACKAGE, ...files];
  const unexpected = packed.files.filter(
    ({ path }) => !expected.some((pattern) => pattern.test(path)),
  );
  if (unexpected.length > 0)
    throw new Error(`not meant to be published: ${unexpected.map(({ path }) => path).join(', ')}`);
  if (packed.size > sizeMax)
    throw new Error(`${packed.name} has ${packed.size} bytes, more than ${sizeMax}`);
  const tarball = join(folder, packed.filename);
  const attw = (...args) => console.log(tool('attw', tarball, ...args));
  console.log(tool('publint', tarball, '--strict'));
  if (data.length > 0) attw('--profile', 'esm-only', '--exclude-entrypoints', ...data);
  attw('--profile', 'strict', '--entrypoints', ...dual);
  const [packedKb, unpackedKb] = [packed.size, packed.unpackedSize].map((bytes) =>
    Math.round(bytes / 1024),
  );
  console.log(
    `package ${packed.id}: ${packed.files.length} files, ${packedKb} kB packed, ${unpackedKb} kB unpacked`,
  );
  return tarball;
}

try {
  const packages = pack(folder);
  const tarballs = Object.entries(PACKAGES).map(([name, row]) => check(packages[name], row));
  const kept = process.env.TARBALLS;
  if (kept !== undefined) {
    mkdirSync(kept, { recursive: true });
    for (const { filename } of Object.values(packages))
      copyFileSync(join(folder, filename), join(kept, filename));
  }
  run('npm', ['init', '--yes', '--silent'], { cwd: folder });
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', ...tarballs], {
    cwd: folder,
  });
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const unwanted = INSTALL_SCRIPTS.filter((name) => name in scripts);
  if (unwanted.length > 0) throw new Error(`runs where it is installed: ${unwanted.join(', ')}`);
  run('npx', ['--no', '--', 'cmpassport-mock', '--version'], { cwd: folder });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
