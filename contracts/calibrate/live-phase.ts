/** The part of a calibration with live tokens, within the limit. The cheapest readings are first. */
import type { Operation } from '../index.js';
import { liveCalls } from '../kit/provider.js';
import { controlsOf, liveCase } from './cases.js';
import { type Finding, liveFindingOf } from './judge.js';
import type { Probe } from './probes.js';
import { REASONS } from './reasons.js';
import type { RequestResult, RequestSender } from './send-request.js';
import type { Spending } from './spending.js';

export interface LivePhase {
  readonly findings: ReadonlyMap<Probe, Finding>;
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

export function costOf({ probes }: LiveTask): number {
  return probes.reduce((sum, probe) => sum + liveCalls(liveCase(probe)), 0);
}

export async function livePhase(tasks: readonly LiveTask[], options: LivePhaseOptions): Promise<LivePhase> {
  const { sender, spending, hasTokens } = options;
  const findings = new Map<Probe, Finding>();
  const controls = new Map<Operation, RequestResult>();
  const affordable = (calls: number) => hasTokens && spending.spent() + calls <= spending.limit;

  for (const task of tasks.toSorted((one, other) => costOf(one) - costOf(other))) {
    const operations = [...new Set(task.probes.map(({ operation }) => operation))];
    const calls = costOf(task) + operations.filter((operation) => !controls.has(operation)).length;
    if (!affordable(calls)) {
      for (const probe of task.probes) findings.set(probe, notSettled(REASONS.needsLive(calls)));
      continue;
    }
    for (const probe of task.probes) findings.set(probe, await settled(probe));
  }
  return { findings, successes: [...controls.values()].filter(isSuccess) };

  async function settled(probe: Probe): Promise<Finding> {
    const { operation } = probe;
    const control = controls.get(operation) ?? (await sendControl(operation));
    controls.set(operation, control);
    if (!isSuccess(control))
      return notSettled(REASONS.notSuccessful(control.code ?? control.reason), [control.evidence]);
    const finding = liveFindingOf(probe, await sendProbe(probe));
    const evidence = [control.evidence, ...finding.evidence];
    const code = codeOfFinding(finding, probe);
    return code === undefined ? { ...finding, evidence } : repeatProbe(probe, evidence);
  }

  /** An expired token gets the same code, so the result counts only if it is repeated and other tokens work. */
  async function repeatProbe(probe: Probe, before: readonly string[]): Promise<Finding> {
    const calls = liveCalls(liveCase(probe)) + 1;
    if (!affordable(calls)) return notSettled(REASONS.needsLive(calls), before);
    const again = liveFindingOf(probe, await sendProbe(probe));
    const control = await sendControl(probe.operation);
    const evidence = [...before, ...again.evidence, control.evidence];
    if (!isSuccess(control)) return notSettled(REASONS.notSuccessful(control.code ?? control.reason), evidence);
    if ('options' in again && codeOfFinding(again, probe) === undefined) {
      return notSettled(
        REASONS.unsteady([unknownTokenCode(probe), controlsOf(probe.operation).success.code]),
        evidence,
      );
    }
    return { ...again, evidence };
  }

  function sendProbe(probe: Probe): Promise<RequestResult> {
    return sender.send({ operation: probe.operation, testCase: liveCase(probe), live: true, label: probe.reading });
  }

  function sendControl(operation: Operation): Promise<RequestResult> {
    const { success, goodWhen } = controlsOf(operation);
    const testCase = liveCase({ case: success.case, when: goodWhen });
    return sender.send({ operation, testCase, live: true, label: `${operation}-live` });
  }
}

function isSuccess({ operation, code, numberRight, echoes }: RequestResult): boolean {
  return code === controlsOf(operation).success.code && numberRight && echoes;
}

function unknownTokenCode({ operation }: Probe): string {
  return controlsOf(operation).unknownToken[0] ?? '';
}

/** The code of an unknown token, if the finding depends on it. */
function codeOfFinding(finding: Finding, probe: Probe): string | undefined {
  const options = probe.predicts[unknownTokenCode(probe)];
  return options !== undefined && 'options' in finding && finding.options === options
    ? unknownTokenCode(probe)
    : undefined;
}

function notSettled(reason: ReturnType<typeof REASONS.needsLive>, evidence: readonly string[] = []): Finding {
  return { open: reason, evidence, liveHelps: true };
}
