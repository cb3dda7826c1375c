/** The bundle of the client contains no package and nothing of the server. */
import { build } from 'esbuild';
import { expect, test } from 'vitest';

async function bundleOf(entry: string) {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  return { files: Object.keys(metafile.inputs), imported: new Set(imported) };
}

test('the client contains only src/client, src/protocol and src/text', async () => {
  const { files } = await bundleOf('src/index.ts');
  expect(files.some((file) => file.startsWith('src/client/'))).toBe(true);
  expect(files.filter((file) => !/^src\/(?:index\.ts|client\/|protocol\/|text\/)/.test(file))).toEqual([]);
});

test('the client imports only node:crypto', async () => {
  const { imported } = await bundleOf('src/index.ts');
  expect(imported).toEqual(new Set(['node:crypto']));
});

test('the client of the control API imports nothing', async () => {
  const { files, imported } = await bundleOf('src/control/index.ts');
  expect(files.filter((file) => !file.startsWith('src/control/'))).toEqual([]);
  expect(imported).toEqual(new Set());
});

test('the server imports neither msw nor faker', async () => {
  const { files, imported } = await bundleOf('mock-server/main.ts');
  const found = [...files, ...imported].filter((path) => /node_modules\/(?:msw|@faker-js)\/|^msw|^@faker/.test(path));
  expect(found).toEqual([]);
});
