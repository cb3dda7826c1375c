/** Checks captured requests together, with every check of sent requests. The client is not run. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { SCENARIO_FILES } from '../consumer/scenario.js';
import type { Operation } from '../index.js';
import type { Row, RowFile } from '../kit/case.js';
import { OPERATIONS } from '../kit/operations.js';
import type { CaseResult, Finding } from '../kit/result.js';
import { curlOf } from '../kit/wire.js';
import { type Offence, sentResult } from '../sent/check.js';
import { sentCheckOf } from '../sent/checks.js';
import { bilingual } from '../sent/words.js';
import type { Replayed } from './sent-request.js';

/** All checks. */
export const REPLAY_ROWS: readonly RowFile<Row>[] = SCENARIO_FILES.map(({ operation, sent, captured }) => ({
  operation,
  rows: [...sent, ...captured],
}));

export interface ReplayOptions {
  /** The checks to run. */
  readonly checks: readonly { readonly operation: Operation; readonly row: Row }[];
  /** The known mistakes in a request. */
  explain(request: Replayed): Promise<readonly Finding[]>;
}

/** In the order of the operations: a msgid that an earlier operation used is a repetition. */
export function runReplay(requests: readonly Replayed[], options: ReplayOptions): Promise<readonly CaseResult[]> {
  return Promise.all(
    options.checks.map(({ operation, row }) => {
      const check = sentCheckOf(row.id);
      const own = requests.filter((one) => one.operation === operation);
      const earlier = OPERATIONS.slice(0, OPERATIONS.indexOf(operation));
      const before = requests.filter((one) => earlier.includes(one.operation));
      const { findings } = check;
      return sentResult({ suite: 'replay', operation, row }, check.judge(own, before), async ({ evidence }, others) => {
        const { method, path, headers = [], body } = evidence.request;
        const known = findings.length === 0 ? [] : await options.explain(evidence);
        return {
          about: { check: row.id.split('/').at(-1) ?? row.id },
          reason: requests.length > 1 ? where(evidence, others) : undefined,
          curl:
            method !== undefined && path !== undefined ? curlOf(MOCK_URL, { method, path, headers, body }) : undefined,
          // Prefixes of the finding ids that explain a failure.
          finding: known.find(({ id }) => findings.some((prefix) => id.startsWith(prefix))),
        };
      });
    }),
  );
}

function where({ captured: { name } }: Replayed, others: readonly Offence<Replayed>[]): Bilingual {
  if (others.length === 0) return bilingual(`in ${name}`, `见于 ${name}`);
  return bilingual(`in ${name} and ${others.length} more`, `见于 ${name}，另有 ${others.length} 个请求也一样`);
}

/** The address of `npm start`, so that a pasted command does not send a captured request to the carrier. */
const MOCK_URL = 'http://127.0.0.1:10086';
