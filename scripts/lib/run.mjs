/** Runs TypeScript modules for scripts. */
import { rmSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Returns the exports of a module. Packages are not bundled, so that there is one Ajv. */
export async function run(entry) {
  // Inside the project, so that imports of packages resolve; next to dist/, so that published data is found.
  const folder = `dist.run-${process.pid}-${entry.replaceAll(/[/\\]/g, '-')}`;
  const outfile = `${folder}/module.mjs`;
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    sourcemap: 'inline',
  });
  process.setSourceMapsEnabled(true);
  const loading = import(pathToFileURL(resolve(outfile)).href);
  return loading
    .finally(() => rmSync(folder, { recursive: true }))
    .catch((error) => {
      console.error(problemOf(entry, error));
      process.exit(1);
    });
}

/** A module that the compiler has not checked may lack a part, for example the words of a new operation. */
function problemOf(entry, { message, stack = '' }) {
  const [, path, line] = /(?:file:\/\/|\()(\/[^\s()]+\.tsx?):(\d+):\d+/.exec(stack) ?? [];
  const place = path === undefined ? entry : `${relative('.', path)}:${line}`;
  return `${place}: ${message.replace(/\.$/, '')}. \`npm run types\` names what is missing.`;
}

/** The rows of the control API, and their OpenAPI document. */
export async function loadControlApi() {
  const { ROUTES: routes } = await run('mock-server/control-api/routes.ts');
  const { openapiDocument } = await run('mock-server/control-api/openapi/document.ts');
  return { routes, document: openapiDocument() };
}
