/** Checks that a response is documented: with the contract's schemas for the carrier, with the OpenAPI document for the control API. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Operation } from '../../../contracts/index.js';
import { schemaProblems } from '../../../contracts/provider/schemas.js';
import { wordsIn } from '../../../src/text/bilingual.js';
import type { Alone } from '../client.js';
import type { Reply } from '../replies.js';
import type { Call, OpenapiDocument } from './control-requests.js';
import type { Expected } from './fuzzed.js';

export interface Judge {
  /** Returns the problem of a response to a complete request, or undefined. */
  ofReply(expected: Expected, reply: Reply): string | undefined;
  /** Returns the problem of all responses to invalid bytes, or undefined. */
  ofBytes(alone: Alone): string | undefined;
}

const CARRIER_TYPE = 'application/json;charset=UTF-8';
const PROBLEM_TYPE = 'application/problem+json';
/** Node's own responses to invalid HTTP and to timeouts, without a body. */
const RUNTIME_STATUSES: readonly number[] = [400, 408, 413, 417, 431];
/** The mock's responses to a wrong value of its own headers, and to a page of another origin. */
const REFUSALS: readonly number[] = [400, 403];
/** Matches internals of a server. */
const INSIDE = /\n\s+at |node:internal|node_modules|\.[jt]s:\d+|(?:Type|Range|Reference)Error/;

export function createJudge(document: OpenapiDocument, calls: readonly Call[]): Judge {
  const described = createDescribed(document, calls);
  const isProblem = described.problem;

  const ofReply = (expected: Expected, reply: Reply): string | undefined => {
    if (INSIDE.test(reply.body) && reply.headers.get('content-type')?.startsWith(PROBLEM_TYPE))
      return 'the response reveals internals of the server';
    switch (expected.kind) {
      case 'carrier':
        return expected.misuse && REFUSALS.includes(reply.status)
          ? isProblem(reply)
          : ofCarrier(expected.operation, reply);
      case 'control':
        return expected.operationId === undefined
          ? isProblem(reply)
          : described.ofOperation(expected.operationId, reply);
      case 'stray':
        return isProblem(reply);
      case 'bytes':
        return ofAny(reply);
      default:
        return expected satisfies never;
    }
  };

  const ofAny = (reply: Reply): string | undefined => {
    if (reply.headers.get('content-type')?.startsWith(PROBLEM_TYPE)) return isProblem(reply);
    if (reply.headers.has('x-mock')) return ofCarrier(operationOf(reply.body), reply);
    return RUNTIME_STATUSES.includes(reply.status) && reply.body === ''
      ? undefined
      : `${reply.status} is not a response of the carrier or the runtime`;
  };

  return {
    ofReply,
    ofBytes: ({ replies, rest }) => {
      if (rest !== '') return `incomplete response: ${JSON.stringify(rest.slice(0, 100))}`;
      return replies.map((reply) => ofReply({ kind: 'bytes' }, reply)).find((problem) => problem !== undefined);
    },
  };
}

/** Only responses of tokenValidate have a body and a header. */
function operationOf(body: string): Operation {
  return body.startsWith('{"body":') ? 'tokenValidate' : 'loginTokenValidate';
}

function ofCarrier(operation: Operation, { status, headers, body }: Reply): string | undefined {
  if (status !== 200) return `HTTP status ${status}`;
  if (headers.get('content-type') !== CARRIER_TYPE) return `Content-Type ${headers.get('content-type')}`;
  if (!/^[0-9A-Za-z]{6}-[0-9a-f]{16}$/.test(headers.get('x-mock-request-id') ?? '')) return 'no X-Mock-Request-Id';
  const json = parsed(body);
  if (json === undefined) return 'not JSON';
  if (JSON.stringify(json) !== body) return 'not compact JSON';
  const [first] = schemaProblems(operation, 'response', json);
  return first && `${first.at} is not ${wordsIn(first.expected, 'en')}`;
}

export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

interface Content {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

function createDescribed(document: OpenapiDocument, calls: readonly Call[]) {
  const ajv = new Ajv2020({ allowUnionTypes: true });
  ajv.addVocabulary(Object.keys(document));
  ajv.addSchema(document, 'openapi.json');
  const validators = new Map<string, ValidateFunction>();
  const validatorOf = (key: string, schema: object): ValidateFunction => {
    const known = validators.get(key);
    if (known !== undefined) return known;
    const compiled = ajv.compile('$ref' in schema ? { $ref: `openapi.json${schema.$ref}` } : schema);
    validators.set(key, compiled);
    return compiled;
  };
  const problem = ({ status, headers, body }: Reply): string | undefined => {
    if (!headers.get('content-type')?.startsWith(PROBLEM_TYPE))
      return `expected a problem, found ${status} ${headers.get('content-type')}`;
    if (status >= 500) return `${status} ${body.slice(0, 200)}`;
    const validate = validatorOf('problem', { $ref: '#/components/schemas/Problem' });
    return validate(parsed(body)) ? undefined : `not a documented problem: ${ajv.errorsText(validate.errors)}`;
  };
  const asDescribed = (key: string, { content }: Content, { headers, body }: Reply): string | undefined => {
    if (content === undefined) return body === '' ? undefined : `${key}: expected no body, found one`;
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    const schema = content[type]?.schema;
    if (schema === undefined) return `${key}: content type ${type}`;
    const validate = validatorOf(key, schema);
    const value = type === 'application/json' ? parsed(body) : body;
    return validate(value) ? undefined : `${key}: ${ajv.errorsText(validate.errors)}`;
  };
  const ofOperation = (operationId: string, reply: Reply): string | undefined => {
    const { status, body } = reply;
    const responses = calls.find(({ operation }) => operation.operationId === operationId)?.operation.responses;
    const described = responses?.[status] as Content | undefined;
    if (described === undefined) return `${operationId} has no response ${status}: ${body.slice(0, 200)}`;
    return described.$ref === undefined ? asDescribed(`${operationId} ${status}`, described, reply) : problem(reply);
  };
  return { problem, ofOperation };
}
