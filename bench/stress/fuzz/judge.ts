/** Checks that a response is documented: with the contract's schemas for the carrier, with the OpenAPI document for the control API. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Operation } from '../../../contracts/index.js';
import { schemaProblems } from '../../../contracts/kit/schemas.js';
import { wordsIn } from '../../../src/text/bilingual.js';
import type { Replies, Reply } from '../client.js';

/** The expected kind of response. */
export type Expected =
  | { readonly kind: 'carrier'; readonly operation: Operation }
  /** An operation of the control API's document. */
  | { readonly kind: 'control'; readonly operationId: string }
  /** A path that neither the carrier nor the control API has. */
  | { readonly kind: 'stray' }
  /** Possibly not HTTP: any of these, a 4xx of the runtime, or no response. */
  | { readonly kind: 'bytes' };

interface Content {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly operation: {
    readonly operationId: string;
    readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
    readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: object } } };
    readonly responses: Readonly<Record<string, Content>>;
  };
}

export interface OpenapiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Call['operation']>>>>;
}

/** Not called: a stream does not end, and a reset removes the tokens of concurrent requests. */
const EXCLUDED = ['watchRequests', 'resetAll'];

export function callsIn({ paths }: OpenapiDocument): readonly Call[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, { operationId }]) => !EXCLUDED.includes(operationId))
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

/** Returns the problem of the responses, or undefined. */
export type Judge = (expected: Expected, replies: Replies) => string | undefined;

const CARRIER_TYPE = 'application/json;charset=UTF-8';
const PROBLEM_TYPE = 'application/problem+json';
/** Node's own responses to invalid HTTP and to time-outs, without a body. */
const RUNTIME_STATUSES: readonly number[] = [400, 408, 413, 417, 431];
/** Matches internals of a server. */
const INSIDE = /\n\s+at |node:internal|node_modules|\.[jt]s:\d+|(?:Type|Range|Reference)Error/;

export function createJudge(document: OpenapiDocument): Judge {
  const ajv = new Ajv2020({ allowUnionTypes: true });
  ajv.addVocabulary(Object.keys(document));
  ajv.addSchema(document, 'openapi.json');
  const compiled = new Map<object, ValidateFunction>();
  const errorsOf = (schema: object, value: unknown): string | undefined => {
    const validate =
      compiled.get(schema) ?? ajv.compile('$ref' in schema ? { $ref: `openapi.json${schema.$ref}` } : schema);
    compiled.set(schema, validate);
    return validate(value) ? undefined : ajv.errorsText(validate.errors);
  };
  const responses = new Map(callsIn(document).map(({ operation }) => [operation.operationId, operation.responses]));

  const ofProblem = ({ status, headers, body }: Reply): string | undefined => {
    if (!headers.get('content-type')?.startsWith(PROBLEM_TYPE)) return `expected a problem, found ${status}`;
    if (status >= 500 || INSIDE.test(body)) return `${status} ${body.slice(0, 200)}`;
    return errorsOf(PROBLEM, parsed(body));
  };
  const ofControl = (operationId: string, reply: Reply): string | undefined => {
    const described = responses.get(operationId)?.[reply.status];
    if (described === undefined) return `${operationId} has no response ${reply.status}: ${reply.body.slice(0, 200)}`;
    return described.$ref === undefined ? ofContent(described, reply) : ofProblem(reply);
  };
  const ofContent = ({ content }: Content, { headers, body }: Reply): string | undefined => {
    if (content === undefined) return body === '' ? undefined : 'expected no body, found one';
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    const schema = content[type]?.schema;
    if (schema === undefined) return `content type ${type}`;
    return errorsOf(schema, type === 'application/json' ? parsed(body) : body);
  };
  const ofAny = (reply: Reply): string | undefined => {
    if (reply.headers.get('content-type')?.startsWith(PROBLEM_TYPE)) return ofProblem(reply);
    // Only responses of tokenValidate begin with their body.
    const operation = reply.body.startsWith('{"body":') ? 'tokenValidate' : 'loginTokenValidate';
    if (reply.headers.has('x-mock')) return ofCarrier(operation, reply);
    const isOfRuntime = RUNTIME_STATUSES.includes(reply.status) && reply.body === '';
    return isOfRuntime ? undefined : `${reply.status} is not a response of the carrier or the runtime`;
  };
  const ofReply = (expected: Expected, reply: Reply): string | undefined => {
    switch (expected.kind) {
      case 'carrier':
        return ofCarrier(expected.operation, reply);
      case 'control':
        return ofControl(expected.operationId, reply);
      case 'stray':
        return ofProblem(reply);
      case 'bytes':
        return ofAny(reply);
      default:
        return expected satisfies never;
    }
  };
  return (expected, { replies, rest }) => {
    if (rest !== '') return `incomplete response: ${JSON.stringify(rest.slice(0, 100))}`;
    if (expected.kind !== 'bytes' && replies.length !== 1) return `expected one response, found ${replies.length}`;
    return replies.map((reply) => ofReply(expected, reply)).find((problem) => problem !== undefined);
  };
}
const PROBLEM = { $ref: '#/components/schemas/Problem' };

function ofCarrier(operation: Operation, { status, headers, body }: Reply): string | undefined {
  if (status !== 200) return `HTTP status ${status}`;
  if (headers.get('content-type') !== CARRIER_TYPE) return `Content-Type ${headers.get('content-type')}`;
  if (!headers.has('x-mock-request-id')) return 'no X-Mock-Request-Id';
  const json = parsed(body);
  if (json === undefined) return 'not JSON';
  if (JSON.stringify(json) !== body) return 'not compact JSON';
  const [first] = schemaProblems(operation, 'Response', json);
  return first && `${first.at} is not ${wordsIn(first.expected, 'en')}`;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
