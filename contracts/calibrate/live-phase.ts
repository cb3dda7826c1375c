/** The part of a calibration with live tokens, within the limit. The cheapest readings are first. */
import type { Bilingual } from '../../src/text/bilingual.js';
import { liveCase } from './cases.js';
import type { FreePhase } from './free-phase.js';
import {
  liveFindingOf,
  openFinding,
  outcomeFindingOf,
  type ProbeFinding,
  rsaEncodingIn,
} from './judge.js';
import { type IsAffordable, observeOthers, observeUsual } from './live-mistakes.js';
import type { Ordered, Tried } from './order.js';
import { availableProbes, type CalibrationOptions, costOf } from './plan.js';
import type { Observed } from './precedence.js';
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
  const isAffordable = affordable(options);
  const open = probesThatNeedLive(availableProbes(options), free);
  // One call with several mistakes can settle several readings. A carrier that checks the token last has none of these.
  const isFirst = open.flat().some((probe) => isHidden(free, probe));
  const observeNow = (all: readonly Observed[]) =>
    eachGood({ controls, sender, isAffordable }, all, observeUsual);
  const first = isFirst ? await observeNow(free.observed) : free.observed;
  const { findings } = free;
  const needsLive = (calls: number) => needsLiveReason(calls, options);
  const common = { controls, sender, isAffordable, findings, needsLive };
  const budget = { ...common, outcomes: outcomesIn(first) };
  const { cheap, others } = byCost(budget, open);
  const before = await settleAll(budget, cheap);
  const tokenUse = await observeTokenUse(budget, first);
  const usual = isFirst ? first : await observeNow(first);
  const observed = await eachGood(budget, usual, observeOthers);
  const after = await settleAll({ ...budget, outcomes: outcomesIn(observed) }, others);
  const successes = controls.all().filter(controls.isSuccess);
  return {
    findings: new Map([...before, ...after]),
    tokenUse,
    observed,
    answers: successes.map((result) => ({ control: 'live' as const, result })),
  };
}

/** What is missing: a source of tokens, or calls. */
function needsLiveReason(calls: number, { provider, spending }: CalibrationOptions): Bilingual {
  if (!provider.has.has('token')) return REASONS.needsTokens(calls);
  return REASONS.needsLive(calls, { spent: spending.spent(), limit: spending.limit });
}

/** Whether a mistake that carriers often accept settles it. */
function isHidden({ observed }: FreePhase, { operation, check }: Probe): boolean {
  const own = observed.find((one) => one.operation === operation);
  return own?.hidden.some((one) => one.check === check && one.isUsual === true) === true;
}

/** The readings that few calls settle, and the others. */
function byCost(budget: LiveBudget, open: readonly (readonly Probe[])[]) {
  const cost = (probes: readonly Probe[]) => costOf(probes.filter((one) => !isKnown(budget, one)));
  // A mistake shows how an unknown app is refused, and fewer clients use RSA.
  const isLater = ({ check, needs }: Probe) => check === 'appKnown' || needs !== undefined;
  const cheapest = open.toSorted((one, other) => cost(one) - cost(other));
  const isCheap = (probes: readonly Probe[]) =>
    cost(probes) <= 2 * TRIAL_CALLS && !probes.some(isLater);
  return {
    cheap: cheapest.filter(isCheap),
    others: cheapest.filter((probes) => !isCheap(probes)),
  };
}

/** What a live phase may still send. */
interface LiveBudget {
  readonly sender: RequestSender;
  readonly controls: LiveControls;
  readonly isAffordable: IsAffordable;
  /** By operation and check: what the carrier did with a request that has this mistake. */
  readonly outcomes: ReadonlyMap<string, Ordered | Tried>;
  readonly findings: ReadonlyMap<Probe, ProbeFinding>;
  readonly needsLive: (calls: number) => Bilingual;
}

function outcomesIn(observed: readonly Observed[]): LiveBudget['outcomes'] {
  return new Map(
    observed.flatMap(({ operation, ordered, accepted, later = [] }) =>
      [...ordered, ...accepted, ...later].map((one) => [`${operation} ${one.check}`, one] as const),
    ),
  );
}

function outcomeOf({ outcomes }: LiveBudget, { operation, check }: Probe) {
  return outcomes.get(`${operation} ${check}`);
}

function isKnown(budget: LiveBudget, probe: Probe): boolean {
  return outcomeOf(budget, probe) !== undefined;
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
    const unknown = probes.filter((one) => !isKnown(budget, one));
    const calls = costOf(unknown) + newControls(budget, unknown);
    const isPaid = budget.isAffordable(calls);
    for (const probe of probes) {
      const needsMore = openFinding(budget.needsLive(calls), [], true);
      const rsaEncoding = rsaEncodingIn(new Map([...budget.findings, ...findings]));
      findings.set(probe, isPaid ? await settled(budget, probe, rsaEncoding) : needsMore);
    }
  }
  return findings;
}

/** How many good requests must be sent before these probes. */
function newControls({ controls }: LiveBudget, probes: readonly Probe[]): number {
  const operations = new Set(probes.map(({ operation }) => operation));
  return [...operations].filter((operation) => !controls.isKnown(operation)).length;
}

async function settled(
  budget: LiveBudget,
  probe: Probe,
  rsaEncoding: 'hex' | undefined,
): Promise<ProbeFinding> {
  const { sender, controls } = budget;
  const { operation, reading } = probe;
  const known = outcomeOf(budget, probe);
  if (known !== undefined) return outcomeFindingOf(probe, known);
  const control = await controls.of(operation);
  if (!controls.isSuccess(control)) {
    const reason = REASONS.notSuccessful(control.code ?? control.reason);
    return openFinding(reason, [control.evidence], true);
  }
  const testCase = liveCase(probe);
  const encoding = probe.needs === 'rsa' && { rsaEncoding };
  const request = { operation, testCase, live: true, label: reading, ...encoding };
  const result = await sender.send(request);
  const finding = liveFindingOf(probe, result);
  return { ...finding, evidence: [control.evidence, ...finding.evidence] };
}

type Observe = typeof observeUsual;

/** Each operation may use its part of the calls that are left, if a good request succeeds. */
async function eachGood(
  { sender, controls, isAffordable }: Pick<LiveBudget, 'sender' | 'controls' | 'isAffordable'>,
  all: readonly Observed[],
  observe: Observe,
): Promise<readonly Observed[]> {
  const observed: Observed[] = [];
  for (const [at, one] of all.entries()) {
    const isLast = at === all.length - 1;
    const mayUse = isLast ? isAffordable : halfOf(isAffordable);
    const calls = controls.isKnown(one.operation) ? 1 : 2;
    const isGood = isAffordable(calls) && controls.isSuccess(await controls.of(one.operation));
    observed.push(isGood ? await observe(sender, mayUse, one) : one);
  }
  return observed;
}

/** What the other operations need stays. */
function halfOf(isAffordable: IsAffordable): IsAffordable {
  let left = 0;
  while (isAffordable(left + 1) && left < CALLS_MAX) left += 1;
  let mine = Math.ceil(left / 2);
  return (calls) => {
    if (calls > mine || !isAffordable(calls)) return false;
    mine -= calls;
    return true;
  };
}

// More than any calibration needs.
const CALLS_MAX = 1000;

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
