/** The package as npm would publish it: what is in it, whether its exports resolve, whether its types are right, whether its bin runs. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const EXPECTED = [/^dist\//, /^types\//, /^package\.json$/, /^README(\.zh-CN)?\.md$/, /^LICENSE$/, /^CHANGELOG\.md$/];

const folder = mkdtempSync(join(tmpdir(), 'cmpassport-mock-package-'));

function run(command, args, options = {}) {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options });
}

try {
  const [packed] = JSON.parse(
    run('npm', ['pack', '--json', '--silent', '--pack-destination', folder]).replace(/^[^[]*/, ''),
  );
  const unexpected = packed.files.filter(({ path }) => !EXPECTED.some((pattern) => pattern.test(path)));
  if (unexpected.length > 0)
    throw new Error(`not meant to be published: ${unexpected.map(({ path }) => path).join(', ')}`);
  const tarball = join(folder, packed.filename);
  console.log(run('npx', ['publint', tarball, '--strict']).trim());
  console.log(
    run('npx', ['attw', tarball, '--profile', 'esm-only', '--exclude-entrypoints', 'configuration.schema.json']).trim(),
  );
  // The client of the control API is for CommonJS as well.
  console.log(run('npx', ['attw', tarball, '--profile', 'node16', '--entrypoints', 'control']).trim());
  run('npm', ['init', '--yes', '--silent'], { cwd: folder });
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', tarball], { cwd: folder });
  const version = run('npx', ['cmpassport-mock', '--version'], { cwd: folder }).trim();
  const required = "require('cmpassport-mock/server').createMockServer().then((server) => server.close())";
  const imported =
    "import('cmpassport-mock/server').then(({ createMockServer }) => createMockServer()).then((server) => server.close())";
  const client = "require('cmpassport-mock/control').connectMock({ url: 'http://127.0.0.1:9' }).url";
  const clientImported = "import('cmpassport-mock/control').then(({ connectMock }) => connectMock({ url: '' }).url)";
  for (const code of [required, imported, client, clientImported]) run(process.execPath, ['-e', code], { cwd: folder });
  const [packedKb, unpackedKb] = [packed.size, packed.unpackedSize].map((bytes) => Math.round(bytes / 1024));
  console.log(`package ${version}: ${packed.files.length} files, ${packedKb} kB packed, ${unpackedKb} kB unpacked`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
