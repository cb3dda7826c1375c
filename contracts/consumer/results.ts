/** Scenarios and checks of what was sent, as the results that every report takes. */
import type { Operation } from '../index.js';
import { findingsOf } from '../provider/control.js';
import { keptOf } from '../provider/kept.js';
import type { ControlCall } from '../provider/subject.js';
import { curlOf } from '../report/curl-command.js';
import type { CaseResult, Finding } from '../results/result.js';
import type { Evidence } from './evidence.js';
import { type Judging, judgedScenario, statusOf } from './judge-scenario.js';
import { isPassedOn } from './recorder.js';
import type { Ran } from './run-scenario.js';
import type { Saver } from './save.js';
import type { Scenario, SentRow } from './scenario.js';
import type { Problem, Verdict } from './sent/check.js';
import { commandWrote } from './words.js';

export interface Reporting extends Judging {
  readonly mock: { readonly url: string; readonly control: ControlCall };
  /** Undefined: nothing is saved. */
  readonly saver: Saver | undefined;
  /** Where the control API is, if what failed scenarios made is to be kept. */
  readonly keptAt?: string;
}

/** An answer may be several megabytes. */
const ANSWER_LENGTH_MAX = 4000;
/** The end of what a command writes tells most: a stack trace, a last line of a log. */
const OUTPUT_LENGTH_MAX = 4000;

export async function scenarioResult(
  ran: Ran,
  { durationMs, reporting }: { readonly durationMs: number; readonly reporting: Reporting },
): Promise<CaseResult> {
  const { differences, symptoms } = judgedScenario(ran, reporting);
  const start = { ...startOf(ran.operation, ran.scenario), durationMs };
  if (differences.length === 0) {
    if (reporting.saver?.all === true) reporting.saver.save(ran);
    return { ...start, status: 'pass', differences };
  }
  const [first] = ran.sent;
  const { output } = ran.ended;
  return {
    ...start,
    status: statusOf(ran.scenario, differences),
    differences,
    about: { symptoms },
    ...(output !== '' && { reason: commandWrote(output.slice(-OUTPUT_LENGTH_MAX).trim())[reporting.lang] }),
    ...(first !== undefined && requestTold(first, reporting)),
    ...filesTold(ran, reporting),
    ...(await explained(ran, reporting)),
  };
}

/** What the mock says of the request explains a yes that did not come; of any other failure, that a call was made again. */
function explained({ sent, scenario }: Ran, reporting: Reporting): Promise<Pick<CaseResult, 'finding'>> {
  if (scenario.then.believed === true) return findingTold(sent[0], reporting, () => true);
  return findingTold(sent.at(-1), reporting, ({ id }) => id === 'client.retry');
}

export async function sentResult(
  operation: Operation,
  row: SentRow,
  {
    verdict,
    findings,
    ranOf,
    reporting,
  }: {
    readonly verdict: Verdict<Evidence>;
    readonly findings: readonly string[];
    readonly ranOf: (scenario: Scenario) => Ran | undefined;
    readonly reporting: Reporting;
  },
): Promise<CaseResult> {
  const start = { ...startOf(operation, row), durationMs: 0 };
  if (verdict === 'kept') return { ...start, status: 'pass', differences: [] };
  if ('why' in verdict) return { ...start, status: 'skip', differences: [], reason: verdict.why[reporting.lang] };
  const [first] = verdict.offences;
  if (first === undefined) throw new TypeError(`${row.id} is not kept, and no request is why`);
  const { evidence, earlier, problems } = first;
  const scenarios = [earlier, evidence].flatMap((one) => (one === undefined ? [] : [one.scenario.id]));
  const saysWhy = ({ id }: Finding) => findings.some((beginning) => id.startsWith(beginning));
  return {
    ...start,
    status: statusOf(row, problems),
    differences: problems.map((problem) => differenceOf(problem, reporting)),
    about: { check: row.id.split('/').at(-1) ?? row.id, scenarios },
    ...requestTold(evidence, reporting),
    ...filesTold(ranOf(evidence.scenario), reporting),
    ...(await findingTold(evidence, reporting, saysWhy)),
  };
}

export function startOf(
  operation: Operation,
  { id, description, level, basis, source }: SentRow,
): Pick<CaseResult, 'suite' | 'id' | 'description' | 'operation' | 'level' | 'basis' | 'source'> {
  return { suite: 'consumer', id, description, operation, level, basis, source };
}

function differenceOf({ about, expected, received }: Problem, { lang }: Reporting) {
  return { about, expected: expected[lang], received: received[lang] };
}

/** The request as a command for the mock, since the recorder is gone; and what it was answered, where that came whole. */
function requestTold(
  { request, answer, scenario, values, carrier }: Evidence,
  { mock, keptAt: controlUrl }: Reporting,
): Pick<CaseResult, 'curl' | 'kept' | 'answer'> {
  const came = scenario.answer.recorder?.ending === undefined;
  const curl = curlOf(mock.url, { ...request, headers: request.headers.filter(isPassedOn) });
  const { appId = '' } = values;
  return {
    curl,
    ...(controlUrl !== undefined && { kept: keptOf({ controlUrl, appId, curl, answer: carrier }) }),
    ...(came && answer !== undefined && { answer: answer.body.toString('utf8', 0, ANSWER_LENGTH_MAX) }),
  };
}

/** The files with the scenario's exchanges. */
function filesTold(ran: Ran | undefined, { saver }: Reporting): Pick<CaseResult, 'files'> {
  return saver === undefined || ran === undefined ? {} : { files: saver.save(ran) };
}

/** An explanation helps; where there is none the failure stands all the same. */
async function findingTold(
  evidence: Evidence | undefined,
  { mock, lang }: Reporting,
  fits: (finding: Finding) => boolean,
): Promise<Pick<CaseResult, 'finding'>> {
  const requestId = evidence?.carrier?.headers['x-mock-request-id'];
  if (requestId === undefined) return {};
  const findings = await findingsOf(mock.control, requestId, lang).catch(() => []);
  const finding = findings.find(fits);
  return finding === undefined ? {} : { finding };
}
