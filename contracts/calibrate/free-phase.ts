/** The part of a calibration without live tokens, which cannot be charged. */
import type { Words } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import { CASE_FILES } from '../kit/case-files.js';
import { needsOf } from '../kit/needs.js';
import { codesOf } from '../provider/check-answer.js';
import type { Precedence } from './calibration.js';
import { freeCase, rowOf } from './cases.js';
import { CONTROLS } from './controls.js';
import { codeOfPair, type Finding, findingOf, type Pair, type Trust, trustOf } from './judge.js';
import type { TwoMistakes } from './precedence.js';
import { ACCEPTED, type Probe } from './probes.js';
import { REASONS } from './reasons.js';
import type { RequestResult } from './send-request.js';
import type { Session } from './session.js';
import type { Control } from './visible-readings.js';
import { windowOf } from './window.js';

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
    for (const { code, case: id } of CONTROLS[operation].bad) {
      const testCase = freeCase({ case: id }, good[0].code);
      bad.set(code, await session.pair({ operation, testCase, label: `${operation}-bad-${code}` }));
    }
  }
  const trust = trustOf({ operation, good, bad });
  const signature = CONTROLS[operation].bad[0]?.code ?? '';
  return { trust, answers: [...answersOf('good', good), ...answersOf('bad', bad.get(signature) ?? [])] };
}

function answersOf(control: Control, all: readonly RequestResult[]): readonly ControlAnswer[] {
  return all.map((result) => ({ control, result }));
}

function sendGoodPair(session: Session, operation: Operation): Promise<Pair> {
  const { good, goodWhen: when, unknownToken } = CONTROLS[operation];
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
    if (file.resultCode === CONTROLS[operation].success.code) continue;
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
