/** Runs a calibration from its first request to its result. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { AMBIGUITIES, type Operation, RESULT_CODES } from '../index.js';
import { cut } from '../kit/result.js';
import { BY_OPERATION, type Calibration, optionByOperation, type Reading } from './calibration.js';
import { type ControlAnswer, type FreePhase, freePhase, measureWindow } from './free-phase.js';
import { combinedFinding, type ProbeFinding, rsaEncodingIn, visibleFindingOf } from './judge.js';
import { livePhase } from './live-phase.js';
import { availableProbes, type CalibrationOptions, operationsOf } from './plan.js';
import { placedChecks } from './precedence.js';
import { PROBES, type Probe, WINDOW } from './probes.js';
import type { SeenResponse } from './read-answer.js';
import { MISSING_FROM_PROFILE, REASONS } from './reasons.js';
import { recordAnswers } from './record.js';
import { createSender, type RequestSender } from './send-request.js';
import { createSession, type Session } from './session.js';
import { TOKEN_USE, type TokenUse } from './token-use.js';
import { VISIBLE_READINGS } from './visible-readings.js';

export async function runCalibration(options: CalibrationOptions): Promise<Calibration> {
  const { provider, sources, spending } = options;
  const sender = createSender(options);
  const session = createSession(sender);
  const free = await freePhase(session, options);
  const live = await livePhase(sender, free, options);
  const findings = new Map([...free.findings, ...live.findings]);
  await settleWindow(session, free, findings);
  const answers = [...free.answers, ...live.answers];
  const seen = { options, free, findings, tokenUse: live.tokenUse, answers, sender };
  const readings = Object.fromEntries(AMBIGUITIES.map(({ id }) => [id, readingOf(id, seen)]));
  const trusts = [...free.trusts.values()].filter(({ distrust }) => distrust === undefined);
  const recorded = await recordAnswers({
    ...options,
    ...{ sender, controls: live.controls, trusts, rsaEncoding: rsaEncodingIn(findings) },
  });
  const believed = trusts.map(({ operation }) => operation);
  return {
    format: 2,
    ...(options.createdWith !== undefined && { createdWith: options.createdWith }),
    target: cut(provider.name, TEXT_LENGTH_MAX),
    calibratedAt: new Date(sources.nowMs()).toISOString(),
    paidCalls: spending.spent(),
    readings,
    precedence: Object.fromEntries(live.observed.map((one) => [one.operation, placedChecks(one)])),
    answers: recorded,
    ...recordedIn(sender.responses(), believed),
    evidence: sender.evidence(),
  };
}

/** Replaces the findings that show a time window with findings that have its width. */
async function settleWindow(
  session: Session,
  { trusts }: FreePhase,
  findings: Map<Probe, ProbeFinding>,
): Promise<void> {
  const shown = [...findings].filter(([{ reading }]) => reading === 'system-time');
  for (const [probe] of shown) {
    const own = shown.filter(([{ operation }]) => operation === probe.operation);
    const found = combinedFinding(own.map(([, finding]) => finding));
    const isWindow = 'options' in found && found.options.join() === WINDOW;
    const trust = trusts.get(probe.operation);
    if (!isWindow || trust === undefined || trust.distrust !== undefined) continue;
    // One probe of an operation has a time in the past.
    if (probe.when?.timeOffset?.startsWith('-') !== true) continue;
    const measured = await measureWindow(session, trust, probe);
    for (const [one] of own) findings.delete(one);
    findings.set(probe, measured);
  }
}

interface Seen {
  readonly options: CalibrationOptions;
  readonly free: FreePhase;
  readonly findings: ReadonlyMap<Probe, ProbeFinding>;
  readonly tokenUse: TokenUse;
  readonly answers: readonly ControlAnswer[];
  readonly sender: RequestSender;
}

/** Settled if only one option is left, at operations that are reliable. */
function readingOf(id: string, seen: Seen): Reading {
  const { operations, missing, finding } = sourceOf(id, seen);
  if (missing !== undefined) return { notSettled: missing, evidence: [] };
  // A request that was not sent has no evidence id.
  const evidence = [...new Set(finding.evidence.filter((one) => one !== ''))];
  const { trusts } = seen.free;
  const [distrust] = operations.flatMap((operation) => trusts.get(operation)?.distrust ?? []);
  if (distrust !== undefined) return { notSettled: distrust, evidence };
  if ('open' in finding) return { notSettled: finding.open, evidence };
  const [option, ...others] = finding.options;
  if (option === undefined || others.length > 0)
    return { notSettled: REASONS.several(finding.options), evidence };
  const at = seen.sender.evidence()[evidence[0] ?? '']?.at ?? '';
  const note = id === TOKEN_USE && { note: seen.tokenUse.note };
  return { option, observedOn: at.slice(0, 'yyyy-mm-dd'.length), ...note, evidence };
}

/** The operations that a reading concerns, what the profile lacks to settle it, and what was found. */
function sourceOf(id: string, { options, findings, tokenUse, answers }: Seen) {
  const { provider } = options;
  if (id === TOKEN_USE)
    return { operations: operationsOf(provider), missing: undefined, finding: tokenUse.finding };
  const visible = VISIBLE_READINGS.find(({ reading }) => reading === id);
  if (visible !== undefined) {
    const { operations, controls } = visible;
    const results = answers.flatMap(({ control, result }) =>
      controls.includes(control) ? [result] : [],
    );
    const isMissing = !operations.some((operation) => provider.has.has(operation));
    const missing = isMissing ? REASONS.capability(operations[0] ?? '') : undefined;
    const seenAt = operations.map((operation) => ({
      operation,
      finding: visibleFindingOf(
        visible,
        results.filter((one) => one.operation === operation),
      ),
    }));
    const shown = visibleFindingOf(visible, results);
    return { operations, missing, finding: settledByOperation(id, shown, seenAt) };
  }
  const probes = PROBES.filter(({ reading }) => reading === id);
  const own = [...findings].filter(([probe]) => probe.reading === id);
  const operations = [...new Set(own.map(([{ operation }]) => operation))];
  const ofEach = operations.map((operation) => ({
    operation,
    finding: combinedFinding(
      own.flatMap(([probe, one]) => (probe.operation === operation ? [one] : [])),
    ),
  }));
  return {
    operations: probes.map(({ operation }) => operation),
    missing: missingFor(id, probes, options),
    finding: settledByOperation(id, combinedFinding(own.map(([, one]) => one)), ofEach),
  };
}

interface FindingAt {
  readonly operation: Operation;
  readonly finding: ProbeFinding;
}

/** The finding of all operations, or an option for each operation if they differ. */
function settledByOperation(
  id: string,
  all: ProbeFinding,
  ofEach: readonly FindingAt[],
): ProbeFinding {
  if ('options' in all || !BY_OPERATION.includes(id)) return all;
  const options = ofEach.flatMap(({ operation, finding }) => {
    const [option, ...others] = 'options' in finding ? finding.options : [];
    return option === undefined || others.length > 0 ? [] : [[operation, option] as const];
  });
  // An operation without responses has no finding.
  const seen = ofEach.filter(({ finding }) => finding.evidence.length > 0);
  const isComplete = options.length === seen.length;
  if (!isComplete || options.length < 2) return all;
  const evidence = ofEach.flatMap(({ finding }) => finding.evidence);
  return { options: [optionByOperation(new Map(options))], evidence };
}

function missingFor(
  id: string,
  probes: readonly Probe[],
  options: CalibrationOptions,
): Bilingual | undefined {
  const isAvailable = (inputs: CalibrationOptions) => {
    const available = availableProbes(inputs);
    return probes.some((probe) => available.includes(probe));
  };
  if (isAvailable(options)) return undefined;
  const [first] = probes;
  const needs = MISSING_FROM_PROFILE[id];
  if (needs !== undefined) return needs;
  if (isAvailable({ ...options, disabled: [] })) return REASONS.disabled();
  const hasIt = first === undefined || options.provider.has.has(first.operation);
  return hasIt ? REASONS.rsa() : REASONS.capability(first.operation);
}

// A longer text is not a description of a code, and the mock accepts none.
const TEXT_LENGTH_MAX = 200;

/** The texts and statuses of the codes of each reliable operation, each as it was first received. */
function recordedIn(responses: readonly SeenResponse[], believed: readonly Operation[]) {
  const texts: Record<string, Record<string, string>> = {};
  const statuses: Record<string, Record<string, number>> = {};
  const beyond: Record<'operation' | 'code' | 'text', string>[] = [];
  for (const operation of believed) {
    const own = responses.filter((one) => one.operation === operation);
    texts[operation] = {};
    statuses[operation] = {};
    for (const code of new Set(own.map((one) => one.code))) {
      const { text: sent = '', status = 200 } = own.find((one) => one.code === code) ?? {};
      const text = sent.length <= TEXT_LENGTH_MAX ? sent : '';
      const isDocumented = RESULT_CODES.some(
        (row) => row.operation === operation && row.resultCode === code,
      );
      if (!isDocumented) beyond.push({ operation, code, text });
      else if (text !== '') texts[operation][code] = text;
      if (status !== 200) statuses[operation][code] = status;
    }
  }
  return { texts, beyond, statuses };
}
