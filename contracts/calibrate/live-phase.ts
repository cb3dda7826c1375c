/** The part of a calibration with live tokens, within the limit. The cheapest readings are first. */
import type { Bilingual } from '../../src/text/bilingual.js';
import { FACTS } from '../kit/operations.js';
import { liveCase } from './cases.js';
import type { FreePhase } from './free-phase.js';
import {
  ENCODING,
  isRsaEncodingOpen,
  liveFindingOf,
  openFinding,
  outcomeFindingOf,
  type ProbeFinding,
  rsaEncodingIn,
} from './judge.js';
import {
  type Exploring,
  exploring,
  type IsAffordable,
  note,
  observedBy,
  type Suspect,
  tryOthers,
  tryUsual,
} from './live-mistakes.js';
import type { Tried } from './order.js';
import { availableProbes, type CalibrationOptions, costOf } from './plan.js';
import type { Observed } from './precedence.js';
import { checkOf, type Probe } from './probes.js';
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
  const { provider, spending } = options;
  const hasTokens = provider.has.has('token');
  const isAffordable = (count: number) => hasTokens && spending.spent() + count <= spending.limit;
  const calls: Calls = { controls, sender, isAffordable };
  const open = probesThatNeedLive(availableProbes(options), free);
  // One call with several mistakes can settle several readings. A carrier that checks the token last has none of these.
  const isFirst = open.flat().some(({ needs }) => needs === undefined);
  const needed = open.flat().map(({ operation }) => operation);
  const inOrder = free.observed.toSorted(
    (one, other) =>
      Number(needed.includes(other.operation)) - Number(needed.includes(one.operation)),
  );
  const first = isFirst ? await observeUsual(calls, inOrder, open.flat()) : undefined;
  const { findings } = free;
  // What is missing: a source of tokens, or calls.
  const needsLive = (count: number) =>
    hasTokens
      ? REASONS.needsLive(count, { spent: spending.spent(), limit: spending.limit })
      : REASONS.needsTokens(count);
  const budget = { ...calls, findings, needsLive, outcomes: outcomesIn(first) };
  const { cheap, others } = byCost(budget, open);
  const before = await settleAll(budget, cheap);
  const tokenUse = await observeTokenUse(budget, first?.map(withoutKnown) ?? free.observed);
  const usual = first ?? (await observeUsual(calls, free.observed, []));
  for (const own of usual)
    for (const one of tokenUse.refused) if (one.operation === own.operation) note(own, one, one);
  await tryOthers(usual.filter(({ isGood }) => isGood));
  const observed = usual.map(observedBy);
  const after = await settleAll({ ...budget, outcomes: outcomesIn(usual) }, others);
  const successes = controls.all().filter(controls.isSuccess);
  return {
    findings: new Map([...before, ...after]),
    tokenUse,
    observed,
    controls,
    answers: successes.map((result) => ({ control: 'live' as const, result })),
  };
}

/** With what is not known yet as hidden. */
function withoutKnown({ observed, refused, accepted }: Exploring): Observed {
  const known = [...refused, ...accepted].map(({ check }) => check);
  return { ...observed, hidden: observed.hidden.filter(({ check }) => !known.includes(check)) };
}

/** The readings that few calls settle, the cheapest first, and the others. */
export function byCost(budget: Pick<LiveBudget, 'outcomes'>, open: readonly (readonly Probe[])[]) {
  const cost = (probes: readonly Probe[]) => costOf(probes.filter((one) => !isKnown(budget, one)));
  // A mistake shows how an unknown app is refused, and fewer clients use RSA.
  const isLater = ({ check, needs }: Probe) => check === 'appKnown' || needs !== undefined;
  const cheapest = open.toSorted((one, other) => cost(one) - cost(other));
  const isCheap = (probes: readonly Probe[]) =>
    cost(probes) <= 2 * TRIAL_CALLS && !probes.some(isLater);
  return {
    cheap: cheapest.filter(isCheap),
    // In the order of the table: the encoding of RSA is before what is sent in it.
    others: open.filter((probes) => !isCheap(probes)),
  };
}

/** What sends live calls. */
interface Calls {
  readonly sender: RequestSender;
  readonly controls: LiveControls;
  readonly isAffordable: IsAffordable;
}

/** What a live phase may still send. */
interface LiveBudget extends Calls {
  /** By operation and check: what the carrier did with a request that has this mistake. */
  readonly outcomes: ReadonlyMap<string, Tried>;
  readonly findings: ReadonlyMap<Probe, ProbeFinding>;
  readonly needsLive: (calls: number) => Bilingual;
}

function outcomesIn(all: readonly Exploring[] = []): LiveBudget['outcomes'] {
  return new Map(
    all.flatMap(({ operation, observed, accepted, refused }) =>
      [...observed.ordered, ...observed.accepted, ...accepted, ...refused].map(
        (one) => [`${operation} ${one.check}`, one] as const,
      ),
    ),
  );
}

function outcomeOf({ outcomes }: Pick<LiveBudget, 'outcomes'>, probe: Probe) {
  return outcomes.get(`${probe.operation} ${checkOf(probe)}`);
}

function isKnown(budget: Pick<LiveBudget, 'outcomes'>, probe: Probe): boolean {
  return outcomeOf(budget, probe) !== undefined;
}

async function settleAll(
  budget: LiveBudget,
  readings: readonly (readonly Probe[])[],
): Promise<ReadonlyMap<Probe, ProbeFinding>> {
  const findings = new Map<Probe, ProbeFinding>();
  for (const probes of readings) {
    const unknown = probes.filter((one) => !isKnown(budget, one));
    // A good request is sent before the first probe of an operation.
    const operations = new Set(unknown.map(({ operation }) => operation));
    const controls = [...operations].filter((one) => !budget.controls.isKnown(one));
    const calls = costOf(unknown) + controls.length;
    const isPaid = budget.isAffordable(calls);
    for (const probe of probes) {
      const needsMore = openFinding(budget.needsLive(calls), [], true);
      const all = new Map([...budget.findings, ...findings]);
      const isUnclear =
        probe.needs === 'rsa' && probe.reading !== ENCODING && isRsaEncodingOpen(all);
      const isSent = isPaid && !isUnclear;
      findings.set(probe, isSent ? await settled(budget, probe, rsaEncodingIn(all)) : needsMore);
    }
  }
  return findings;
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

/**
 * What carriers often accept, with the requests of readings. Each operation may use its part of the calls that are left, if
 * a good request succeeds.
 */
async function observeUsual(
  { sender, controls, isAffordable }: Calls,
  all: readonly Observed[],
  probes: readonly Probe[],
): Promise<readonly Exploring[]> {
  const explored: Exploring[] = [];
  for (const [at, observed] of all.entries()) {
    const { operation } = observed;
    const isLast = at === all.length - 1;
    const mayUse = isLast ? isAffordable : halfOf(isAffordable);
    const calls = controls.isKnown(operation) ? 1 : 2;
    const control = isAffordable(calls) ? await controls.of(operation) : undefined;
    const isGood = control !== undefined && controls.isSuccess(control);
    const own = { sender, msgId: control?.msgId, isGood, observed };
    const early = exploring({ ...own, isAffordable: mayUse });
    const suspects = probes.flatMap((probe) => suspectsOf(probe, observed));
    if (isGood) await tryUsual(early, suspects);
    explored.push({ ...early, send: exploring({ ...own, isAffordable }).send });
  }
  return explored;
}

/** The request of a reading as a mistake, if no mistake is the same. */
function suspectsOf(probe: Probe, { operation }: Observed): readonly Suspect[] {
  const { when = {}, before } = liveCase(probe);
  const isOwn = probe.operation === operation && probe.check === undefined;
  if (!isOwn || probe.needs !== undefined || before !== undefined) return [];
  const check = checkOf(probe);
  const [path = check] = Object.keys(when.derived ?? {});
  const codes = Object.keys(probe.predicts);
  const [slot = path] =
    Object.entries(FACTS[operation].request).find(([, field]) => field === path) ?? [];
  const name = { en: check, zh: check };
  return [{ operation, check, name, slot, when, codes, evidence: [] }];
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
