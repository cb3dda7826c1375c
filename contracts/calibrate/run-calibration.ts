/** Runs a calibration from its first request to its result. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { AMBIGUITIES, type Operation, RESULT_CODES } from '../index.js';
import type { Provider } from '../kit/provider.js';
import { cut } from '../kit/result.js';
import type { Sources } from '../kit/send-case.js';
import type { Calibration, Latency, Reading } from './calibration.js';
import { type ControlAnswer, type FreePhase, freePhase, measureWindow } from './free-phase.js';
import { combinedFinding, type Finding, visibleFindingOf } from './judge.js';
import { type LiveTask, livePhase } from './live-phase.js';
import { availableMistakes, availableProbes, operationsOf } from './plan.js';
import { placedChecks } from './precedence.js';
import { PROBES, type Probe, WINDOW } from './probes.js';
import { MISSING_FROM_PROFILE, REASONS } from './reasons.js';
import { createSender, type Head, type RequestSender } from './send-request.js';
import { createSession, type Session } from './session.js';
import type { Spending } from './spending.js';
import { TOKEN_USE, type TokenUse } from './token-use.js';
import { VISIBLE_READINGS } from './visible-readings.js';

export interface CalibrationOptions {
  readonly provider: Provider;
  readonly sources: Sources;
  readonly spending: Spending;
  readonly gapMs: number;
  /** Whether the profile's keys have more than 1024 bits. */
  readonly longKey: boolean;
  /** The ids of cases that must not be sent. */
  readonly disabled: readonly string[];
  readonly onSent?: () => void;
}

export async function runCalibration(options: CalibrationOptions): Promise<Calibration> {
  const { provider, sources, spending, onSent = () => undefined } = options;
  const sender = createSender({ ...options, onSent });
  const session = createSession(sender);
  const operations = operationsOf(provider);
  const probes = availableProbes(options);
  const free = await freePhase(session, { operations, probes, mistakes: availableMistakes(options) });
  const findings = new Map(free.findings);
  const tasks = liveTasks(probes, free);
  const live = await livePhase(tasks, free.observed, { sender, spending, hasTokens: provider.has.has('token') });
  for (const [probe, finding] of live.findings) findings.set(probe, finding);
  await settleWindow(session, free, findings);
  const answers = [...free.answers, ...live.successes.map((result) => ({ control: 'live' as const, result }))];
  const readings = Object.fromEntries(
    AMBIGUITIES.map(({ id }) => [
      id,
      readingOf(id, { options, free, findings, tokenUse: live.tokenUse, answers, sender }),
    ]),
  );
  const believed = operations.filter((operation) => free.trusts.get(operation)?.distrust === undefined);
  return {
    format: 1,
    target: cut(provider.name, TEXT_LENGTH_MAX),
    calibratedAt: new Date(sources.nowMs()).toISOString(),
    paidCalls: spending.spent(),
    readings,
    precedence: Object.fromEntries(live.observed.map((one) => [one.operation, placedChecks(one)])),
    codes: free.codes,
    ...textsOf(sender, believed),
    ...headsOf(sender.heads(), believed),
    latencyMs: Object.fromEntries(
      believed.flatMap((operation) => latencyEntry(operation, sender.latencies(operation))),
    ),
    evidence: sender.evidence(),
  };
}

function liveTasks(probes: readonly Probe[], { trusts, findings }: FreePhase): readonly LiveTask[] {
  const chosen = probes.filter((probe) => {
    const finding = findings.get(probe);
    const isBelieved = trusts.get(probe.operation)?.distrust === undefined;
    return isBelieved && finding !== undefined && 'open' in finding && finding.liveHelps;
  });
  return [...new Set(chosen.map(({ reading }) => reading))].map((reading) => ({
    reading,
    probes: chosen.filter((probe) => probe.reading === reading),
  }));
}

/** Replaces the findings that show a time window with findings that have its width. */
async function settleWindow(session: Session, { trusts }: FreePhase, findings: Map<Probe, Finding>): Promise<void> {
  const shown = [...findings].filter(([{ reading }]) => reading === 'system-time');
  const all = combinedFinding(shown.map(([, finding]) => finding));
  if (!('options' in all) || all.options.length !== 1 || all.options[0] !== WINDOW) return;
  for (const probe of shown.map(([one]) => one).filter(({ when }) => when?.timeOffset?.startsWith('-'))) {
    const trust = trusts.get(probe.operation);
    if (trust === undefined || trust.distrust !== undefined) continue;
    findings.set(probe, await measureWindow(session, trust, probe));
  }
  for (const [probe, finding] of shown) {
    const now = findings.get(probe);
    if (now === finding) findings.delete(probe);
  }
}

interface Seen {
  readonly options: CalibrationOptions;
  readonly free: FreePhase;
  readonly findings: ReadonlyMap<Probe, Finding>;
  readonly tokenUse: TokenUse;
  readonly answers: readonly ControlAnswer[];
  readonly sender: RequestSender;
}

function readingOf(id: string, seen: Seen): Reading {
  const { options, free, findings, tokenUse, sender } = seen;
  const missing = missingFor(id, options);
  if (missing !== undefined) return { notSettled: missing, evidence: [] };
  const distrusted = operationsAt(id, options)
    .map((operation) => free.trusts.get(operation)?.distrust)
    .find((one) => one !== undefined);
  if (distrusted !== undefined) return { notSettled: distrusted, evidence: evidenceOf(id, findings) };
  const finding = findingAt(id, seen);
  const evidence = evidenceIds(finding.evidence);
  if ('open' in finding) return { notSettled: finding.open, evidence };
  const [option, ...others] = finding.options;
  if (option === undefined || others.length > 0) return { notSettled: REASONS.several(finding.options), evidence };
  const at = sender.evidence()[evidence[0] ?? '']?.at ?? '';
  const note = id === TOKEN_USE && { note: tokenUse.note };
  return { option, observedOn: at.slice(0, 'yyyy-mm-dd'.length), ...note, evidence };
}

/** The operations that a reading concerns. */
function operationsAt(id: string, { provider }: CalibrationOptions): readonly Operation[] {
  if (id === TOKEN_USE) return operationsOf(provider);
  const visible = VISIBLE_READINGS.find(({ reading }) => reading === id);
  return visible?.operations ?? PROBES.flatMap(({ reading, operation }) => (reading === id ? [operation] : []));
}

function findingAt(id: string, { findings, tokenUse, answers }: Seen): Finding {
  if (id === TOKEN_USE) return tokenUse.finding;
  const visible = VISIBLE_READINGS.find(({ reading }) => reading === id);
  if (visible === undefined)
    return combinedFinding([...findings].flatMap(([probe, one]) => (probe.reading === id ? [one] : [])));
  const results = answers.flatMap(({ control, result }) => (visible.controls.includes(control) ? [result] : []));
  return visibleFindingOf(visible, results);
}

/** What the profile lacks to settle the reading. */
function missingFor(id: string, options: CalibrationOptions): Bilingual | undefined {
  const { has } = options.provider;
  const visible = VISIBLE_READINGS.find(({ reading }) => reading === id);
  if (visible !== undefined) {
    const [first] = visible.operations;
    return visible.operations.some((operation) => has.has(operation)) ? undefined : REASONS.capability(first ?? '');
  }
  if (id === TOKEN_USE) return undefined;
  const own = PROBES.filter(({ reading }) => reading === id);
  if (own.some((probe) => availableProbes(options).includes(probe))) return undefined;
  const missing = MISSING_FROM_PROFILE[id];
  if (missing !== undefined) return missing;
  const [first] = own;
  if (own.some((probe) => availableProbes({ ...options, disabled: [] }).includes(probe))) return REASONS.disabled();
  return first === undefined || has.has(first.operation) ? REASONS.rsa() : REASONS.capability(first.operation);
}

function evidenceOf(id: string, findings: ReadonlyMap<Probe, Finding>): readonly string[] {
  return evidenceIds([...findings].flatMap(([{ reading }, { evidence }]) => (reading === id ? evidence : [])));
}

/** A request that was not sent has no evidence id. */
function evidenceIds(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter((id) => id !== ''))];
}

// A longer text is not a description of a code, and the mock accepts none.
const TEXT_LENGTH_MAX = 200;

function textsOf(sender: RequestSender, believed: readonly Operation[]): Pick<Calibration, 'texts' | 'beyond'> {
  const rows = believed.flatMap((operation) => {
    const own = sender.texts().filter((one) => one.operation === operation);
    return [...new Set(own.map(({ code }) => code))].map((code) => {
      const texts = own.flatMap((one) => (one.code === code && one.text.length <= TEXT_LENGTH_MAX ? [one.text] : []));
      const isDocumented = RESULT_CODES.some((row) => row.operation === operation && row.resultCode === code);
      return { operation, code, text: mostFrequent(texts), isDocumented };
    });
  });
  const documented = rows.filter(({ isDocumented, text }) => isDocumented && text !== '');
  return {
    texts: Object.fromEntries(
      believed.map((operation) => [
        operation,
        Object.fromEntries(
          documented.flatMap((row) => (row.operation === operation ? [[row.code, row.text] as const] : [])),
        ),
      ]),
    ),
    beyond: rows.flatMap(({ isDocumented, ...row }) => (isDocumented ? [] : [row])),
  };
}

function mostFrequent(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), ['', 0] as [string, number])[0];
}

function headsOf(
  heads: readonly Head[],
  believed: readonly Operation[],
): Pick<Calibration, 'statuses' | 'contentTypes'> {
  const own = (operation: Operation) => heads.filter((head) => head.operation === operation);
  const statuses = (operation: Operation) => own(operation).filter(({ status }) => status !== HTTP_OK);
  return {
    statuses: Object.fromEntries(
      believed.map((operation) => [
        operation,
        Object.fromEntries(statuses(operation).map(({ code, status }) => [code, status])),
      ]),
    ),
    contentTypes: Object.fromEntries(
      believed.flatMap((operation) => {
        const type = mostFrequent(own(operation).map(({ contentType }) => contentType));
        return type === '' ? [] : [[operation, type] as const];
      }),
    ),
  };
}

const HTTP_OK = 200;

function latencyEntry(operation: Operation, times: readonly number[]): readonly (readonly [Operation, Latency])[] {
  if (times.length === 0) return [];
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return [[operation, { count: sorted.length, p50: at(0.5), p90: at(0.9), p99: at(0.99) }]];
}
