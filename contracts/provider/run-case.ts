/** Runs one case: its steps, the judged request, and the comparison of the response and its effects with the expectations. */
import { parsedJson } from '../../src/text/shown-json.js';
import { wordsOf } from '../../src/text/usage-error.js';
import type { Operation } from '../index.js';
import { type Case, codesOf, type Simultaneous, type When } from '../kit/case.js';
import { keptApp } from '../kit/control.js';
import { answerFields } from '../kit/documents.js';
import { resultCodeIn } from '../kit/operations.js';
import { type CaseApp, signingModeOf } from '../kit/provider.js';
import { keyOf } from '../kit/reading-cases.js';
import {
  type About,
  type CaseResult,
  callCount,
  clauseOf,
  type Difference,
  EARLIER_CALL,
  EARLIER_CALL_NAME,
  type KeptApp,
  RACE,
  resultOf,
  type Verdict,
  weaker,
} from '../kit/result.js';
import {
  type MadeCall,
  type OtherCode,
  type Progress,
  prepareCall,
  type RecordedAnswer,
  type RunContext,
  type Running,
  runSteps,
  sendCall,
} from '../kit/send-case.js';
import { curlOf, ExchangeError, type WireAnswer } from '../kit/wire.js';
import { answerDifferences } from './check-answer.js';
import { effectDifferences } from './check-effects.js';
import { RECORDED_CLAUSE } from './response-clauses.js';

/** Never rejects: a failure on the way is the result `error`. */
export async function runCase(
  operation: Operation,
  testCase: Case,
  context: RunContext,
): Promise<CaseResult> {
  const startedAtMs = context.sources.nowMs();
  let caseApp: CaseApp | undefined;
  let verdict: Verdict;
  try {
    caseApp = await context.provider.open(operation, testCase);
    const running = { ...context, operation, testCase, caseApp };
    const { recorded } = context;
    const judged = await verdictIn(running);
    verdict = recorded === undefined ? judged : comparedWith(recorded, running, judged);
  } catch (error) {
    verdict = notJudged(error);
  }
  // A failed cleanup does not affect the result.
  if (verdict.kept === undefined) await caseApp?.end().catch(() => undefined);
  const durationMs = context.sources.nowMs() - startedAtMs;
  return resultOf('provider', operation, testCase, { durationMs, ...verdict });
}

/**
 * The differences that were not recorded, and whether the case gets the recorded code. The form of a response belongs to its
 * code, so that of a case that was not recorded is compared with the other ones of the code.
 */
function comparedWith(
  recorded: Readonly<Record<string, RecordedAnswer>>,
  { operation, testCase: { id } }: Pick<Judging, 'operation' | 'testCase'>,
  verdict: Verdict,
): Verdict {
  const { code, differences } = verdict;
  // The judged request was not sent.
  if (code === undefined) return verdict;
  const own = recorded[id];
  const alike = Object.entries(recorded).flatMap(([other, answer]) =>
    other.startsWith(`${operation}/`) && answer.code === code ? answer.differences : [],
  );
  const isSame = code === own?.code;
  const left = differences.filter((one) =>
    isOfCode(one) ? !isSame : ![...(own?.differences ?? []), ...alike].includes(keyOf(one)),
  );
  if (own === undefined || isSame || left.some(isOfCode))
    return { ...verdict, ...(own !== undefined && { seen: undefined }), differences: left };
  const expected = { en: `${own.code} (recorded)`, zh: `${own.code}（记录）` };
  const changed = { rule: 'code', at: 'resultCode', expected, received: code } as const;
  return { ...verdict, differences: [...left, { ...changed, clause: RECORDED_CLAUSE }] };
}

function isOfCode({ rule }: Difference): boolean {
  return rule === 'code' || rule === 'refusal-code';
}

function notJudged(error: unknown): Verdict {
  const callReason = error instanceof ExchangeError ? error.reason : undefined;
  return { differences: [], status: 'error', reason: wordsOf(error), callReason };
}

/** A case, whose expectations are known. */
interface Judging extends Running {
  readonly testCase: Case;
}

interface JudgedCall {
  /** The token of the call. */
  readonly token: string | undefined;
  /** The call that the report shows. */
  readonly call: MadeCall;
  readonly differences: readonly Difference[];
}

async function verdictIn(running: Judging): Promise<Verdict> {
  const { testCase, caseApp } = running;
  const start: Progress = { issued: await caseApp.newToken(), msgId: undefined, answer: undefined };
  const before = await runSteps(running, testCase.before ?? [], start);
  if ('received' in before) return otherCodeVerdict(running, before);
  const chargedBefore =
    testCase.then.charged === undefined ? undefined : await caseApp.control?.charged();
  const raced = await runJudged(running, before);
  const effects = await effectDifferences({
    ...caseApp,
    operation: running.operation,
    testCase,
    chargedBefore,
    token: raced.token,
    answer: raced.call.answer,
  });
  const judged = { ...raced, differences: [...raced.differences, ...effects] };
  return judgedVerdict(running, before, judged);
}

function runJudged(running: Judging, before: Progress): Promise<JudgedCall> {
  const { simultaneous, when = {}, forms } = running.testCase;
  if (simultaneous !== undefined) return runRace(running, simultaneous, before);
  return forms === undefined ? runCall(running, when, before) : runForms(running, forms, before);
}

/** Sends one form after the other, until one meets the case's own expectations. Without any, the first is reported. */
async function runForms(
  running: Judging,
  [first = {}, ...others]: readonly When[],
  before: Progress,
): Promise<JudgedCall> {
  const judged = await runCall(running, first, before);
  if (isMet(judged)) return judged;
  for (const form of others) {
    const issued = await running.caseApp.newToken();
    const other = await runCall(running, form, { ...before, issued });
    if (isMet(other)) return other;
  }
  return judged;
}

/** What every response has, such as its fields, has evidence of its own. */
function isMet({ differences }: JudgedCall): boolean {
  return differences.every(({ clause }) => clause !== undefined);
}

async function judgedVerdict(
  running: Judging,
  before: Progress,
  { call, differences }: JudgedCall,
): Promise<Verdict> {
  const { testCase, caseApp, provider, operation } = running;
  const { answer } = call;
  const code = resultCodeIn(operation, answerFields(operation, answer));
  const isFailed = differences.length > 0;
  // Several codes are accepted from a carrier, so the received one is reported.
  const isOpen = codesOf(testCase.then).length > 1 && !provider.isMock;
  const failure = isFailed ? await failureParts(running, before, answer) : {};
  return {
    differences,
    code: code ?? `http-${answer.status}`,
    about: aboutOf(running, answer),
    ...((isOpen || isFailed) && exchangeOf(running, call)),
    ...(isOpen && { seen: code ?? 'none' }),
    ...notChecked(testCase, caseApp, answer),
    ...failure,
  };
}

async function runCall(running: Judging, when: When, before: Progress): Promise<JudgedCall> {
  const { operation, testCase, provider } = running;
  const call = await sendCall(running, when, before);
  const differences = answerDifferences({
    ...call,
    operation,
    testCase,
    answerBefore: before.answer,
    firstOnly: provider.isMock,
  });
  return { token: before.issued?.token, call, differences };
}

function exchangeOf({ provider, operation }: Running, { request, answer }: MadeCall) {
  return { curl: curlOf(provider.baseUrl(operation), request.wire), answer: answer.body };
}

async function failureParts(
  running: Judging,
  before: Progress,
  answer: WireAnswer,
): Promise<Partial<CaseResult>> {
  const { provider } = running;
  const { rule, ruleApplied } = aboutOf(running, answer);
  const requestId = answer.headers['x-mock-request-id'];
  // A finding explains why a rule decided. If it was the expected rule, the finding would only repeat the case.
  const isExplained = requestId !== undefined && rule !== ruleApplied;
  return {
    // Without a finding, the failure is reported without it.
    finding: isExplained ? await provider.findingOf?.(requestId).catch(() => undefined) : undefined,
    kept: await keptAppOf(running, before, answer),
  };
}

/** The request has a new token, except if an earlier call of the case used the token. */
async function keptAppOf(
  running: Running,
  before: Progress,
  answer: WireAnswer,
): Promise<KeptApp | undefined> {
  const { provider, operation, testCase, caseApp } = running;
  const { keptAppsUrl: controlUrl } = provider;
  if (controlUrl === undefined) return undefined;
  const usesTokenBefore = (testCase.before ?? []).some((step) => 'call' in step);
  const issued = usesTokenBefore ? before.issued : await caseApp.newToken();
  const [when = testCase.when ?? {}] = testCase.forms ?? [];
  const { request } = await prepareCall(running, when, { ...before, issued });
  const curl = curlOf(provider.baseUrl(operation), request.wire);
  return keptApp(controlUrl, { appId: caseApp.values['appId'] ?? '', curl }, answer);
}

function aboutOf({ operation, testCase }: Judging, { headers }: WireAnswer): About {
  return {
    rule: testCase.then.decidedBy,
    ruleApplied: headers['x-mock-decided-by'],
    signing: signingModeOf(operation, testCase),
  };
}

function notChecked(
  { then }: Case,
  { control }: CaseApp,
  { headers }: WireAnswer,
): Pick<CaseResult, 'notChecked'> {
  const effects = (['charged', 'tokenUsed'] as const).filter((name) => then[name] !== undefined);
  const names = [
    ...(control === undefined ? effects : []),
    ...(then.decidedBy !== undefined && headers['x-mock-decided-by'] === undefined
      ? (['decidedBy'] as const)
      : []),
  ];
  return names.length === 0 ? {} : { notChecked: names };
}

function otherCodeVerdict(running: Judging, call: OtherCode): Verdict {
  const { expected, received, answer } = call;
  const { testCase } = running;
  const clause = weaker(testCase, clauseOf('inferred', testCase.source));
  return {
    // A precondition of the case.
    differences: [
      {
        rule: 'earlier-code',
        at: EARLIER_CALL,
        name: EARLIER_CALL_NAME,
        expected,
        received,
        clause,
      },
    ],
    about: { ...aboutOf(running, answer), rule: undefined },
    ...exchangeOf(running, call),
  };
}

// Simultaneous calls: with one token exactly one succeeds, and with a quota as many as it allows. The document, 2.

async function runRace(
  race: Judging,
  simultaneous: Simultaneous,
  before: Progress,
): Promise<JudgedCall> {
  const { operation, testCase } = race;
  const [first, ...others] = await raceCalls(race, simultaneous, before);
  const calls = [first, ...others];
  const { succeed } = simultaneous;
  const isSuccess = ({ answer }: MadeCall) =>
    resultCodeIn(operation, parsedJson(answer.body)) === succeed.resultCode;
  const successes = calls.filter(isSuccess);
  const surplus = successes[succeed.calls];
  return {
    token: before.issued?.token,
    call: surplus ?? calls.find((call) => !isSuccess(call)) ?? first,
    differences: [
      ...countDifference(testCase, simultaneous, successes.length),
      ...calls.flatMap((call) => callDifferences(race, simultaneous, call)),
    ],
  };
}

/** Prepares all calls, then sends them at once. */
async function raceCalls(
  race: Judging,
  { calls, token }: Simultaneous,
  before: Progress,
): Promise<readonly [MadeCall, ...MadeCall[]]> {
  const prepared = (issued: Progress['issued']) =>
    prepareCall(race, race.testCase.when ?? {}, { ...before, issued });
  const first = await prepared(before.issued);
  const others: (typeof first)[] = [];
  while (others.length < calls - 1)
    others.push(await prepared(token === 'new' ? await race.caseApp.newToken() : before.issued));
  const subject = race.provider.subject(race.operation);
  const sent = async (call: typeof first) => {
    const answer = await subject.send(call.request.wire);
    return { ...call, answer };
  };
  return Promise.all([sent(first), ...others.map(sent)]);
}

/** The document forbids a second success. It does not require that a call succeeds if another uses the same token. */
function countDifference(
  testCase: Case,
  { succeed }: Simultaneous,
  count: number,
): readonly Difference[] {
  if (count === succeed.calls) return [];
  return [
    {
      rule: 'count',
      at: RACE,
      name: {
        en: `simultaneous calls with ${succeed.resultCode}`,
        zh: `同时调用中得到 ${succeed.resultCode} 的`,
      },
      expected: callCount(succeed.calls),
      received: callCount(count),
      ...(count < succeed.calls && { clause: unstated(testCase) }),
    },
  ];
}

function callDifferences(
  race: Judging,
  { succeed }: Simultaneous,
  call: MadeCall,
): readonly Difference[] {
  const { operation, testCase } = race;
  const then = { resultCode: [...codesOf(testCase.then), succeed.resultCode] };
  const differences = answerDifferences({
    ...call,
    operation,
    testCase: { ...testCase, then },
    answerBefore: undefined,
    firstOnly: false,
  });
  // A carrier may have another refusal for calls that are in each other's way.
  return differences.map((difference) => ({ clause: unstated(testCase), ...difference }));
}

function unstated(testCase: Case) {
  return weaker(testCase, clauseOf('assumed', testCase.source));
}
