/** The control API's OpenAPI 3.1 document, from the routes, the schemas that validate bodies, and those of the answers. */
import manifest from '../../../package.json' with { type: 'json' };
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { LANGUAGES } from '../../explain/finding.js';
import { CONTROL_SCHEMAS, type Schema } from '../../schemas.js';
import { SIGNINGS, WAY_NAMES } from '../atlas/choices.js';
import { RESPONSE_SCHEMAS } from './responses.js';
import { type QueryName, type RouteRow, TAGS } from './route-row.js';
import { ROUTES } from './routes.js';

interface ProblemRow {
  readonly status: number;
  readonly component: string;
  readonly description: string;
  /** Which routes can meet it, beside those that name it. A body is read before its route is looked for, asked for or not. */
  readonly meets?: (route: RouteRow) => boolean;
}

const isGuarded = ({ open }: RouteRow): boolean => open === undefined;
const namesSomething = ({ path }: RouteRow): boolean => path.includes('{');

const PROBLEMS: readonly ProblemRow[] = [
  { status: 400, component: 'Invalid', description: 'The request is invalid.', meets: isGuarded },
  {
    status: 401,
    component: 'TokenNeeded',
    description: 'The server or the app has a control token, and the request does not.',
    meets: isGuarded,
  },
  {
    status: 403,
    component: 'StrangePage',
    description: 'A web page of another origin sent it, or the server is not known by the Host that it names.',
    meets: isGuarded,
  },
  { status: 404, component: 'Unknown', description: 'There is none by this name.', meets: namesSomething },
  { status: 409, component: 'Conflict', description: 'It is there already, or used up, or there are too many.' },
  { status: 413, component: 'TooLarge', description: 'The body is larger than 1 MB.', meets: isGuarded },
  {
    status: 415,
    component: 'Unsupported',
    description: "The body's encoding or charset cannot be read.",
    meets: isGuarded,
  },
  {
    status: 500,
    component: 'Unforeseen',
    description: 'Something went wrong on the server; its log has more.',
    meets: () => true,
  },
  { status: 501, component: 'NotInThisStore', description: 'The store cannot do this; the detail says why.' },
  { status: 503, component: 'Unavailable', description: 'The store cannot be reached, or refuses writes.' },
];

const QUERY: Readonly<Record<QueryName, { readonly description: string; readonly schema: Schema }>> = {
  appId: { description: 'Those of one app.', schema: { type: 'string' } },
  operation: { description: 'Those of one operation.', schema: ref('schemas', 'Operation') },
  resultCode: { description: 'Those that were answered with this code.', schema: { type: 'string' } },
  after: { description: 'The id of a request: those before it.', schema: { type: 'string' } },
  limit: {
    description: 'At most so many.',
    schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
  },
  lang: { description: 'The language of titles and details.', schema: { enum: LANGUAGES, default: 'en' } },
  way: { description: 'How the code is had.', schema: { enum: WAY_NAMES, default: 'genuine' } },
  signing: {
    description: 'How the request is signed: at login md5 (unless said) or rsa, at verify hmac (unless said) or rsa.',
    schema: { enum: [...new Set(Object.values(SIGNINGS).flat())] },
  },
};

const PATH_PARAMETERS: Readonly<Record<string, Schema>> = {
  operation: { enum: OPERATIONS.map(({ operation }) => operation) },
};

export function openapiDocument() {
  return {
    openapi: '3.1.1',
    info: {
      title: 'cmpassport-mock control API',
      version: manifest.version,
      description:
        "Drives a simulated China Mobile cmpassport carrier. Durations are texts (`90s`, `2m`), instants epoch milliseconds; unknown fields are refused; a body that was not sent is `{}`. The carrier's own operations are not described here.",
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    // The token is asked for only where one is set.
    security: [{ controlToken: [] }, {}],
    tags: TAGS,
    paths: paths(),
    components: {
      securitySchemes: {
        controlToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'What the server was given as --control-token, or the app as controlToken.',
        },
      },
      responses: Object.fromEntries(PROBLEMS.map(problemResponse)),
      schemas: { ...requestSchemas(), ...RESPONSE_SCHEMAS },
    },
  };
}

function paths(): Readonly<Record<string, object>> {
  const names = [...new Set(ROUTES.map(({ path }) => path))];
  return Object.fromEntries(
    names.map((name) => [
      name,
      Object.fromEntries(ROUTES.filter(({ path }) => path === name).map((route) => [route.method, operation(route)])),
    ]),
  );
}

function operation(route: RouteRow) {
  const { operationId, tag, summary, takes, open } = route;
  const parameters = [...pathParameters(route), ...queryParameters(route)];
  return {
    operationId,
    tags: [tag],
    summary,
    ...(open && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(takes !== undefined && { requestBody: requestBody(takes) }),
    responses: { ...answer(route), ...problems(route) },
  };
}

function pathParameters({ path }: RouteRow) {
  return Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: PATH_PARAMETERS[name] ?? { type: 'string' },
  }));
}

function queryParameters({ query = [] }: RouteRow) {
  return query.map((name) => ({ name, in: 'query', ...QUERY[name] }));
}

function requestBody(takes: keyof typeof CONTROL_SCHEMAS) {
  const { required } = CONTROL_SCHEMAS[takes];
  return {
    required: required.length > 0,
    content: { 'application/json': { schema: ref('schemas', componentName(takes)) } },
  };
}

function answer({ answers: { status, schema, contentType }, summary }: RouteRow) {
  const content =
    schema === undefined
      ? contentType && { [contentType]: { schema: { type: 'string' } } }
      : { 'application/json': { schema: ref('schemas', schema) } };
  return { [status]: { description: summary, ...(content && { content }) } };
}

function problems(route: RouteRow) {
  const met = PROBLEMS.filter(({ status, meets }) => meets?.(route) || route.problems?.includes(status));
  return Object.fromEntries(met.map(({ status, component }) => [status, ref('responses', component)]));
}

function problemResponse({ component, description }: ProblemRow) {
  const content = { 'application/problem+json': { schema: ref('schemas', 'Problem') } };
  return [component, { description, content }] as const;
}

function requestSchemas(): Readonly<Record<string, Schema>> {
  return Object.fromEntries(Object.entries(CONTROL_SCHEMAS).map(([name, schema]) => [componentName(name), schema]));
}

/** `createApp` is `CreateApp` among the components. */
function componentName(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function ref(kind: 'schemas' | 'responses', name: string): Schema {
  return { $ref: `#/components/${kind}/${name}` };
}
