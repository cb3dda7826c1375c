/** The control API's OpenAPI 3.1 document, generated from the rows, the schemas of bodies, and the schemas of responses. */
import manifest from '../../../package.json' with { type: 'json' };
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { LANGUAGES } from '../../../src/text/bilingual.js';
import { CONTROL_SCHEMAS } from '../../schemas/control-schemas.js';
import { PHONE_NUMBER_PATTERN, type Schema } from '../../schemas/schemas.js';
import { PASSWORD_DEFAULT } from '../query.js';
import { KINDS } from '../request-search.js';
import { type Output, type QueryName, type Route, TAGS } from '../route.js';
import { RESPONSE_SCHEMAS } from './responses.js';

interface ProblemRow {
  readonly status: number;
  readonly component: string;
  readonly description: string;
  /** The calls that can return it, in addition to those whose row names it. Every guarded call reads its body. */
  readonly appliesTo?: (route: Route) => boolean;
}

const isGuarded = ({ who }: Route): boolean => who !== 'anyone';
const hasPathParameters = ({ path }: Route): boolean => path.includes(':');

const PROBLEMS: readonly ProblemRow[] = [
  { status: 400, component: 'Invalid', description: 'The request is invalid.', appliesTo: isGuarded },
  {
    status: 401,
    component: 'TokenNeeded',
    description: 'The server or the app has a control token, and the request has no valid one.',
    appliesTo: isGuarded,
  },
  {
    status: 403,
    component: 'StrangePage',
    description: 'A web page of another origin sent the request, or the server does not accept its Host.',
    appliesTo: () => true,
  },
  { status: 404, component: 'Unknown', description: 'Not found.', appliesTo: hasPathParameters },
  { status: 409, component: 'Conflict', description: 'It already exists, is already consumed, or there are too many.' },
  { status: 413, component: 'TooLarge', description: 'The body is larger than 1 MB.', appliesTo: isGuarded },
  {
    status: 415,
    component: 'Unsupported',
    description: 'The encoding or charset of the body is not supported.',
    appliesTo: isGuarded,
  },
  {
    status: 500,
    component: 'Unforeseen',
    description: 'Unexpected error on the server: see its log.',
    appliesTo: () => true,
  },
  {
    status: 501,
    component: 'NotInThisStore',
    description: 'The store does not support this call; `detail` has the reason.',
  },
  { status: 503, component: 'Unavailable', description: 'The store is unreachable or rejects writes.' },
];

const QUERY: Readonly<Record<QueryName, { readonly description: string; readonly schema: Schema }>> = {
  appId: { description: 'Only requests of this app.', schema: { type: 'string' } },
  operation: { description: 'Only requests of this operation.', schema: componentRef('schemas', 'Operation') },
  resultCode: {
    description: 'Only requests with this result code. `103*` means all that begin so.',
    schema: { type: 'string' },
  },
  kind: { description: 'Only requests that were refused, answered or forced.', schema: { enum: KINDS } },
  cause: {
    description: 'Only requests of which this finding is the first cause or, if they were accepted, the first remark.',
    schema: { type: 'string' },
  },
  until: { description: 'The id of such a request: only it and older ones.', schema: { type: 'string' } },
  after: { description: 'The id of a request: only older requests.', schema: { type: 'string' } },
  limit: {
    description: 'The maximum number of entries.',
    schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
  },
  burst: {
    description:
      'The maximum number of requests in a tenth of a second; `passed-over` has the number of the others. By default all.',
    schema: { type: 'integer', minimum: 1, maximum: 1000 },
  },
  lang: {
    description: 'The language of titles and details. By default that of Accept-Language, else English.',
    schema: { enum: LANGUAGES },
  },
  password: {
    description: 'The password of the trust store.',
    schema: { type: 'string', default: PASSWORD_DEFAULT },
  },
  finding: {
    description: 'Only requests with this finding. `sign.*` means all whose id begins so.',
    schema: { type: 'string' },
  },
  text: {
    description: 'Only requests with this text in the request, the response, or the words of its code and findings.',
    schema: { type: 'string' },
  },
};

const PATH_PARAMETERS: Readonly<Record<string, Schema>> = {
  operation: { enum: OPERATIONS.map(({ operation }) => operation) },
  number: { type: 'string', pattern: PHONE_NUMBER_PATTERN },
};

export function openapiDocument(routes: readonly Route[]) {
  return {
    openapi: '3.1.1',
    info: {
      title: 'cmpassport-mock control API',
      version: manifest.version,
      description:
        "Controls a simulated China Mobile cmpassport carrier. Durations are strings (`90s`, `2m`), and times are epoch milliseconds. Unknown fields are rejected. An omitted body is `{}`. This document does not describe the carrier's own operations.",
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    // The token is required only if one is set.
    security: [{ controlToken: [] }, {}],
    tags: TAGS,
    paths: paths(routes),
    components: {
      securitySchemes: {
        controlToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'The value of --control-token of the server, or controlToken of the app.',
        },
      },
      responses: Object.fromEntries(PROBLEMS.map(problemResponse)),
      schemas: { ...REQUEST_SCHEMAS, ...RESPONSE_SCHEMAS },
    },
  };
}

function paths(routes: readonly Route[]): Readonly<Record<string, object>> {
  const names = [...new Set(routes.map(({ path }) => path))];
  return Object.fromEntries(
    names.map((name) => [
      name.replace(/:(\w+)/g, '{$1}'),
      Object.fromEntries(routes.filter(({ path }) => path === name).map((route) => [route.method, operation(route)])),
    ]),
  );
}

function operation(route: Route) {
  const { id, tag, summary, input, who, query = [] } = route;
  const queryParameters = query.map((name) => ({ name, in: 'query', ...QUERY[name] }));
  const parameters = [...pathParameters(route), ...queryParameters];
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(who === 'anyone' && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(input !== undefined && { requestBody: requestBody(input) }),
    responses: { ...answer(route), ...problems(route) },
  };
}

function pathParameters({ path }: Route) {
  return Array.from(path.matchAll(/:(\w+)/g), ([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: PATH_PARAMETERS[name] ?? { type: 'string' },
  }));
}

function requestBody(input: keyof typeof CONTROL_SCHEMAS) {
  const { required } = CONTROL_SCHEMAS[input];
  return {
    required: required.length > 0,
    content: { 'application/json': { schema: componentRef('schemas', componentName(input)) } },
  };
}

function answer({ output, summary }: Route) {
  const content = contentOf(output);
  return { [output.status]: { description: summary, ...(content && { content }) } };
}

function contentOf(output: Output) {
  if ('schema' in output) {
    const text = 'orText' in output ? { 'text/plain': { schema: { type: 'string' } } } : {};
    return { 'application/json': { schema: componentRef('schemas', output.schema) }, ...text };
  }
  if (!('contentType' in output)) return undefined;
  const [mediaType = ''] = output.contentType.split(';');
  return { [mediaType]: { schema: { type: 'string' } } };
}

function problems(route: Route) {
  const possible = PROBLEMS.filter(({ status, appliesTo }) => appliesTo?.(route) || route.problems?.includes(status));
  return Object.fromEntries(possible.map(({ status, component }) => [status, componentRef('responses', component)]));
}

function problemResponse({ component, description }: ProblemRow) {
  const content = { 'application/problem+json': { schema: componentRef('schemas', 'Problem') } };
  return [component, { description, content }] as const;
}

const REQUEST_SCHEMAS: Readonly<Record<string, Schema>> = Object.fromEntries(
  Object.entries(CONTROL_SCHEMAS).map(([name, schema]) => [componentName(name), schema]),
);

/** The component of `createApp` is `CreateApp`. */
function componentName(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function componentRef(kind: 'schemas' | 'responses', name: string): Schema {
  return { $ref: `#/components/${kind}/${name}` };
}
