/** Whether an answer is a documented one: by the contract's schemas for the carrier, by the OpenAPI document for the control API. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Operation } from '../../../contracts/index.js';
import { schemaProblems } from '../../../contracts/provider/schemas.js';
import type { Alone } from '../client.js';
import type { Reply } from '../replies.js';
import type { Call, OpenapiDocument } from './control-requests.js';
import type { Due } from './fuzzed.js';

export interface Judge {
  /** What is wrong with the answer to a whole request; undefined where nothing is. */
  ofReply(due: Due, reply: Reply): string | undefined;
  /** The same of all that came back for bytes. */
  ofBytes(alone: Alone): string | undefined;
}

const CARRIER_TYPE = 'application/json;charset=UTF-8';
const PROBLEM_TYPE = 'application/problem+json';
/** What Node answers by itself to what is not HTTP, or not to be waited for: without a body. */
const RUNTIME_STATUSES: readonly number[] = [400, 408, 413, 417, 431];
/** Of a header that the mock itself answers: one that is wrong, and a page of another origin. */
const REFUSALS: readonly number[] = [400, 403];
/** What shows the inside of a server. */
const INSIDE = /\n\s+at |node:internal|node_modules|\.[jt]s:\d+|(?:Type|Range|Reference)Error/;

export function createJudge(document: OpenapiDocument, calls: readonly Call[]): Judge {
  const described = createDescribed(document, calls);
  const isProblem = described.problem;

  const ofReply = (due: Due, reply: Reply): string | undefined => {
    if (INSIDE.test(reply.body) && reply.headers.get('content-type')?.startsWith(PROBLEM_TYPE))
      return 'it shows the inside of the server';
    switch (due.kind) {
      case 'carrier':
        return due.misuse && REFUSALS.includes(reply.status) ? isProblem(reply) : ofCarrier(due.operation, reply);
      case 'control':
        return due.operationId === undefined ? isProblem(reply) : described.ofOperation(due.operationId, reply);
      case 'nobody':
        return isProblem(reply);
      case 'bytes':
        return ofAny(reply);
      default:
        return due satisfies never;
    }
  };

  const ofAny = (reply: Reply): string | undefined => {
    if (reply.headers.get('content-type')?.startsWith(PROBLEM_TYPE)) return isProblem(reply);
    if (reply.headers.has('x-mock')) return ofCarrier(operationOf(reply.body), reply);
    return RUNTIME_STATUSES.includes(reply.status) && reply.body === ''
      ? undefined
      : `${reply.status} is not the carrier's and not the runtime's`;
  };

  return {
    ofReply,
    ofBytes: ({ replies, rest }) => {
      if (rest !== '') return `no whole answer: ${JSON.stringify(rest.slice(0, 100))}`;
      return replies.map((reply) => ofReply({ kind: 'bytes' }, reply)).find((problem) => problem !== undefined);
    },
  };
}

/** verify's answers have a header, login's have none. */
function operationOf(body: string): Operation {
  return body.startsWith('{"body":') ? 'tokenValidate' : 'loginTokenValidate';
}

function ofCarrier(operation: Operation, { status, headers, body }: Reply): string | undefined {
  if (status !== 200) return `HTTP status ${status}`;
  if (headers.get('content-type') !== CARRIER_TYPE) return `Content-Type ${headers.get('content-type')}`;
  if (!/^[0-9A-Za-z]{6}-[0-9a-f]{16}$/.test(headers.get('x-mock-request-id') ?? '')) return 'no X-Mock-Request-Id';
  const json = parsed(body);
  if (json === undefined) return 'no JSON';
  if (JSON.stringify(json) !== body) return 'no compact JSON';
  const [first] = schemaProblems(operation, 'response', json);
  return first && `${first.at} is not ${first.expected}`;
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
    const made = ajv.compile('$ref' in schema ? { $ref: `openapi.json${schema.$ref}` } : schema);
    validators.set(key, made);
    return made;
  };
  const problem = ({ status, headers, body }: Reply): string | undefined => {
    if (!headers.get('content-type')?.startsWith(PROBLEM_TYPE))
      return `no problem, but ${status} ${headers.get('content-type')}`;
    if (status >= 500) return `${status} ${body.slice(0, 200)}`;
    const validate = validatorOf('problem', { $ref: '#/components/schemas/Problem' });
    return validate(parsed(body)) ? undefined : `no problem as described: ${ajv.errorsText(validate.errors)}`;
  };
  const asDescribed = (key: string, { content }: Content, { headers, body }: Reply): string | undefined => {
    if (content === undefined) return body === '' ? undefined : `${key}: a body where none is due`;
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
    if (described === undefined) return `${operationId} has no answer ${status}: ${body.slice(0, 200)}`;
    return described.$ref === undefined ? asDescribed(`${operationId} ${status}`, described, reply) : problem(reply);
  };
  return { problem, ofOperation };
}
