/** The control API's OpenAPI document in the built server. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { send } from '../../support/mock.js';
import { DOCUMENT } from '../../support/openapi.js';

test('the built server serves the document, from a bundle without a validator or a linter', async () => {
  const bundle = readdirSync('dist').filter((file) => file.startsWith('document-'));
  expect(bundle).toHaveLength(1);
  expect(readFileSync(`dist/${bundle[0]}`, 'utf8')).not.toMatch(/redocly|ajv/i);
  // @ts-expect-error: the built file has no types
  const { createMockServer } = await import('../../../dist/server.js');
  await using server = await createMockServer();
  expect((await send(server.url, 'GET', '/_mock/openapi.json')).json).toEqual(DOCUMENT);
});
