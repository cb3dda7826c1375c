/** The part of a calibration without live tokens, which cannot be charged. */
import type { Words } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import { codesOf } from '../kit/case.js';
import { CASE_FILES } from '../kit/case-files.js';
import { needsOf } from '../kit/provider.js';
import type { ObservedCode } from './calibration.js';
import { controlsOf, freeCase, rowOf } from './cases.js';
import { type Finding, findingOf, openFinding, type Trust, trustOf, windowOf } from './judge.js';
import { availableMistakes, availableProbes, operationsOf, type PlanInputs } from './plan.js';
import { type Observed, observeFree, observeUrl } from './precedence.js';
import type { Probe } from './probes.js';
import { REASONS } from './reasons.js';
import type { RequestResult } from './request-result.js';
import type { Pair, Session } from './session.js';
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

export async function freePhase(session: Session, inputs: PlanInputs): Promise<FreePhase> {
  const trusts = new Map<Operation, Trust>();
  const findings = new Map<Probe, Finding>();
  const answers: ControlAnswer[] = [];
  const observed: Observed[] = [];
  const codes: Record<string, ObservedCode> = {};
  const probes = availableProbes(inputs);
  for (const operation of operationsOf(inputs.provider)) {
    const { trust, answers: opening } = await sendControls(session, operation);
    const { goodCode } = trust;
    trusts.set(operation, trust);
    if (trust.distrust !== undefined) continue;
    for (const probe of probes.filter((one) => one.operation === operation)) {
      const testCase = freeCase(probe, goodCode);
      findings.set(
        probe,
        findingOf(probe, await session.pair({ operation, testCase, label: probe.reading }), trust),
      );
    }
    const twoMistakes = availableMistakes(inputs).filter((id) => rowOf(id).operation === operation);
    const found = await observeFree(session, trust);
    const others = twoMistakes.filter((id) => !isOfUrl(id));
    Object.assign(codes, await codesOfCases(session, trust, others));
    await recordOtherTexts(session, trust);
    answers.push(...opening);
    const again = await recheckTrust(session, trust);
    trusts.set(operation, again);
    if (again.distrust !== undefined) continue;
    // A gateway can answer these itself, or drop them. Nothing after them depends on the others.
    observed.push(await observeUrl(session, trust, found));
    Object.assign(codes, await codesOfCases(session, trust, twoMistakes.filter(isOfUrl)));
  }
  return { trusts, findings, answers, observed, codes };
}

function isOfUrl(id: string): boolean {
  const { when } = rowOf(id).testCase;
  return when?.path !== undefined || when?.method !== undefined;
}

async function sendControls(session: Session, operation: Operation) {
  const good = await sendGoodPair(session, operation);
  const bad = new Map<string, Pair>();
  if (good.first.code !== undefined) {
    for (const { code, case: id } of controlsOf(operation).bad) {
      const testCase = freeCase({ case: id }, good.first.code);
      bad.set(code, await session.pair({ operation, testCase, label: `${operation}-bad-${code}` }));
    }
  }
  const answersOf = (control: Control, pair: Pair) =>
    [pair.first, pair.second].map((result) => ({ control, result }));
  const [badSignature] = bad.values();
  return {
    trust: trustOf(operation, good, bad),
    answers: [...answersOf('good', good), ...(badSignature ? answersOf('bad', badSignature) : [])],
  };
}

function sendGoodPair(session: Session, operation: Operation): Promise<Pair> {
  const { good, goodWhen: when, unknownToken } = controlsOf(operation);
  const testCase = freeCase({ case: good, when }, unknownToken[0] ?? '');
  return session.pair({ operation, testCase, label: `${operation}-good` });
}

/** Repeats the good request. A carrier that changed during the calibration is not reliable. */
async function recheckTrust(session: Session, trust: Trust): Promise<Trust> {
  const { code, first } = await sendGoodPair(session, trust.operation);
  const unsteady = session.unsteady(trust.operation);
  if (unsteady !== undefined) return { ...trust, distrust: REASONS.unsteady(unsteady) };
  if (code === trust.goodCode) return trust;
  return { ...trust, distrust: REASONS.notTrusted(trust.operation, first.code ?? first.reason) };
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
    const { code, evidence } = await session.pair({
      operation,
      testCase,
      label: `precedence-${operation}`,
    });
    if (code !== undefined && codesOf(rowOf(id).testCase.then).includes(code))
      codes[id] = { code, evidence };
  }
  return codes;
}

/** Sends one request for each other code that a single request can produce, to record its text. */
async function recordOtherTexts(session: Session, { operation, goodCode }: Trust): Promise<void> {
  const seen = session.sender
    .responses()
    .flatMap((one) => (one.operation === operation ? [one.code] : []));
  const known = new Set([...seen, controlsOf(operation).success.code]);
  for (const { operation: own, resultCode, cases } of CASE_FILES) {
    if (own !== operation || resultCode === undefined || known.has(resultCode)) continue;
    const plain = cases.find(
      (one) =>
        one.before === undefined &&
        needsOf(operation, one).every((need) => need === operation || need === 'token'),
    );
    if (plain === undefined) continue;
    const testCase = freeCase({ case: plain.id, ownToken: true }, goodCode);
    await session.once({ operation, testCase, label: `code-${operation}` });
  }
}

export async function measureWindow(
  session: Session,
  trust: Trust,
  probe: Probe,
): Promise<Finding> {
  const { goodCode, operation } = trust;
  const evidence: string[] = [];
  let unexpected: Words = '';
  const width = await windowOf(async (offsetMs) => {
    const when = { timeOffset: `${offsetMs < 0 ? '-' : '+'}${Math.abs(offsetMs) / 1000}s` };
    const testCase = freeCase({ ...probe, when }, goodCode);
    const pair = await session.pair({ operation, testCase, label: probe.reading });
    evidence.push(...pair.evidence);
    if (pair.code === undefined) unexpected = pair.first.code ?? pair.first.reason;
    return pair.code === undefined ? undefined : pair.code === goodCode;
  }, trust.clockOffMs);
  return width === undefined
    ? openFinding(REASONS.noAnswer(unexpected), evidence)
    : { ...width, evidence };
}
