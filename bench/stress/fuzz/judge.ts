/** Checks that a response is documented: with the contract's schemas for the carrier, as a problem for an unknown path. */
import type { Operation } from '../../../contracts/index.js';
import { answerFields } from '../../../contracts/kit/documents.js';
import { schemaProblems } from '../../../contracts/kit/schemas.js';
import { wordsIn } from '../../../src/text/bilingual.js';
import type { Replies, Reply } from '../client.js';

/** The expected kind of response. */
export type Expected =
  | { readonly kind: 'carrier'; readonly operation: Operation }
  /** A path that neither the carrier nor the control API has. */
  | { readonly kind: 'stray' }
  /** Possibly not HTTP: any of these, a 4xx of the runtime, or no response. */
  | { readonly kind: 'bytes' };

const CARRIER_TYPE = 'application/json;charset=UTF-8';
const PROBLEM_TYPE = 'application/problem+json';
/** Node's own responses to invalid HTTP and to time-outs, without a body. */
const RUNTIME_STATUSES: readonly number[] = [400, 408, 413, 417, 431];
/** Matches internals of a server. */
const INSIDE = /\n\s+at |node:internal|node_modules|\.[jt]s:\d+|(?:Type|Range|Reference)Error/;

/** Returns the problem of the responses, or undefined. */
export function judge(expected: Expected, { replies, rest }: Replies): string | undefined {
  if (rest !== '') return `incomplete response: ${JSON.stringify(rest.slice(0, 100))}`;
  if (expected.kind !== 'bytes' && replies.length !== 1)
    return `expected one response, found ${replies.length}`;
  return replies.map((reply) => ofReply(expected, reply)).find((problem) => problem !== undefined);
}

function ofReply(expected: Expected, reply: Reply): string | undefined {
  switch (expected.kind) {
    case 'carrier':
      return ofCarrier(expected.operation, reply);
    case 'stray':
      return ofProblem(reply);
    case 'bytes':
      return ofAny(reply);
    default:
      return expected satisfies never;
  }
}

function ofAny(reply: Reply): string | undefined {
  if (reply.headers.get('content-type')?.startsWith(PROBLEM_TYPE)) return ofProblem(reply);
  if (reply.headers.has('x-mock')) return ofCarrier(operationOf(reply), reply);
  const isOfRuntime = RUNTIME_STATUSES.includes(reply.status) && reply.body === '';
  return isOfRuntime
    ? undefined
    : `${reply.status} is not a response of the carrier or the runtime`;
}

/** Only responses of h5TokenValidate have a traceId, and only those of tokenValidate begin with their body. */
function operationOf({ headers, body }: Reply): Operation {
  if (headers.has('traceid')) return 'h5TokenValidate';
  return body.startsWith('{"body":') ? 'tokenValidate' : 'loginTokenValidate';
}

function ofProblem({ status, headers, body }: Reply): string | undefined {
  if (!headers.get('content-type')?.startsWith(PROBLEM_TYPE))
    return `expected a problem, found ${status}`;
  if (status >= 500 || INSIDE.test(body)) return `${status} ${body.slice(0, 200)}`;
  const { title, detail } = Object(parsed(body));
  return typeof title === 'string' && typeof detail === 'string'
    ? undefined
    : 'a problem without title or detail';
}

function ofCarrier(operation: Operation, { status, headers, body }: Reply): string | undefined {
  if (status !== 200) return `HTTP status ${status}`;
  if (headers.get('content-type') !== CARRIER_TYPE)
    return `Content-Type ${headers.get('content-type')}`;
  if (!headers.has('x-mock-request-id')) return 'no X-Mock-Request-Id';
  const json = parsed(body);
  if (json === undefined) return 'not JSON';
  if (JSON.stringify(json) !== body) return 'not compact JSON';
  const fields = answerFields(operation, { status, headers: Object.fromEntries(headers), body });
  const [first] = schemaProblems(operation, 'Response', fields);
  return first && `${first.at} is not ${wordsIn(first.expected, 'en')}`;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
