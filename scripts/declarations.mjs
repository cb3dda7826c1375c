/** The type declarations as they are published: one file for each export, and one for each part that several of them share, as ES modules and as CommonJS. */
import { rmSync } from 'node:fs';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';

const ENTRIES = {
  client: 'src/index.ts',
  control: 'src/control/index.ts',
  server: 'mock-server/server.ts',
  msw: 'mock-server/msw.ts',
  contracts: 'contracts/index.ts',
  fixtures: 'fixtures/generate/index.ts',
};
// Types of ours that an export uses without exporting them: an application has no need to name them.
const EXPECTED_WARNING = /still references private shared type exports/;

const bundle = await rollup({
  input: ENTRIES,
  external: (id) => !/^[./]/.test(id),
  plugins: [dts()],
  onwarn({ message }) {
    if (!EXPECTED_WARNING.test(message)) throw new Error(message);
  },
});
rmSync('types', { recursive: true, force: true });
for (const extension of ['.d.ts', '.d.cts']) {
  await bundle.write({ dir: 'types', entryFileNames: `[name]${extension}`, chunkFileNames: `[name]${extension}` });
}
await bundle.close();
// An ES module only.
rmSync('types/fixtures.d.cts');
