/**
 * The OpenAPI document of the carrier's operations as one file, for tools that read only one: the published document with its
 * schemas inside. The fields that are HTTP headers are parameters, so the schemas of bodies lack them.
 */
import DOCUMENT from '../../../contracts/openapi/cmpassport.openapi.json' with { type: 'json' };
import h5Request from '../../../contracts/schemas/h5-token-validate-request.schema.json' with {
  type: 'json',
};
import h5Response from '../../../contracts/schemas/h5-token-validate-response.schema.json' with {
  type: 'json',
};
import loginRequest from '../../../contracts/schemas/login-token-validate-request.schema.json' with {
  type: 'json',
};
import loginResponse from '../../../contracts/schemas/login-token-validate-response.schema.json' with {
  type: 'json',
};
import verifyRequest from '../../../contracts/schemas/token-validate-request.schema.json' with {
  type: 'json',
};
import verifyResponse from '../../../contracts/schemas/token-validate-response.schema.json' with {
  type: 'json',
};

interface BodySchema {
  readonly $schema: string;
  readonly $id: string;
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
}

const SCHEMAS: Readonly<Record<string, BodySchema>> = {
  'login-token-validate-request': loginRequest,
  'login-token-validate-response': loginResponse,
  'token-validate-request': verifyRequest,
  'token-validate-response': verifyResponse,
  'h5-token-validate-request': h5Request,
  'h5-token-validate-response': h5Response,
};
const HEADERS = '@headers';

function bodySchema(name: string, { $schema, $id, required, properties, ...rest }: BodySchema) {
  const { [HEADERS]: _, ...inBody } = properties;
  const schema = {
    ...rest,
    required: required.filter((field) => field !== HEADERS),
    properties: inBody,
  };
  return withRefs(schema, (ref) => ref.replace(/^#\//, `#/components/schemas/${name}/`));
}

/** A copy with each `$ref` replaced. */
function withRefs<T>(value: T, change: (ref: string) => string): T {
  const replaced = (key: string, text: unknown) =>
    key === '$ref' && typeof text === 'string' ? change(text) : text;
  return JSON.parse(JSON.stringify(value, replaced));
}

export const CARRIER_DOCUMENT = {
  ...withRefs(DOCUMENT, (ref) =>
    ref.replace(/^\.\.\/schemas\/(.+)\.schema\.json$/, '#/components/schemas/$1'),
  ),
  components: {
    schemas: Object.fromEntries(
      Object.entries(SCHEMAS).map(([name, schema]) => [name, bodySchema(name, schema)]),
    ),
  },
};
