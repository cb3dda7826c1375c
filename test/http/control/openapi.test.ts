/** The control API's OpenAPI document is linted, compared with the routes and the schemas, and served. */
import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { CONTROL_SCHEMAS } from '../../../mock-server/schemas/schemas.js';
import { controlBench } from '../../support/control.js';
import { DOCUMENT, OPERATIONS_DESCRIBED } from '../../support/openapi.js';

test('the linter reports no error and no warning', async () => {
  const config = await createConfig({
    extends: ['recommended'],
    // Health has no 4xx: it has no input and needs no token.
    rules: { 'operation-4xx-response': 'off' },
  });
  const problems = await lintFromString({ source: JSON.stringify(DOCUMENT), absoluteRef: 'openapi.json', config });
  const lines = problems.map(({ ruleId, message, location }) => `${ruleId} at ${location[0]?.pointer}: ${message}`);
  expect(lines.join('\n')).toBe('');
});

test('every operation except health describes a 4xx', () => {
  const without = OPERATIONS_DESCRIBED.filter(
    ({ responses }) => !Object.keys(responses).some((at) => at.startsWith('4')),
  );
  expect(without.map(({ operationId }) => operationId)).toEqual(['getHealth', 'getLiveness']);
});

test('the schemas of the bodies are those that validate them', () => {
  const schemas: Readonly<Record<string, object>> = DOCUMENT.components.schemas;
  for (const [name, schema] of Object.entries(CONTROL_SCHEMAS)) {
    expect(schemas[name.charAt(0).toUpperCase() + name.slice(1)]).toEqual(JSON.parse(JSON.stringify(schema)));
  }
});

test('the document is OpenAPI 3.1, has the package version, and is served as JSON', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const { api } = await controlBench();
  const { body } = await api
    .get('/_mock/openapi.json')
    .expect(200)
    .expect('content-type', /^application\/json/);
  expect(body).toEqual(DOCUMENT);
  expect(body).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./), info: { version } });
});
