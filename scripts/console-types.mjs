/** The control API as types of the console, from its OpenAPI document. `--check` only says whether they are those. */
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import openapiTypes, { astToString } from 'openapi-typescript';

const FILE = 'mock-server/console/api/control-api.ts';
const HEAD = '/** Made by `npm run console-types` from the OpenAPI document of the control API. */\n\n';

async function document() {
  const { outputFiles } = await build({
    entryPoints: ['mock-server/control/openapi/document.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    write: false,
  });
  const [{ text }] = outputFiles;
  const { openapiDocument } = await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
  return openapiDocument();
}

const types = HEAD + astToString(await openapiTypes(await document()));
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, types);
} else if (readFileSync(FILE, 'utf8') !== types) {
  console.error(`${FILE} is not what the OpenAPI document says: npm run console-types`);
  process.exitCode = 1;
}
