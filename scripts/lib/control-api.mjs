/** The rows of the control API and their OpenAPI document, for scripts. */
import { build } from 'esbuild';

// Inside the project, so that imports of packages resolve.
const OUT = 'node_modules/.cache/control-api.mjs';

const SOURCE = `
  import { openapiDocument } from './mock-server/control-api/openapi/document.js';
  import { ROUTES } from './mock-server/control-api/routes.js';
  export const routes = ROUTES;
  export const document = openapiDocument(ROUTES);
`;

/** Returns `routes` and `document`. */
export async function loadControlApi() {
  await build({
    stdin: { contents: SOURCE, resolveDir: '.' },
    outfile: OUT,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  return import(`../../${OUT}`);
}
