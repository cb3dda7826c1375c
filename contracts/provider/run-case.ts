/** Runs one case: its steps, the judged request, and the comparison of the response and its effects with the expectations. */
import type { Basis, Operation } from '../index.js';
import { curlOf } from '../report/curl-command.js';
import {
  type About,
  type CaseResult,
  type Difference,
  EARLIER_CALL,
  type Finding,
  type KeptApp,
} from '../results/result.js';
import type { Values } from '../sign/template.js';
import { beijingTime, durationToMs } from '../sign/time.js';
import { type BuiltRequest, buildRequest } from './build-request.js';
import type { Case, Step, Then, When } from './case.js';
import type { CaseApp, Provider } from './case-app.js';
import { answerDifferences, codesOf, parsedJson, resultCodeIn } from './check-answer.js';
import { accessTokenDifferences, chargedDifferences, tokenDifferences } from './check-effects.js';
import type { IssuedToken } from './control.js';
import { keptApp } from './kept-app.js';
import { signingOf } from './needs.js';
import type { WireAnswer } from './subject.js';

/** The clock and the source of random values. */
export interface Sources {
  /** Epoch milliseconds. */
  nowMs(): number;
  /** Random hex digits in lower case; the length is even. */
  hex(length: number): string;
  wait(ms: number): Promise<void>;
}

export interface RunContext {
  readonly provider: Provider;
  readonly sources: Sources;
}

interface Running extends RunContext {
  readonly operation: Operation;
  readonly testCase: Case;
  readonly caseApp: CaseApp;
}

/** The values that the next call needs from the earlier ones. */
interface Progress {
  readonly issued: IssuedToken | undefined;
  readonly msgId: string | undefined;
  readonly answer: unknown;
}

const OTHER_PHONE_NUMBERS = ['13900139000', '13900139001'];
const MSG_ID_LENGTH = 32;

type Verdict = Pick<CaseResult, 'differences'> & Partial<CaseResult>;

/** Never rejects: a failure on the way is the result `error`. */
export async function runCase(operation: Operation, testCase: Case, context: RunContext): Promise<CaseResult> {
  const startedAtMs = context.sources.nowMs();
  const verdict = await verdictOf(operation, testCase, context);
  const { id, description, level, source } = testCase;
  return {
    suite: 'provider',
    id,
    description,
    operation,
    level,
    basis: basisOf(testCase, verdict),
    source,
    status: statusOf(testCase, verdict),
    durationMs: context.sources.nowMs() - startedAtMs,
    ...verdict,
  };
}

/** The basis of the case. If only effects with their own basis differ, the basis of the first. */
function basisOf({ basis }: Case, { differences: [first, ...others] }: Verdict): Basis {
  return others.every((one) => one.basis !== undefined) ? (first?.basis ?? basis) : basis;
}

function statusOf({ level }: Case, { differences }: Verdict): CaseResult['status'] {
  if (differences.length === 0 || level === 'MAY') return 'pass';
  return level === 'MUST' ? 'fail' : 'warn';
}

async function verdictOf(operation: Operation, testCase: Case, context: RunContext): Promise<Verdict> {
  let caseApp: CaseApp | undefined;
  let isKept = false;
  try {
    caseApp = await context.provider.open(operation, testCase);
    const verdict = await verdictIn({ ...context, operation, testCase, caseApp });
    isKept = verdict.kept !== undefined;
    return verdict;
  } catch (error) {
    return { differences: [], status: 'error', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    // A failed cleanup does not affect the result.
    if (!isKept) await caseApp?.end().catch(() => undefined);
  }
}

async function verdictIn(running: Running): Promise<Verdict> {
  const { testCase, caseApp, provider, operation } = running;
  const start: Progress = { issued: await caseApp.newToken(), msgId: undefined, answer: undefined };
  const before = await runSteps(running, testCase.before ?? [], start);
  if ('differences' in before) return before;
  const chargedBefore = testCase.then.charged === undefined ? undefined : await caseApp.control?.charged();
  const call = await sendCall(running, testCase.when ?? {}, before);
  const { request, answer, values, nowMs } = call;
  const { then } = testCase;
  const differences: readonly Difference[] = [
    ...answerDifferences({
      operation,
      then,
      values,
      sent: request.sent,
      answer,
      answerBefore: before.answer,
      nowMs,
      firstOnly: provider.isMock,
    }),
    ...(await chargedDifferences(operation, then, { control: caseApp.control, chargedBefore })),
    ...(await tokenDifferences(then, caseApp.tokenControl, before.issued?.token)),
    ...(await accessTokenDifferences(then, caseApp.control, answer.body)),
  ];
  return {
    differences,
    ...commonParts(running, call),
    ...(differences.length > 0 && (await failureParts(running, before, answer))),
    ...(differences.length > 0 && exchangeOf(running, call)),
  };
}

/** The parts that every result has, and the received code if the case accepts several from a carrier. */
function commonParts(running: Running, call: MadeCall): Partial<CaseResult> {
  const { testCase, caseApp, provider, operation } = running;
  const { answer } = call;
  const isChosen = codesOf(testCase.then).length > 1 && !provider.isMock;
  return {
    about: aboutOf(testCase.then, answer),
    ...(isChosen && {
      ...exchangeOf(running, call),
      seen: resultCodeIn(operation, parsedJson(answer.body)) ?? 'none',
    }),
    ...notChecked(testCase, caseApp, answer),
  };
}

function exchangeOf(
  { provider, operation }: Running,
  { request, answer }: MadeCall,
): Pick<CaseResult, 'curl' | 'answer'> {
  return { curl: curlOf(provider.baseUrl(operation), request.wire), answer: answer.body };
}

async function failureParts(running: Running, before: Progress, answer: WireAnswer): Promise<Partial<CaseResult>> {
  const { rule, ruleApplied } = aboutOf(running.testCase.then, answer);
  // A finding explains why a rule decided. If it was the expected rule, the finding would only repeat the case.
  const finding = rule === ruleApplied ? undefined : await findingOf(running.provider, answer);
  const kept = await keptAppOf(running, before, answer);
  return { ...(finding !== undefined && { finding }), ...(kept !== undefined && { kept }) };
}

/** The request has a new token, except if an earlier call of the case used the token. */
async function keptAppOf(running: Running, before: Progress, answer: WireAnswer): Promise<KeptApp | undefined> {
  const { provider, operation, testCase, caseApp } = running;
  const { keptAppsUrl: controlUrl } = provider;
  if (controlUrl === undefined) return undefined;
  const usesTokenBefore = (testCase.before ?? []).some((step) => 'call' in step);
  const issued = usesTokenBefore ? before.issued : await caseApp.newToken();
  const { request } = await prepareCall(running, testCase.when ?? {}, { ...before, issued });
  const curl = curlOf(provider.baseUrl(operation), request.wire);
  return keptApp({ controlUrl, appId: caseApp.values['appId'] ?? '', curl, answer });
}

function aboutOf({ decidedBy: rule }: Then, { headers }: WireAnswer): About {
  const ruleApplied = headers['x-mock-decided-by'];
  return { ...(rule !== undefined && { rule }), ...(ruleApplied !== undefined && { ruleApplied }) };
}

function notChecked({ then }: Case, { control }: CaseApp, { headers }: WireAnswer): Pick<CaseResult, 'notChecked'> {
  const effects = (['charged', 'tokenUsed'] as const).filter((name) => then[name] !== undefined);
  const names = [
    ...(control === undefined ? effects : []),
    ...(then.decidedBy !== undefined && headers['x-mock-decided-by'] === undefined ? ['decidedBy'] : []),
  ];
  return names.length === 0 ? {} : { notChecked: names };
}

/** The finding is optional: without one, the failure is reported without it. */
async function findingOf(provider: Provider, { headers }: WireAnswer): Promise<Finding | undefined> {
  const requestId = headers['x-mock-request-id'];
  if (requestId === undefined) return undefined;
  return provider.findingOf?.(requestId).catch(() => undefined);
}

async function runSteps(running: Running, steps: readonly Step[], start: Progress): Promise<Progress | Verdict> {
  let progress = start;
  for (const step of steps) {
    const next = await runStep(running, step, progress);
    if ('differences' in next) return next;
    progress = next;
  }
  return progress;
}

async function runStep(running: Running, step: Step, progress: Progress): Promise<Progress | Verdict> {
  const { control, newToken } = running.caseApp;
  if ('call' in step) return runCall(running, step, progress);
  if ('token' in step) return { ...progress, issued: await newToken() };
  if ('advance' in step) await control?.advance(step.advance);
  else await control?.change(step.change);
  return progress;
}

async function runCall(
  running: Running,
  { call, token, resultCode }: Extract<Step, { readonly call: unknown }>,
  progress: Progress,
): Promise<Progress | Verdict> {
  const { operation, provider } = running;
  const issued = token === 'new' ? await running.caseApp.newToken() : progress.issued;
  const { request, answer, msgId } = await sendCall(running, call, { ...progress, issued });
  const json = parsedJson(answer.body);
  const received = resultCodeIn(operation, json) ?? answer.body;
  if (received !== resultCode) {
    const difference = { about: EARLIER_CALL, expected: resultCode, received };
    const { ruleApplied } = aboutOf({ resultCode }, answer);
    return {
      differences: [difference],
      ...(ruleApplied !== undefined && { about: { ruleApplied } }),
      curl: curlOf(provider.baseUrl(operation), request.wire),
      answer: answer.body,
    };
  }
  return { ...progress, msgId, answer: json };
}

interface MadeCall {
  readonly request: BuiltRequest;
  readonly answer: WireAnswer;
  readonly values: Values;
  readonly msgId: string;
  readonly nowMs: number;
}

async function sendCall(running: Running, when: When, progress: Progress): Promise<MadeCall> {
  const call = await prepareCall(running, when, progress);
  const { provider, operation } = running;
  return { ...call, answer: await provider.subject(operation).send(call.request.wire) };
}

async function prepareCall(
  running: Running,
  when: When,
  { issued, msgId: before }: Progress,
): Promise<Omit<MadeCall, 'answer'>> {
  const { operation, testCase, caseApp, sources } = running;
  const nowMs = (usesAppClock(testCase, when) ? await caseApp.control?.nowMs() : undefined) ?? sources.nowMs();
  const msgId = when.msgId === 'as before' && before !== undefined ? before : sources.hex(MSG_ID_LENGTH);
  const values: Values = {
    ...caseApp.values,
    ...tokenValues(issued),
    msgId,
    time: beijingTime(nowMs + (when.timeOffset === undefined ? 0 : durationToMs(when.timeOffset))),
  };
  return {
    request: buildRequest({ operation, signing: signingOf(operation, testCase), values }, when),
    values,
    msgId,
    nowMs,
  };
}

/** Avoids a call of the control API: an app's clock equals the machine's until it is changed. */
function usesAppClock({ given, before = [], then }: Case, { timeOffset }: When): boolean {
  return (
    given?.app !== undefined ||
    given?.clock !== undefined ||
    timeOffset !== undefined ||
    then.timeWithin !== undefined ||
    before.some((step) => 'advance' in step)
  );
}

function tokenValues(issued: IssuedToken | undefined): Values {
  if (issued === undefined) return {};
  const { token, phoneNumber } = issued;
  return { token, phoneNumber, otherPhoneNumber: OTHER_PHONE_NUMBERS.find((other) => other !== phoneNumber) ?? '' };
}
