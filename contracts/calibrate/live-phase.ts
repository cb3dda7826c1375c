/** The part of a calibration with live tokens, within the limit. The cheapest readings are first. */
import { liveCase } from './cases.js';
import type { FreePhase } from './free-phase.js';
import { liveFindingOf, openFinding, type ProbeFinding } from './judge.js';
import { availableProbes, type CalibrationOptions, costOf } from './plan.js';
import { type Observed, observeLive } from './precedence.js';
import type { Probe } from './probes.js';
import { REASONS } from './reasons.js';
import type { RequestSender } from './send-request.js';
import { type LiveControls, liveControls } from './session.js';
import { observeTokenUse, TRIAL_CALLS } from './token-use.js';

export async function livePhase(
  sender: RequestSender,
  free: FreePhase,
  options: CalibrationOptions,
) {
  const controls = liveControls(sender);
  const budget = { controls, sender, isAffordable: affordable(options) };
  const open = probesThatNeedLive(availableProbes(options), free);
  const cheapest = open.toSorted((one, other) => costOf(one) - costOf(other));
  const isCheaper = (probes: readonly Probe[]) => costOf(probes) <= 2 * TRIAL_CALLS;
  const before = await settleAll(budget, cheapest.filter(isCheaper));
  const tokenUse = await observeTokenUse(budget, free.observed);
  const after = await settleAll(
    budget,
    cheapest.filter((probes) => !isCheaper(probes)),
  );
  const observed: Observed[] = [];
  for (const one of free.observed) observed.push(await observedLive(budget, one));
  const successes = controls.all().filter(controls.isSuccess);
  return {
    findings: new Map([...before, ...after]),
    tokenUse,
    observed,
    answers: successes.map((result) => ({ control: 'live' as const, result })),
  };
}

/** What a live phase may still send. */
interface LiveBudget {
  readonly sender: RequestSender;
  readonly controls: LiveControls;
  readonly isAffordable: (calls: number) => boolean;
}

function affordable({ provider, spending }: CalibrationOptions) {
  const hasToken = provider.has.has('token');
  return (calls: number) => hasToken && spending.spent() + calls <= spending.limit;
}

async function settleAll(
  budget: LiveBudget,
  readings: readonly (readonly Probe[])[],
): Promise<ReadonlyMap<Probe, ProbeFinding>> {
  const findings = new Map<Probe, ProbeFinding>();
  for (const probes of readings) {
    const calls = costOf(probes) + newControls(budget, probes);
    const isPaid = budget.isAffordable(calls);
    for (const probe of probes) {
      const needsMore = openFinding(REASONS.needsLive(calls), [], true);
      findings.set(probe, isPaid ? await settled(budget, probe) : needsMore);
    }
  }
  return findings;
}

/** How many good requests must be sent before these probes. */
function newControls({ controls }: LiveBudget, probes: readonly Probe[]): number {
  const operations = new Set(probes.map(({ operation }) => operation));
  return [...operations].filter((operation) => !controls.isKnown(operation)).length;
}

async function settled({ sender, controls }: LiveBudget, probe: Probe): Promise<ProbeFinding> {
  const { operation, reading } = probe;
  const control = await controls.of(operation);
  if (!controls.isSuccess(control)) {
    const reason = REASONS.notSuccessful(control.code ?? control.reason);
    return openFinding(reason, [control.evidence], true);
  }
  const testCase = liveCase(probe);
  const result = await sender.send({ operation, testCase, live: true, label: reading });
  const finding = liveFindingOf(probe, result);
  return { ...finding, evidence: [control.evidence, ...finding.evidence] };
}

async function observedLive(
  { sender, controls, isAffordable }: LiveBudget,
  free: Observed,
): Promise<Observed> {
  const calls = controls.isKnown(free.operation) ? 1 : 2;
  const isGood = isAffordable(calls) && controls.isSuccess(await controls.of(free.operation));
  return isGood ? observeLive(sender, isAffordable, free) : free;
}

/** By reading. */
function probesThatNeedLive(
  probes: readonly Probe[],
  { trusts, findings }: FreePhase,
): readonly (readonly Probe[])[] {
  const chosen = probes.filter((probe) => {
    const finding = findings.get(probe);
    const isBelieved = trusts.get(probe.operation)?.distrust === undefined;
    return isBelieved && finding !== undefined && 'open' in finding && finding.liveHelps;
  });
  return [...new Set(chosen.map(({ reading }) => reading))].map((reading) =>
    chosen.filter((probe) => probe.reading === reading),
  );
}
