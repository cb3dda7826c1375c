/** The part of a calibration without live tokens, which cannot be charged. */
import type { Words } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import { codesOf } from '../kit/case.js';
import { CASE_FILES } from '../kit/case-files.js';
import { needsOf } from '../kit/provider.js';
import type { ObservedCode } from './calibration.js';
import { controlsOf, freeCase, rowOf } from './cases.js';
import { codeOfPair, type Finding, findingOf, openFinding, type Pair, type Trust, trustOf, windowOf } from './judge.js';
import { type Observed, observeFree, observeUrl } from './precedence.js';
import type { Probe } from './probes.js';
import { REASONS } from './reasons.js';
import type { RequestResult } from './request-result.js';
import type { Session } from './session.js';
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
  readonly observed: readonly Observed[];
  /** By the id of a case with two mistakes. */
  readonly codes: Readonly<Record<string, ObservedCode>>;
}

export interface FreeRequests {
  readonly operations: readonly Operation[];
  readonly probes: readonly Probe[];
  /** The ids of the cases with two mistakes. */
  readonly mistakes: readonly string[];
}

export async function freePhase(session: Session, { operations, probes, mistakes }: FreeRequests): Promise<FreePhase> {
  const trusts = new Map<Operation, Trust>();
  const findings = new Map<Probe, Finding>();
  const answers: ControlAnswer[] = [];
  const observed: Observed[] = [];
  const codes: Record<string, ObservedCode> = {};
  for (const operation of operations) {
    const opening = await sendControls(session, operation);
    const { trust } = opening;
    trusts.set(operation, trust);
    if (trust.distrust !== undefined) continue;
    for (const probe of probes.filter((one) => one.operation === operation)) {
      findings.set(probe, await runProbe(session, probe, trust));
    }
    const own = mistakes.filter((id) => rowOf(id).operation === operation);
    const found = await observeFree(session, trust);
    const others = own.filter((id) => !isOfUrl(id));
    Object.assign(codes, await codesOfCases(session, trust, others));
    await recordOtherTexts(session, trust);
    answers.push(...opening.answers);
    const again = await recheckTrust(session, trust);
    trusts.set(operation, again);
    if (again.distrust !== undefined) continue;
    // A gateway can answer these itself, or drop them. Nothing after them depends on the others.
    observed.push(await observeUrl(session, trust, found));
    Object.assign(codes, await codesOfCases(session, trust, own.filter(isOfUrl)));
  }
  return { trusts, findings, answers, observed, codes };
}

function isOfUrl(id: string): boolean {
  const { when } = rowOf(id).testCase;
  return when?.path !== undefined || when?.method !== undefined;
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
  const again = await sendGoodPair(session, trust.operation);
  const unsteady = session.unsteady(trust.operation);
  if (unsteady !== undefined) return { ...trust, distrust: REASONS.unsteady(unsteady) };
  if (codeOfPair(again) === trust.goodCode) return trust;
  return { ...trust, distrust: REASONS.notTrusted(trust.operation, again[0].code ?? again[0].reason) };
}

async function runProbe(session: Session, probe: Probe, trust: Trust): Promise<Finding> {
  const testCase = freeCase(probe, trust.goodCode);
  const pair = await session.pair({ operation: probe.operation, testCase, label: probe.reading });
  return findingOf(probe, pair, trust);
}

/** The codes of the kit's cases with two mistakes. A code that is neither of the two, or is not repeated, is ignored. */
async function codesOfCases(
  session: Session,
  { operation, goodCode }: Trust,
  ids: readonly string[],
): Promise<Readonly<Record<string, ObservedCode>>> {
  const codes: Record<string, ObservedCode> = {};
  for (const id of ids) {
    const testCase = freeCase({ case: id, ownToken: true }, goodCode);
    const pair = await session.pair({ operation, testCase, label: `precedence-${operation}` });
    const code = codeOfPair(pair);
    const evidence = pair.map((result) => result.evidence);
    if (code !== undefined && codesOf(rowOf(id).testCase.then).includes(code)) codes[id] = { code, evidence };
  }
  return codes;
}

/** Sends one request for each other code that a single request can produce, to record its text. */
async function recordOtherTexts(session: Session, { operation, goodCode }: Trust): Promise<void> {
  const seen = new Set(session.sender.responses().flatMap((one) => (one.operation === operation ? [one.code] : [])));
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
  const { goodCode, operation } = trust;
  const evidence: string[] = [];
  let unexpected: Words = '';
  const width = await windowOf(async (offsetMs) => {
    const when = { timeOffset: `${offsetMs < 0 ? '-' : '+'}${Math.abs(offsetMs) / 1000}s` };
    const testCase = freeCase({ ...probe, when }, goodCode);
    const pair = await session.pair({ operation, testCase, label: probe.reading });
    evidence.push(...pair.map((result) => result.evidence));
    const code = codeOfPair(pair);
    if (code === undefined) unexpected = pair[0].code ?? pair[0].reason;
    return code === undefined ? undefined : code === goodCode;
  }, trust.clockOffMs);
  return width === undefined ? openFinding(REASONS.noAnswer(unexpected), evidence) : { ...width, evidence };
}
