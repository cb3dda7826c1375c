/** Turns captured requests into sent requests, and checks them together with every check of sent requests. The client is not run. */

import type { Bilingual, Language } from '../../src/text/bilingual.js';
import { type Operation, SCHEMAS } from '../index.js';
import type { Row, RowFile } from '../kit/case.js';
import { SCENARIO_FILES } from '../kit/case-files.js';
import { jsonObjectIn, requestFields } from '../kit/documents.js';
import { FACTS, OPERATIONS, templateOf } from '../kit/operations.js';
import { valueAt } from '../kit/pointer.js';
import type { CaseResult, Finding } from '../kit/result.js';
import { curlOf, headerPairs } from '../kit/wire.js';
import { type Offence, type Sent, sentResult } from '../sent/check.js';
import { sentCheckOf } from '../sent/checks.js';
import { bilingual } from '../sent/words.js';
import type { Credentials } from './credentials.js';

/** All checks. */
export const REPLAY_ROWS: readonly RowFile<Row>[] = SCENARIO_FILES.map(
  ({ operation, sent, captured }) => ({
    operation,
    rows: [...sent, ...captured],
  }),
);

export interface ReplayOptions {
  /** The checks to run. */
  readonly checks: readonly { readonly operation: Operation; readonly row: Row }[];
  /** The known mistakes in a request. */
  explain(request: Replayed): Promise<readonly Finding[]>;
}

/** In the order of the operations: a msgid that an earlier operation used is a repetition. */
export function runReplay(
  requests: readonly Replayed[],
  options: ReplayOptions,
): Promise<readonly CaseResult[]> {
  return Promise.all(
    options.checks.map(({ operation, row }) => {
      const check = sentCheckOf(row.id);
      const own = requests.filter((one) => one.operation === operation);
      const earlier = OPERATIONS.slice(0, OPERATIONS.indexOf(operation));
      const before = requests.filter((one) => earlier.includes(one.operation));
      const { findings } = check;
      return sentResult(
        { suite: 'replay', operation, row },
        check.judge(own, before),
        async ({ evidence }, others) => {
          const { method, path, headers = [], body } = evidence.request;
          const known = findings.length === 0 ? [] : await options.explain(evidence);
          return {
            about: { check: row.id.split('/').at(-1) ?? row.id },
            reason: requests.length > 1 ? where(evidence, others) : undefined,
            curl:
              method !== undefined && path !== undefined
                ? curlOf(MOCK_URL, { method, path, headers, body })
                : undefined,
            // Prefixes of the finding ids that explain a failure.
            finding: known.find(({ id }) => findings.some((prefix) => id.startsWith(prefix))),
          };
        },
      );
    }),
  );
}

function where({ captured: { name } }: Replayed, others: readonly Offence<Replayed>[]): Bilingual {
  if (others.length === 0) return bilingual(`in ${name}`, `见于 ${name}`);
  return bilingual(
    `in ${name} and ${others.length} more`,
    `见于 ${name}，另有 ${others.length} 个请求也一样`,
  );
}

/** The address of `npm start`, so that a pasted command does not send a captured request to the carrier. */
const MOCK_URL = 'http://127.0.0.1:10086';

export interface Replayed extends Sent {
  readonly captured: NamedRequest;
  readonly app: object;
}

/** Undefined if the address, or without one the body, is not of an operation. */
export function sentRequest(
  captured: NamedRequest,
  credentials: Credentials,
): Replayed | undefined {
  const body = Buffer.from(captured.body);
  const operation = operationOf(captured, jsonObjectIn(body));
  if (operation === undefined) return undefined;
  const { method, path, query, rawHeaders, atMs, decidedBy } = captured;
  const request = {
    body,
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path: query === undefined ? path : `${path}?${query}` }),
    ...(rawHeaders !== undefined && { headers: headerPairs(rawHeaders) }),
  };
  const fields = requestFields(operation, request);
  const { values, app } = credentials(valueAt(fields, FACTS[operation].request.appId));
  const token = valueAt(fields, FACTS[operation].request.token);
  return {
    operation,
    captured,
    app,
    request,
    whole: true,
    followed: false,
    atMs,
    fields,
    values: { ...values, ...(typeof token === 'string' && token !== '' && { token }) },
    decidedBy,
    charged: undefined,
  };
}

// A body of another API may have a field with the same name.
const FIELDS_MIN = 3;

/** By the address; without one, the operation whose request has enough of the names at the top level. */
function operationOf({ path, body }: NamedRequest, json: unknown): Operation | undefined {
  const addressed = OPERATIONS.find(
    (operation) => path?.endsWith(templateOf(operation).path) === true,
  );
  if (addressed !== undefined) return addressed;
  const sent = Object.keys(json ?? {});
  // Of a body that is not JSON, the names in its text.
  const isSent = (name: string) =>
    json === undefined ? body.includes(`"${name}"`) : sent.includes(name);
  return OPERATIONS.find((operation) => {
    const names = Object.keys(valueAt(SCHEMAS[operation].request, '/properties') ?? {});
    return names.filter(isSent).length >= Math.min(FIELDS_MIN, names.length);
  });
}

// A captured request. The process that starts the kit reads it.

/** Undefined members are not in the capture. */
export interface CapturedRequest {
  readonly method?: string | undefined;
  /** Without the query. */
  readonly path?: string | undefined;
  readonly query?: string | undefined;
  /** Name, value, name, value, … as sent. */
  readonly rawHeaders?: readonly string[] | undefined;
  readonly body: string;
  /** The time when it was sent or arrived. */
  readonly atMs?: number | undefined;
  readonly clientIp?: string | undefined;
  /** The rule that decided the request at a mock. */
  readonly decidedBy?: string | undefined;
}

/** The data to explain a captured request. */
export interface ExplainedBy {
  /** In the format of the mock's control API, request or response. */
  readonly app: object;
  readonly phoneNumber: string | undefined;
  readonly lang: Language;
}

/** A captured request with its place in the file. */
export interface NamedRequest extends CapturedRequest {
  /** `capture.har, request 3`. */
  readonly name: string;
}
