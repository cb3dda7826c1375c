/** The part of a calibration without live tokens, which cannot be charged. */
import type { Words } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import { controlsOf, freeCase } from './cases.js';
import {
  openFinding,
  type ProbeFinding,
  probeFindingOf,
  rsaEncodingIn,
  type Trust,
  trustOf,
  windowOf,
} from './judge.js';
import { availableProbes, operationsOf, type PlanInputs } from './plan.js';
import { type Observed, observeFree, observeUrl } from './precedence.js';
import type { Probe } from './probes.js';
import type { RequestResult } from './read-answer.js';
import { REASONS } from './reasons.js';
import type { Pair, Session } from './session.js';
import type { Control } from './visible-readings.js';

export interface ControlAnswer {
  readonly control: Control;
  readonly result: RequestResult;
}

export interface FreePhase {
  readonly trusts: ReadonlyMap<Operation, Trust>;
  readonly findings: ReadonlyMap<Probe, ProbeFinding>;
  /** The responses to control requests of reliable operations. */
  readonly answers: readonly ControlAnswer[];
  readonly observed: readonly Observed[];
}

/** What is known so far. */
interface FreeProgress extends FreePhase {
  readonly trusts: Map<Operation, Trust>;
  readonly findings: Map<Probe, ProbeFinding>;
  readonly answers: ControlAnswer[];
  readonly observed: Observed[];
}

export async function freePhase(session: Session, inputs: PlanInputs): Promise<FreePhase> {
  const progress: FreeProgress = {
    trusts: new Map(),
    findings: new Map(),
    answers: [],
    observed: [],
  };
  for (const operation of operationsOf(inputs.provider))
    await observeOperation(session, { inputs, operation, progress });
  return progress;
}

interface Observing {
  readonly inputs: PlanInputs;
  readonly operation: Operation;
  readonly progress: FreeProgress;
}

async function observeOperation(session: Session, observing: Observing): Promise<void> {
  const { operation, progress } = observing;
  const { trust, answers } = await sendControls(session, operation);
  progress.trusts.set(operation, trust);
  if (trust.distrust !== undefined) return;
  await sendProbes(session, trust, observing);
  const found = await observeFree(session, trust);
  progress.answers.push(...answers);
  const again = await recheckTrust(session, trust);
  progress.trusts.set(operation, again);
  if (again.distrust !== undefined) return;
  // A gateway can answer these itself, or drop them. Nothing after them depends on the others.
  progress.observed.push(await observeUrl(session, trust, found));
}

async function sendProbes(
  session: Session,
  trust: Trust,
  { inputs, operation, progress }: Observing,
): Promise<void> {
  const probes = availableProbes(inputs).filter((one) => one.operation === operation);
  for (const probe of probes) {
    const testCase = freeCase(probe, trust.goodCode);
    // A probe after that of the encoding is sent in the encoding that the carrier accepts.
    const rsaEncoding = probe.needs === 'rsa' ? rsaEncodingIn(progress.findings) : undefined;
    const pair = await session.pair({ operation, testCase, label: probe.reading, rsaEncoding });
    progress.findings.set(probe, probeFindingOf(probe, pair, trust));
  }
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

export async function measureWindow(
  session: Session,
  trust: Trust,
  probe: Probe,
): Promise<ProbeFinding> {
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
