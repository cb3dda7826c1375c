/** The part of a calibration without live tokens, which cannot be charged. */
import type { Words } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import { codesOf } from '../kit/case.js';
import { CASE_FILES } from '../kit/case-files.js';
import { needsOf } from '../kit/provider.js';
import type { Precedence } from './calibration.js';
import { controlsOf, freeCase, rowOf } from './cases.js';
import { codeOfPair, type Finding, findingOf, type Pair, type Trust, trustOf, windowOf } from './judge.js';
import { ACCEPTED, type Probe, type TwoMistakes } from './probes.js';
import { REASONS } from './reasons.js';
import type { RequestResult, RequestSender, RequestToSend } from './send-request.js';
import type { Control } from './visible-readings.js';

export interface ControlAnswer {
  readonly control: Control;
  readonly result: RequestResult;
}

export interface FreePhase {
  readonly trusts: ReadonlyMap<Operation, Trust>;
  readonly findings: ReadonlyMap<Probe, Finding>;
  /** The responses to control requests of reliable operations. */
  readonly answers: readonly ControlAnswer[];
  readonly precedence: readonly Precedence[];
}

export interface FreeRequests {
  readonly operations: readonly Operation[];
  readonly probes: readonly Probe[];
  readonly mistakes: readonly TwoMistakes[];
}

export async function freePhase(session: Session, { operations, probes, mistakes }: FreeRequests): Promise<FreePhase> {
  const trusts = new Map<Operation, Trust>();
  const findings = new Map<Probe, Finding>();
  const answers: ControlAnswer[] = [];
  const precedence: Precedence[] = [];
  for (const operation of operations) {
    const opening = await sendControls(session, operation);
    if (opening.trust.distrust === undefined && opening.trust.goodCode !== undefined) {
      const trust = { ...opening.trust, goodCode: opening.trust.goodCode };
      for (const probe of probes.filter((one) => one.operation === operation && one.liveOnly !== true)) {
        findings.set(probe, await runProbe(session, probe, trust));
      }
      precedence.push(...(await observePrecedence(session, trust, mistakes)));
      await recordOtherTexts(session, trust);
      answers.push(...opening.answers);
    }
    trusts.set(operation, await recheckTrust(session, opening.trust));
  }
  return { trusts, findings, answers, precedence };
}

interface ControlsOutcome {
  readonly trust: Trust;
  readonly answers: readonly ControlAnswer[];
}

async function sendControls(session: Session, operation: Operation): Promise<ControlsOutcome> {
  const good = await sendGoodPair(session, operation);
  const bad = new Map<string, Pair>();
  if (good[0].code !== undefined) {
    for (const { code, case: id } of controlsOf(operation).bad) {
      const testCase = freeCase({ case: id }, good[0].code);
      bad.set(code, await session.pair({ operation, testCase, label: `${operation}-bad-${code}` }));
    }
  }
  const trust = trustOf({ operation, good, bad });
  const signature = controlsOf(operation).bad[0]?.code ?? '';
  return { trust, answers: [...answersOf('good', good), ...answersOf('bad', bad.get(signature) ?? [])] };
}

function answersOf(control: Control, all: readonly RequestResult[]): readonly ControlAnswer[] {
  return all.map((result) => ({ control, result }));
}

function sendGoodPair(session: Session, operation: Operation): Promise<Pair> {
  const { good, goodWhen: when, unknownToken } = controlsOf(operation);
  const testCase = freeCase({ case: good, when }, unknownToken[0] ?? '');
  return session.pair({ operation, testCase, label: `${operation}-good` });
}

/** Repeats the good request. A carrier that changed during the calibration is not reliable. */
async function recheckTrust(session: Session, trust: Trust): Promise<Trust> {
  if (trust.distrust !== undefined) return trust;
  const again = await sendGoodPair(session, trust.operation);
  const unsteady = session.unsteady(trust.operation);
  if (unsteady !== undefined) return { ...trust, distrust: REASONS.unsteady(unsteady) };
  if (codeOfPair(again) === trust.goodCode) return trust;
  return { ...trust, distrust: REASONS.notTrusted(trust.operation, again[0].code ?? again[0].reason) };
}

type TrustedOperation = Trust & { readonly goodCode: string };

async function runProbe(session: Session, probe: Probe, trust: TrustedOperation): Promise<Finding> {
  const testCase = freeCase(probe, trust.goodCode);
  const pair = await session.pair({ operation: probe.operation, testCase, label: probe.reading });
  return findingOf(probe, pair, trust);
}

/** Finds which of two mistakes is reported. The result is ignored if it is neither, or differs between two requests. */
async function observePrecedence(
  session: Session,
  { operation, goodCode }: TrustedOperation,
  mistakes: readonly TwoMistakes[],
): Promise<readonly Precedence[]> {
  const rows: Precedence[] = [];
  for (const { case: id, first, second } of mistakes) {
    const row = rowOf(id);
    if (row.operation !== operation) continue;
    const testCase = freeCase({ case: id, ownToken: true }, goodCode);
    const pair = await session.pair({ operation, testCase, label: `precedence-${operation}` });
    const at = codesOf(row.testCase.then).indexOf(codeOfPair(pair) ?? '');
    const evidence = pair.map((result) => result.evidence);
    if (at >= 0) rows.push({ operation, first, second, asExpected: at === 0, evidence });
  }
  return rows;
}

/** Sends one request for each other code that a single request can produce, to record its text. */
async function recordOtherTexts(session: Session, { operation, goodCode }: TrustedOperation): Promise<void> {
  const seen = new Set(session.sender.texts().flatMap((one) => (one.operation === operation ? [one.code] : [])));
  for (const file of CASE_FILES) {
    if (file.operation !== operation || file.resultCode === undefined || seen.has(file.resultCode)) continue;
    if (file.resultCode === controlsOf(operation).success.code) continue;
    const plain = file.cases.find(
      (one) =>
        one.before === undefined && needsOf(operation, one).every((need) => need === operation || need === 'token'),
    );
    if (plain === undefined) continue;
    await session.once({
      operation,
      testCase: freeCase({ case: plain.id, ownToken: true }, goodCode),
      label: `code-${operation}`,
    });
  }
}

/** Finds the width of a time window. */
export async function measureWindow(session: Session, trust: Trust, probe: Probe): Promise<Finding> {
  const { goodCode = '', operation } = trust;
  const evidence: string[] = [];
  const refusal = Object.keys(probe.predicts).find((code) => code !== ACCEPTED);
  let unexpected: Words = '';
  const width = await windowOf(async (offsetMs) => {
    const when = { timeOffset: `${offsetMs < 0 ? '-' : '+'}${Math.abs(offsetMs) / 1000}s` };
    const testCase = freeCase({ ...probe, when }, goodCode);
    const pair = await session.pair({ operation, testCase, label: probe.reading });
    evidence.push(...pair.map((result) => result.evidence));
    const code = codeOfPair(pair);
    if (code !== goodCode && code !== refusal) unexpected = pair[0].code ?? pair[0].reason;
    return code === goodCode ? true : code === refusal ? false : undefined;
  });
  return width === undefined
    ? { open: REASONS.noAnswer(unexpected), evidence, liveHelps: false }
    : { ...width, evidence };
}

type UnpaidRequest = Omit<RequestToSend, 'live'>;

/** The requests of a run without live tokens. Each is sent twice, which shows whether the operation is stable. */
export interface Session {
  readonly sender: RequestSender;
  /** Sends a request once, and again if there was no response. */
  once(request: UnpaidRequest): Promise<RequestResult>;
  pair(request: UnpaidRequest): Promise<Pair>;
  /** The different codes for one request. */
  unsteady(operation: Operation): readonly string[] | undefined;
}

// A missing response takes the whole time limit, so an unreachable carrier gets no more requests.
const UNANSWERED_MAX = 5;

export function createSession(sender: RequestSender): Session {
  const unanswered = new Map<Operation, number>();
  const unsteady = new Map<Operation, readonly string[]>();

  const sendOnce = async (request: UnpaidRequest): Promise<RequestResult> => {
    const answer = await sender.send({ ...request, live: false });
    const count = answer.code === undefined ? (unanswered.get(request.operation) ?? 0) + 1 : 0;
    unanswered.set(request.operation, count);
    return answer;
  };
  const isGone = (operation: Operation) => (unanswered.get(operation) ?? 0) >= UNANSWERED_MAX;

  const once = async (request: UnpaidRequest): Promise<RequestResult> => {
    if (isGone(request.operation)) return notSent(request.operation);
    const first = await sendOnce(request);
    return first.code !== undefined || isGone(request.operation) ? first : sendOnce(request);
  };

  return {
    sender,
    once,
    pair: async (request) => {
      const pair: Pair = [await once(request), await once(request)];
      const codes = pair.flatMap(({ code }) => code ?? []);
      // Different codes for one request: the operation is not reliable.
      if (new Set(codes).size > 1) unsteady.set(request.operation, codes);
      return pair;
    },
    unsteady: (operation) => unsteady.get(operation),
  };
}

function notSent(operation: Operation): RequestResult {
  const reason = {
    en: `not sent after ${UNANSWERED_MAX} requests without a response`,
    zh: `连续 ${UNANSWERED_MAX} 个请求没有响应，其余的没有发送`,
  };
  return { operation, evidence: '', code: undefined, reason, json: undefined, echoes: false, numberRight: false };
}
