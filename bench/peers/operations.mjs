/** The two requests that everybody is asked, and the success that everybody has to answer them with. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WORKLOADS } from '../lib/workloads.mjs';

export const DOCUMENT = fileURLToPath(new URL('../../contracts/openapi/cmpassport.openapi.json', import.meta.url));
export const CONTENT_TYPE = 'application/json;charset=UTF-8';

const { paths } = JSON.parse(readFileSync(DOCUMENT, 'utf8'));

/** The answer of the OpenAPI document's own example, which is also what Prism gives. */
function exampleOf(path, name) {
  return JSON.stringify(paths[path].post.responses[200].content['application/json'].examples[name].value);
}

/** `canned`: what a peer is told to answer. `success`: what an answer has in it, ours and theirs. */
export const OPERATIONS = [
  { operation: 'login', workload: 'login MD5', example: 'code-103000', success: '"resultCode":"103000"' },
  { operation: 'verify', workload: 'verify HMAC', example: 'code-000', success: '"resultCode":"000"' },
].map(({ workload, example, ...row }) => {
  const { path, capability, phoneNumber, tokens, bodyOf } = WORKLOADS.find(({ name }) => name === workload);
  return { ...row, path, capability, phoneNumber, tokens, bodyOf, canned: exampleOf(path, example) };
});
