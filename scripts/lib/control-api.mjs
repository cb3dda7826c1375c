/** The rows of the control API and their OpenAPI document, for scripts. */
import { run } from './run.mjs';

/** Returns `routes` and `document`. */
export async function loadControlApi() {
  const { ROUTES: routes } = await run('mock-server/control-api/routes.ts');
  const { openapiDocument } = await run('mock-server/control-api/openapi/document.ts');
  return { routes, document: openapiDocument(routes) };
}
