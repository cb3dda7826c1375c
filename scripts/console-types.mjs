/** The control API as types of the console, from its OpenAPI document. `--check` only says whether they are those. */
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTypes, { astToString } from 'openapi-typescript';
import { loadControlApi } from './lib/control-api.mjs';

const FILE = 'mock-server/console/api/control-api.ts';
const HEAD = '/** Made by `npm run console-types` from the OpenAPI document of the control API. */\n\n';

const { document } = await loadControlApi();
const types = HEAD + astToString(await openapiTypes(document));
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, types);
} else if (readFileSync(FILE, 'utf8') !== types) {
  console.error(`${FILE} is not what the OpenAPI document says: npm run console-types`);
  process.exitCode = 1;
}
