/** The part of a calibration with live tokens, within the limit. The cheapest readings are first. */
import { liveCase } from './cases.js';
import type { FreePhase } from './free-phase.js';
import { type Finding, liveFindingOf, openFinding } from './judge.js';
import { availableProbes, type CalibrationOptions, costOf } from './plan.js';
import { type Observed, observeLive } from './precedence.js';
import type { Probe } from './probes.js';
import { REASONS } from './reasons.js';
import type { RequestSender } from './send-request.js';
import { liveControls } from './session.js';
import { observeTokenUse, TRIAL_CALLS } from './token-use.js';

export async function livePhase(sender: RequestSender, free: FreePhase, options: CalibrationOptions) {
  const { provider, spending } = options;
  const findings = new Map<Probe, Finding>();
  const controls = liveControls(sender);
  const isAffordable = (calls: number) => provider.has.has('token') && spending.spent() + calls <= spending.limit;
  const settle = async (probes: readonly Probe[]) => {
    const operations = [...new Set(probes.map(({ operation }) => operation))];
    const calls = costOf(probes) + operations.filter((operation) => !controls.isKnown(operation)).length;
    const isPaid = isAffordable(calls);
    for (const probe of probes) {
      findings.set(probe, isPaid ? await settled(probe) : openFinding(REASONS.needsLive(calls), [], true));
    }
  };
  const open = probesThatNeedLive(availableProbes(options), free);
  const cheapest = open.toSorted((one, other) => costOf(one) - costOf(other));
  const isCheaper = (probes: readonly Probe[]) => costOf(probes) <= 2 * TRIAL_CALLS;
  for (const probes of cheapest.filter(isCheaper)) await settle(probes);
  const tokenUse = await observeTokenUse({ sender, controls, isAffordable }, free.observed);
  for (const probes of cheapest.filter((one) => !isCheaper(one))) await settle(probes);
  const observed: Observed[] = [];
  for (const one of free.observed) {
    const calls = controls.isKnown(one.operation) ? 1 : 2;
    const isGood = isAffordable(calls) && controls.isSuccess(await controls.of(one.operation));
    observed.push(isGood ? await observeLive(sender, isAffordable, one) : one);
  }
  const successes = controls.all().filter(controls.isSuccess);
  return { findings, tokenUse, observed, answers: successes.map((result) => ({ control: 'live' as const, result })) };

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

/** By reading. */
function probesThatNeedLive(probes: readonly Probe[], { trusts, findings }: FreePhase): readonly (readonly Probe[])[] {
  const chosen = probes.filter((probe) => {
    const finding = findings.get(probe);
    const isBelieved = trusts.get(probe.operation)?.distrust === undefined;
    return isBelieved && finding !== undefined && 'open' in finding && finding.liveHelps;
  });
  return [...new Set(chosen.map(({ reading }) => reading))].map((reading) =>
    chosen.filter((probe) => probe.reading === reading),
  );
}
