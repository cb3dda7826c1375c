/** One case, run: what comes first, the request that is judged, its answer and its effects against what must follow. */
import type { Basis, Operation } from '../index.js';
import { curlOf } from '../report/curl-command.js';
import type { About, CaseResult, Difference, Finding, Kept } from '../results/result.js';
import type { Values } from '../sign/template.js';
import { beijingTime, durationToMs } from '../sign/time.js';
import { type BuiltRequest, buildRequest } from './build-request.js';
import type { Case, Step, Then, When } from './case.js';
import { answerDifferences, codesOf, parsedJson, resultCodeIn } from './check-answer.js';
import { accessTokenDifferences, chargedDifferences, tokenDifferences } from './check-effects.js';
import type { IssuedToken } from './control.js';
import { keptOf } from './kept.js';
import { signingOf } from './needs.js';
import type { WireAnswer } from './subject.js';
import type { Provider, World } from './world.js';

/** Time and chance, given by whoever runs the kit. */
export interface Sources {
  /** Epoch milliseconds. */
  nowMs(): number;
  /** Lower-case hex digits, an even number of them. */
  hex(length: number): string;
  wait(ms: number): Promise<void>;
}

export interface RunContext {
  readonly provider: Provider;
  readonly sources: Sources;
}

/** A case in the middle of its run. */
interface Running extends RunContext {
  readonly operation: Operation;
  readonly testCase: Case;
  readonly world: World;
}

/** What the calls so far leave for the next. */
interface Progress {
  readonly issued: IssuedToken | undefined;
  readonly msgId: string | undefined;
  readonly answer: unknown;
}

const OTHER_PHONE_NUMBERS = ['13900139000', '13900139001'];
const MSG_ID_LENGTH = 32;

type Verdict = Pick<CaseResult, 'differences'> & Partial<CaseResult>;

/** Never rejects: what goes wrong on the way is the result `error`. */
export async function runCase(operation: Operation, testCase: Case, context: RunContext): Promise<CaseResult> {
  const startedAtMs = context.sources.nowMs();
  const verdict = await judged(operation, testCase, context);
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

/** That of the case; where nothing but effects with a basis of their own differ, the first of theirs. */
function basisOf({ basis }: Case, { differences: [first, ...others] }: Verdict): Basis {
  return others.every((one) => one.basis !== undefined) ? (first?.basis ?? basis) : basis;
}

function statusOf({ level }: Case, { differences }: Verdict): CaseResult['status'] {
  if (differences.length === 0 || level === 'MAY') return 'pass';
  return level === 'MUST' ? 'fail' : 'warn';
}

async function judged(operation: Operation, testCase: Case, context: RunContext): Promise<Verdict> {
  let world: World | undefined;
  let isKept = false;
  try {
    world = await context.provider.open(operation, testCase);
    const verdict = await judgedIn({ ...context, operation, testCase, world });
    isKept = verdict.kept !== undefined;
    return verdict;
  } catch (error) {
    return { differences: [], status: 'error', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    // What is left of it says nothing of the subject.
    if (!isKept) await world?.end().catch(() => undefined);
  }
}

async function judgedIn(running: Running): Promise<Verdict> {
  const { testCase, world, provider, operation } = running;
  const start: Progress = { issued: await world.newToken(), msgId: undefined, answer: undefined };
  const before = await stepsDone(running, testCase.before ?? [], start);
  if ('differences' in before) return before;
  const chargedBefore = testCase.then.charged === undefined ? undefined : await world.control?.charged();
  const call = await made(running, testCase.when ?? {}, before);
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
    ...(await chargedDifferences(operation, then, { control: world.control, chargedBefore })),
    ...(await tokenDifferences(then, world.tokenControl, before.issued?.token)),
    ...(await accessTokenDifferences(then, world.control, answer.body)),
  ];
  return {
    differences,
    ...toldOf(running, call),
    ...(differences.length > 0 && (await troubleOf(running, before, answer))),
    ...(differences.length > 0 && exchangeOf(running, call)),
  };
}

/** What every case tells: what it is about, and of a carrier that may choose, the code that it chose. */
function toldOf(running: Running, call: MadeCall): Partial<CaseResult> {
  const { testCase, world, provider, operation } = running;
  const { answer } = call;
  const isChosen = codesOf(testCase.then).length > 1 && !provider.isMock;
  return {
    about: aboutOf(testCase.then, answer),
    ...(isChosen && {
      ...exchangeOf(running, call),
      seen: resultCodeIn(operation, parsedJson(answer.body)) ?? 'none',
    }),
    ...notChecked(testCase, world, answer),
  };
}

/** No report shows the exchange of a case that has nothing to tell. */
function exchangeOf(
  { provider, operation }: Running,
  { request, answer }: MadeCall,
): Pick<CaseResult, 'curl' | 'answer'> {
  return { curl: curlOf(provider.baseUrl(operation), request.wire), answer: answer.body };
}

async function troubleOf(running: Running, before: Progress, answer: WireAnswer): Promise<Partial<CaseResult>> {
  const { rule, ruleApplied } = aboutOf(running.testCase.then, answer);
  // It explains why a rule decided; where the right one did, it would only repeat the case.
  const finding = rule === ruleApplied ? undefined : await findingOf(running.provider, answer);
  const kept = await keptIn(running, before, answer);
  return { ...(finding !== undefined && { finding }), ...(kept !== undefined && { kept }) };
}

/** The request with a fresh token, unless it is about what became of the token in a call before. */
async function keptIn(running: Running, before: Progress, answer: WireAnswer): Promise<Kept | undefined> {
  const { provider, operation, testCase, world } = running;
  const { keptAt: controlUrl } = provider;
  if (controlUrl === undefined) return undefined;
  const usesTokenBefore = (testCase.before ?? []).some((step) => 'call' in step);
  const issued = usesTokenBefore ? before.issued : await world.newToken();
  const { request } = await prepared(running, testCase.when ?? {}, { ...before, issued });
  const curl = curlOf(provider.baseUrl(operation), request.wire);
  return keptOf({ controlUrl, appId: world.values['appId'] ?? '', curl, answer });
}

function aboutOf({ decidedBy: rule }: Then, { headers }: WireAnswer): About {
  const ruleApplied = headers['x-mock-decided-by'];
  return { ...(rule !== undefined && { rule }), ...(ruleApplied !== undefined && { ruleApplied }) };
}

function notChecked({ then }: Case, { control }: World, { headers }: WireAnswer): Pick<CaseResult, 'notChecked'> {
  const effects = (['charged', 'tokenUsed'] as const).filter((name) => then[name] !== undefined);
  const names = [
    ...(control === undefined ? effects : []),
    ...(then.decidedBy !== undefined && headers['x-mock-decided-by'] === undefined ? ['decidedBy'] : []),
  ];
  return names.length === 0 ? {} : { notChecked: names };
}

/** An explanation helps; where there is none the failure stands all the same. */
async function findingOf(provider: Provider, { headers }: WireAnswer): Promise<Finding | undefined> {
  const requestId = headers['x-mock-request-id'];
  if (requestId === undefined) return undefined;
  return provider.findingOf?.(requestId).catch(() => undefined);
}

async function stepsDone(running: Running, steps: readonly Step[], start: Progress): Promise<Progress | Verdict> {
  let progress = start;
  for (const step of steps) {
    const next = await stepDone(running, step, progress);
    if ('differences' in next) return next;
    progress = next;
  }
  return progress;
}

async function stepDone(running: Running, step: Step, progress: Progress): Promise<Progress | Verdict> {
  const { control, newToken } = running.world;
  if ('call' in step) return callDone(running, step, progress);
  if ('token' in step) return { ...progress, issued: await newToken() };
  if ('advance' in step) await control?.advance(step.advance);
  else await control?.change(step.change);
  return progress;
}

async function callDone(
  running: Running,
  { call, token, resultCode }: Extract<Step, { readonly call: unknown }>,
  progress: Progress,
): Promise<Progress | Verdict> {
  const { operation, provider } = running;
  const issued = token === 'new' ? await running.world.newToken() : progress.issued;
  const { request, answer, msgId } = await made(running, call, { ...progress, issued });
  const json = parsedJson(answer.body);
  const received = resultCodeIn(operation, json) ?? answer.body;
  if (received !== resultCode) {
    const difference = { about: 'resultCode of a call before', expected: resultCode, received };
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

async function made(running: Running, when: When, progress: Progress): Promise<MadeCall> {
  const call = await prepared(running, when, progress);
  const { provider, operation } = running;
  return { ...call, answer: await provider.subject(operation).send(call.request.wire) };
}

async function prepared(
  running: Running,
  when: When,
  { issued, msgId: before }: Progress,
): Promise<Omit<MadeCall, 'answer'>> {
  const { operation, testCase, world, sources } = running;
  const nowMs = (goesByAppClock(testCase, when) ? await world.control?.nowMs() : undefined) ?? sources.nowMs();
  const msgId = when.msgId === 'as before' && before !== undefined ? before : sources.hex(MSG_ID_LENGTH);
  const values: Values = {
    ...world.values,
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

/** Asked only where it can matter: an app's clock is the machine's until somebody moves it. */
function goesByAppClock({ given, before = [], then }: Case, { timeOffset }: When): boolean {
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
