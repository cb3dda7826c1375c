/** Runs TypeScript modules for scripts. */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
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
  });
  try {
    return await import(pathToFileURL(resolve(outfile)).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The rows of the control API, and their OpenAPI document. */
export async function loadControlApi() {
  const { ROUTES: routes } = await run('mock-server/control-api/routes.ts');
  const { openapiDocument } = await run('mock-server/control-api/openapi/document.ts');
  return { routes, document: openapiDocument() };
}
