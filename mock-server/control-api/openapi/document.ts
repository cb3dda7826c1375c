/** The control API's OpenAPI 3.1 document, from its rows, the schemas that validate bodies, and those of the answers. */
import manifest from '../../../package.json' with { type: 'json' };
import { LANGUAGES } from '../../../src/protocol/bilingual.js';
import { SIGNINGS } from '../../../src/protocol/fields.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { CONTROL_SCHEMAS, PHONE_NUMBER_PATTERN, type Schema } from '../../schemas/schemas.js';
import { WAY_NAMES } from '../atlas/choices.js';
import { PASSWORD_DEFAULT, PASSWORD_LENGTH_MAX } from '../query.js';
import { COMPUTED_MAX } from '../record-findings.js';
import { type Output, type QueryName, type Route, TAGS } from '../route.js';
import { RESPONSE_SCHEMAS } from './responses.js';

interface ProblemRow {
  readonly status: number;
  readonly component: string;
  readonly description: string;
  /** Which calls can get it, in addition to those whose row names it. Every guarded call reads its body, needed or not. */
  readonly meets?: (route: Route) => boolean;
}

const isGuarded = ({ who }: Route): boolean => who !== 'anyone';
const namesSomething = ({ path }: Route): boolean => path.includes(':');

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
  lang: {
    description: 'The language of titles and details; by default that of Accept-Language, else English.',
    schema: { enum: LANGUAGES },
  },
  password: {
    description: 'The password of the trust store.',
    schema: { type: 'string', minLength: 1, maxLength: PASSWORD_LENGTH_MAX, default: PASSWORD_DEFAULT },
  },
  remarks: {
    description: `With true, each record has its findings, or null. At most ${COMPUTED_MAX} are computed for a page, and kept for the next.`,
    schema: { enum: ['false', 'true'], default: 'false' },
  },
  ids: {
    description: `The ids of requests, separated by commas, at most ${COMPUTED_MAX}: only these. Unknown ids are left out.`,
    schema: { type: 'string' },
  },
  way: { description: 'How the code is had.', schema: { enum: WAY_NAMES, default: 'genuine' } },
  signing: {
    description: 'How the request is signed: at login md5 (unless said) or rsa, at verify hmac (unless said) or rsa.',
    schema: { enum: [...new Set(Object.values(SIGNINGS).flat())] },
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
        "Drives a simulated China Mobile cmpassport carrier. Durations are texts (`90s`, `2m`), instants epoch milliseconds; unknown fields are refused; a body that was not sent is `{}`. The carrier's own operations are not described here.",
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    // The token is asked for only where one is set.
    security: [{ controlToken: [] }, {}],
    tags: TAGS,
    paths: paths(routes),
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
  const { id, tag, summary, input, who } = route;
  const parameters = [...pathParameters(route), ...queryParameters(route)];
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

function queryParameters({ query = [] }: Route) {
  return query.map((name) => ({ name, in: 'query', ...QUERY[name] }));
}

function requestBody(input: keyof typeof CONTROL_SCHEMAS) {
  const { required } = CONTROL_SCHEMAS[input];
  return {
    required: required.length > 0,
    content: { 'application/json': { schema: ref('schemas', componentName(input)) } },
  };
}

function answer({ output, summary }: Route) {
  const content = contentOf(output);
  return { [output.status]: { description: summary, ...(content && { content }) } };
}

function contentOf(output: Output) {
  if ('schema' in output) {
    const text = 'orText' in output ? { 'text/plain': { schema: { type: 'string' } } } : {};
    return { 'application/json': { schema: ref('schemas', output.schema) }, ...text };
  }
  if (!('contentType' in output)) return undefined;
  const [mediaType = ''] = output.contentType.split(';');
  return { [mediaType]: { schema: { type: 'string' } } };
}

function problems(route: Route) {
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
