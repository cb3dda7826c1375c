/** The control API's OpenAPI 3.1 document, generated from the rows, the schemas of bodies, and the schemas of responses. */
import manifest from '../../../package.json' with { type: 'json' };
import { BODIES } from '../../../src/control/calls/bodies.js';
import { type Answer, TAGS } from '../../../src/control/calls/calls.js';
import { COMPONENTS } from '../../../src/control/calls/components.js';
import { type Schema, schemaOf, type } from '../../../src/control/calls/notation.js';
import { QUERY } from '../../../src/control/calls/query.js';
import { PHONE_NUMBER_PATTERN } from '../../../src/control/calls/settings.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { ROUTES, type Route } from '../routes.js';

interface ProblemRow {
  readonly status: number;
  readonly component: string;
  readonly description: string;
  /** The calls that can return it, in addition to those whose row names it. Every guarded call reads its body. */
  readonly appliesTo?: (route: Route) => boolean;
}

const isGuarded = ({ who }: Route): boolean => who !== 'anyone';

const PROBLEMS: readonly ProblemRow[] = [
  {
    status: 400,
    component: 'Invalid',
    description: 'The request is invalid.',
    appliesTo: isGuarded,
  },
  {
    status: 401,
    component: 'TokenNeeded',
    description: 'The server or the app has a control token, and the request has no valid one.',
    appliesTo: isGuarded,
  },
  {
    status: 403,
    component: 'StrangePage',
    description:
      'A web page of another origin sent the request, or the server does not accept its Host.',
    appliesTo: () => true,
  },
  {
    status: 404,
    component: 'Unknown',
    description: 'Not found.',
    appliesTo: ({ path }) => path.includes(':'),
  },
  {
    status: 409,
    component: 'Conflict',
    description: 'It already exists, is already consumed, or there are too many.',
  },
  {
    status: 413,
    component: 'TooLarge',
    description: 'The body is larger than 1 MB.',
    appliesTo: isGuarded,
  },
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
  {
    status: 503,
    component: 'Unavailable',
    description: 'The store is unreachable or rejects writes.',
  },
];

const PATH_PARAMETERS: Readonly<Record<string, Schema>> = {
  operation: { enum: OPERATIONS.map(({ operation }) => operation) },
  number: { type: 'string', pattern: PHONE_NUMBER_PATTERN },
};

export function openapiDocument() {
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
    paths: paths(ROUTES),
    components: {
      securitySchemes: {
        controlToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'The value of --control-token of the server, or controlToken of the app.',
        },
      },
      responses: Object.fromEntries(
        PROBLEMS.map(({ component, description }) => [
          component,
          { description, content: { 'application/problem+json': { schema: type('Problem') } } },
        ]),
      ),
      schemas: COMPONENTS,
    },
  };
}

function paths(routes: readonly Route[]): Readonly<Record<string, object>> {
  const names = [...new Set(routes.map(({ path }) => path))];
  return Object.fromEntries(
    names.map((name) => [
      name.replace(/:(\w+)/g, '{$1}'),
      Object.fromEntries(
        routes.filter(({ path }) => path === name).map((route) => [route.method, operation(route)]),
      ),
    ]),
  );
}

function operation(route: Route) {
  const { id, tag, summary, path, body, answer, who, query = [] } = route;
  const pathParameters = Array.from(path.matchAll(/:(\w+)/g), ([, name = '']) => {
    return { name, in: 'path', required: true, schema: PATH_PARAMETERS[name] ?? type('string') };
  });
  const queryParameters = query.map((name) => {
    const [of, description] = QUERY[name];
    return { name, in: 'query', description, schema: schemaOf(of) };
  });
  const parameters = [...pathParameters, ...queryParameters];
  const content = contentOf(answer);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(who === 'anyone' && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && {
      requestBody: {
        required: BODIES[body].required.length > 0,
        content: { 'application/json': { schema: type(body) } },
      },
    }),
    responses: {
      [answer.status]: { description: summary, ...(content && { content }) },
      ...problems(route),
    },
  };
}

function contentOf(answer: Answer) {
  if ('schema' in answer) {
    const text = 'orText' in answer ? { 'text/plain': { schema: type('string') } } : {};
    return { 'application/json': { schema: type(answer.schema) }, ...text };
  }
  if (!('contentType' in answer)) return undefined;
  const [mediaType = ''] = answer.contentType.split(';');
  return { [mediaType]: { schema: type('string') } };
}

function problems(route: Route) {
  const possible = PROBLEMS.filter(
    ({ status, appliesTo }) => appliesTo?.(route) || route.problems?.includes(status),
  );
  return Object.fromEntries(
    possible.map(({ status, component }) => [
      status,
      { $ref: `#/components/responses/${component}` },
    ]),
  );
}
