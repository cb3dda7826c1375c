/** Checks captured requests together, with every check of sent requests. The client is not run. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { statusOf } from '../consumer/results.js';
import { SCENARIO_FILES, type SentRow } from '../consumer/scenario.js';
import type { Operation } from '../index.js';
import { type Choice, isChosen } from '../kit/case.js';
import { OPERATIONS } from '../kit/operations.js';
import type { CaseResult, Finding } from '../kit/result.js';
import { curlOf } from '../kit/wire.js';
import { eachReadable, field, isMasked, type Offence, type SentCheck, type Verdict } from '../sent/check.js';
import { sentCheckOf } from '../sent/checks.js';
import { bilingual, TEXTS } from '../sent/words.js';
import type { Replayed } from './sent-request.js';

/** A row with its check. */
interface Judging {
  readonly operation: Operation;
  readonly row: SentRow;
  readonly check: SentCheck;
}

/** Observed: STsid, 000000, the epoch milliseconds at which it was issued, 32 letters and digits. */
const TOKEN = /^STsid0{6}(\d{13})[0-9A-Za-z]{32}$/;
/** The document, 2: a token is valid for two minutes. */
const LIFETIME_MS = 120_000;

/** A captured token has its own time, so its age when it was sent is known. */
const CAPTURED_TOKEN_AGE = eachReadable((evidence) => {
  const token = field(evidence, 'token');
  if (isMasked(token)) return { why: TEXTS.masked };
  const issuedAtMs = Number(TOKEN.exec(String(token))?.[1]);
  if (Number.isNaN(issuedAtMs)) return { why: TEXTS.noTokenTime };
  if (evidence.atMs === undefined) return { why: TEXTS.noTime };
  const ageMs = evidence.atMs - issuedAtMs;
  if (ageMs < LIFETIME_MS) return [];
  const seconds = Math.floor(ageMs / 1000);
  return [
    {
      about: 'token',
      expected: bilingual('less than 120 s old when sent', '发送时签发不到 120 秒'),
      received: bilingual(`${seconds} s old`, `已签发 ${seconds} 秒`),
    },
  ];
}, []);

/** The checks of captured requests only, by the last part of the id. */
const CAPTURED_CHECKS: readonly (readonly [name: string, check: SentCheck])[] = [
  ['captured-token-age', CAPTURED_TOKEN_AGE],
];

export function capturedCheckOf(id: string): SentCheck {
  const found = CAPTURED_CHECKS.find(([name]) => id.endsWith(`/${name}`));
  if (found === undefined) throw new TypeError(`${id} has no check`);
  return found[1];
}

/** The ids of all checks. */
export function allSentIds(): readonly string[] {
  return SCENARIO_FILES.flatMap(({ sent, captured }) => [...sent, ...captured].map(({ id }) => id));
}

/** The checks selected by operation, id and level. */
export function chosenChecks(choice: Choice): readonly Judging[] {
  const all: readonly Judging[] = SCENARIO_FILES.flatMap(({ operation, sent, captured }) => [
    ...sent.map((row) => ({ operation, row, check: sentCheckOf(row.id) })),
    ...captured.map((row) => ({ operation, row, check: capturedCheckOf(row.id) })),
  ]);
  return all.filter(({ operation, row }) => choice.operations.includes(operation) && isChosen(row, choice));
}

/** The selected checks for the operations of the requests. */
export function checksFor(requests: readonly Replayed[], choice: Choice): readonly Judging[] {
  return chosenChecks(choice).filter(({ operation }) => requests.some((one) => one.operation === operation));
}

export interface ReplayOptions {
  readonly checks: readonly Judging[];
  /** The known mistakes in a request. */
  explain(request: Replayed): Promise<readonly Finding[]>;
}

/** In the order of the operations: a msgid that an earlier operation used is a repetition. */
export function runReplay(requests: readonly Replayed[], options: ReplayOptions): Promise<readonly CaseResult[]> {
  return Promise.all(
    options.checks.map(({ operation, row, check }) => {
      const own = requests.filter((one) => one.operation === operation);
      const earlier = OPERATIONS.slice(0, OPERATIONS.indexOf(operation));
      const before = requests.filter((one) => earlier.includes(one.operation));
      const judged = { verdict: check.judge(own, before), findings: check.findings, count: requests.length };
      return resultOf({ operation, row, ...judged }, options);
    }),
  );
}

interface Judged extends Pick<Judging, 'operation' | 'row'> {
  readonly verdict: Verdict<Replayed>;
  /** Prefixes of the finding ids that explain a failure. */
  readonly findings: readonly string[];
  /** The number of requests. */
  readonly count: number;
}

async function resultOf(
  { operation, row, verdict, findings, count }: Judged,
  { explain }: ReplayOptions,
): Promise<CaseResult> {
  const { id, description, level, basis, source } = row;
  const start = { suite: 'replay', id, description, operation, level, basis, source, durationMs: 0 } as const;
  if (verdict === 'passed') return { ...start, status: 'pass', differences: [] };
  if ('why' in verdict) return { ...start, status: 'skip', differences: [], reason: verdict.why };
  const [first, ...others] = verdict.offences;
  if (first === undefined) throw new TypeError(`${id} fails without an offending request`);
  const { evidence, problems } = first;
  const known = findings.length === 0 ? [] : await explain(evidence);
  const finding = known.find((one) => findings.some((prefix) => one.id.startsWith(prefix)));
  return {
    ...start,
    status: statusOf(row, problems),
    about: { check: id.split('/').at(-1) ?? id },
    differences: problems,
    ...(count > 1 && { reason: where(evidence, others) }),
    ...commandOf(evidence),
    ...(finding !== undefined && { finding }),
  };
}

function where({ captured: { name } }: Replayed, others: readonly Offence<Replayed>[]): Bilingual {
  if (others.length === 0) return bilingual(`in ${name}`, `见于 ${name}`);
  return bilingual(`in ${name} and ${others.length} more`, `见于 ${name}，另有 ${others.length} 个请求也一样`);
}

/** The address of `npm start`, so that a pasted command does not send a captured request to the carrier. */
const MOCK_URL = 'http://127.0.0.1:10086';

function commandOf({ request: { method, path, headers = [], body } }: Replayed): Pick<CaseResult, 'curl'> {
  return method === undefined || path === undefined ? {} : { curl: curlOf(MOCK_URL, { method, path, headers, body }) };
}
