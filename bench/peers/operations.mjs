/** The two requests for all tools, and the required success response. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WORKLOADS } from '../lib/workloads.mjs';

export const DOCUMENT = fileURLToPath(
  new URL('../../contracts/openapi/cmpassport.openapi.json', import.meta.url),
);
// More than a server consumes in warm-up and window.
const TOKENS = 600_000;
export const CONTENT_TYPE = 'application/json;charset=UTF-8';

const { paths } = JSON.parse(readFileSync(DOCUMENT, 'utf8'));

/** Returns the example of the OpenAPI document, which Prism returns too. */
function exampleOf(path, name) {
  return JSON.stringify(
    paths[path].post.responses[200].content['application/json'].examples[name].value,
  );
}

/** `canned` is the response of the peers. `success` is a text that every response must contain. */
export const OPERATIONS = [
  {
    operation: 'login',
    workload: 'login MD5',
    example: 'code-103000',
    success: '"resultCode":"103000"',
  },
  {
    operation: 'verify',
    workload: 'verify HMAC',
    example: 'code-000',
    success: '"resultCode":"000"',
  },
].map(({ workload, example, ...row }) => {
  const request = WORKLOADS.find(({ name }) => name === workload);
  return { ...request, ...row, tokens: TOKENS, canned: exampleOf(request.path, example) };
});
