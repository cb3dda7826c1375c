/** The part of a calibration with live tokens, within the limit. The cheapest readings are first. */
import { liveCase } from './cases.js';
import { type Finding, liveFindingOf, openFinding } from './judge.js';
import { liveControls } from './live-controls.js';
import { costOf } from './plan.js';
import { type Observed, observeLive } from './precedence.js';
import type { Probe } from './probes.js';
import { REASONS } from './reasons.js';
import type { RequestResult } from './request-result.js';
import type { RequestSender } from './send-request.js';
import type { Spending } from './spending.js';
import { observeTokenUse, type TokenUse, TRIAL_CALLS } from './token-use.js';

export interface LivePhase {
  readonly findings: ReadonlyMap<Probe, Finding>;
  readonly tokenUse: TokenUse;
  readonly observed: readonly Observed[];
  /** Successful responses to good requests. */
  readonly successes: readonly RequestResult[];
}

/** The probes of one reading that need a live token. */
export interface LiveTask {
  readonly reading: string;
  readonly probes: readonly Probe[];
}

export interface LivePhaseOptions {
  readonly sender: RequestSender;
  readonly spending: Spending;
  readonly hasTokens: boolean;
}

export async function livePhase(
  tasks: readonly LiveTask[],
  free: readonly Observed[],
  { sender, spending, hasTokens }: LivePhaseOptions,
): Promise<LivePhase> {
  const findings = new Map<Probe, Finding>();
  const controls = liveControls(sender);
  const isAffordable = (calls: number) => hasTokens && spending.spent() + calls <= spending.limit;
  const settle = async (task: LiveTask) => {
    const operations = [...new Set(task.probes.map(({ operation }) => operation))];
    const calls = costOf(task.probes) + operations.filter((operation) => !controls.isKnown(operation)).length;
    const isPaid = isAffordable(calls);
    for (const probe of task.probes) {
      findings.set(probe, isPaid ? await settled(probe) : openFinding(REASONS.needsLive(calls), [], true));
    }
  };
  const cheapest = tasks.toSorted((one, other) => costOf(one.probes) - costOf(other.probes));
  const isCheaper = (task: LiveTask) => costOf(task.probes) <= 2 * TRIAL_CALLS;
  for (const task of cheapest.filter(isCheaper)) await settle(task);
  const tokenUse = await observeTokenUse({ sender, controls, isAffordable }, free);
  for (const task of cheapest.filter((one) => !isCheaper(one))) await settle(task);
  const observed: Observed[] = [];
  for (const one of free) {
    const calls = controls.isKnown(one.operation) ? 1 : 2;
    const isGood = isAffordable(calls) && controls.isSuccess(await controls.of(one.operation));
    observed.push(isGood ? await observeLive({ sender, isAffordable }, one) : one);
  }
  return { findings, tokenUse, observed, successes: controls.all().filter(controls.isSuccess) };

  async function settled(probe: Probe): Promise<Finding> {
    const control = await controls.of(probe.operation);
    if (!controls.isSuccess(control))
      return openFinding(REASONS.notSuccessful(control.code ?? control.reason), [control.evidence], true);
    const testCase = liveCase(probe);
    const result = await sender.send({ operation: probe.operation, testCase, live: true, label: probe.reading });
    const finding = liveFindingOf(probe, result);
    return { ...finding, evidence: [control.evidence, ...finding.evidence] };
  }
}
