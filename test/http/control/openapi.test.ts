/** The control API's OpenAPI document is clean and whole: linted, compared with the routes and the schemas, and served. */
import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { CONTROL_SCHEMAS } from '../../../mock-server/schemas/schemas.js';
import { controlBench } from '../../support/control.js';
import { DOCUMENT, OPERATIONS_DESCRIBED } from '../../support/openapi.js';

test('a linter has nothing to say, not even a warning', async () => {
  const config = await createConfig({
    extends: ['recommended'],
    // Health has no 4xx to describe: it takes nothing and asks for no token.
    rules: { 'operation-4xx-response': 'off' },
  });
  const problems = await lintFromString({ source: JSON.stringify(DOCUMENT), absoluteRef: 'openapi.json', config });
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
});

test('but for health, every operation describes a 4xx', () => {
  const without = OPERATIONS_DESCRIBED.filter(
    ({ responses }) => !Object.keys(responses).some((at) => at.startsWith('4')),
  );
  expect(without.map(({ operationId }) => operationId)).toEqual(['getHealth', 'getLiveness']);
});

test('the bodies are described by the schemas that check them', () => {
  const schemas: Readonly<Record<string, object>> = DOCUMENT.components.schemas;
  for (const [name, schema] of Object.entries(CONTROL_SCHEMAS)) {
    expect(schemas[name.charAt(0).toUpperCase() + name.slice(1)]).toEqual(JSON.parse(JSON.stringify(schema)));
  }
});

test('it is OpenAPI 3.1, of this version of the package, and served as JSON', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const { api } = await controlBench();
  const { body } = await api
    .get('/_mock/openapi.json')
    .expect(200)
    .expect('content-type', /^application\/json/);
  expect(body).toEqual(DOCUMENT);
  expect(body).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./), info: { version } });
});
