/** Turns scenarios and checks of sent requests into results for the reports. */

import type { Bilingual, Language, Words } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import type { Row } from '../kit/case.js';
import type { Scenario } from '../kit/case-files.js';
import { findingsOf, keptApp } from '../kit/control.js';
import {
  type Again,
  type CaseResult,
  type Difference,
  type Finding,
  resultOf,
  type Symptom,
} from '../kit/result.js';
import { type ControlCall, curlOf } from '../kit/wire.js';
import { type RequestsVerdict, sentResult } from '../sent/check.js';
import { bilingual, overdue, TEXTS } from '../sent/words.js';
import { isPassedOn } from './recorder.js';
import type { Evidence, Ran } from './run-scenario.js';
import type { Saver } from './save.js';

export interface Reporting {
  /** The exit status of a handled refusal; by default any status except 0. */
  readonly handledStatus?: number | undefined;
  /** The language of findings. */
  readonly lang: Language;
  readonly mock: { readonly url: string; readonly control: ControlCall };
  /** Undefined: nothing is saved. */
  readonly saver: Saver | undefined;
  /** The URL of the control API, if the apps of failed scenarios are kept. */
  readonly keptAppsUrl?: string;
}

/** A response can have several megabytes. */
const ANSWER_LENGTH_MAX = 4000;
/** The end of the output is the most useful part: a stack trace, the last line of a log. */
const REPORTED_OUTPUT_LENGTH_MAX = 4000;

export async function scenarioResult(
  ran: Ran,
  durationMs: number,
  reporting: Reporting,
): Promise<CaseResult> {
  const { differences, symptoms } = judgeScenario(ran, reporting);
  const { operation, scenario } = ran;
  const verdict = { durationMs, differences };
  if (differences.length === 0) {
    if (reporting.saver?.all === true) reporting.saver.save(ran);
    return resultOf('consumer', operation, scenario, verdict);
  }
  const [first] = ran.sent;
  const end = ran.ended.output.slice(-REPORTED_OUTPUT_LENGTH_MAX).trim();
  return resultOf('consumer', operation, scenario, {
    ...verdict,
    about: {
      symptoms,
      again: symptoms.includes('called-again') ? againOf(ran.sent.slice(-2)) : undefined,
    },
    reason:
      end === '' ? undefined : bilingual(`output of the command: ${end}`, `命令的输出：${end}`),
    ...(first !== undefined && requestParts(first, reporting)),
    files: reporting.saver?.save(ran),
    // For a failure where no success was expected, only the finding that a call was repeated.
    finding: await (scenario.then.believed === true
      ? findingOf(first, reporting, () => true)
      : findingOf(ran.sent.at(-1), reporting, ({ id }) => id === 'client.retry')),
  });
}

export interface JudgedRequests {
  readonly operation: Operation;
  readonly row: Row;
  readonly verdict: RequestsVerdict<Evidence>;
  readonly findings: readonly string[];
  readonly ranOf: (scenario: Scenario) => Ran | undefined;
}

export function checkResult(judged: JudgedRequests, reporting: Reporting): Promise<CaseResult> {
  const { operation, row, verdict, findings, ranOf } = judged;
  return sentResult(
    { suite: 'consumer', operation, row },
    verdict,
    async ({ evidence, earlier }) => {
      const scenarios = [earlier, evidence].flatMap((one) =>
        one === undefined ? [] : [one.scenario.id],
      );
      const ran = ranOf(evidence.scenario);
      return {
        about: {
          check: row.id.split('/').at(-1) ?? row.id,
          scenarios,
          again: earlier?.scenario === evidence.scenario ? againOf([earlier, evidence]) : undefined,
        },
        ...requestParts(evidence, reporting),
        files: ran && reporting.saver?.save(ran),
        finding: await findingOf(evidence, reporting, ({ id }) =>
          findings.some((prefix) => id.startsWith(prefix)),
        ),
      };
    },
  );
}

/** The request as a command for the mock, because the recorder has stopped, and the response, if it was sent completely. */
function requestParts(
  { request, answer, scenario, values, carrier }: Evidence,
  { mock, keptAppsUrl: controlUrl }: Reporting,
): Pick<CaseResult, 'curl' | 'kept' | 'answer'> {
  const isComplete = scenario.answer.recorder?.ending === undefined;
  const curl = curlOf(mock.url, { ...request, headers: request.headers.filter(isPassedOn) });
  const { appId = '' } = values;
  return {
    curl,
    kept: controlUrl === undefined ? undefined : keptApp(controlUrl, { appId, curl }, carrier),
    answer: isComplete ? answer?.body.toString('utf8', 0, ANSWER_LENGTH_MAX) : undefined,
  };
}

/** The finding is optional: without one, the failure is reported without it. */
async function findingOf(
  evidence: Evidence | undefined,
  { mock, lang }: Reporting,
  isRelevant: (finding: Finding) => boolean,
): Promise<Finding | undefined> {
  const requestId = evidence?.carrier?.headers['x-mock-request-id'];
  if (requestId === undefined) return undefined;
  return (await findingsOf(mock.control, requestId, lang).catch(() => [])).find(isRelevant);
}

/** HttpURLConnection of the JDK sends a POST again, unchanged, if the connection was reset. */
const JDK_USER_AGENT = /^Java\//;

function againOf([first, again]: readonly Evidence[]): Again | undefined {
  if (first === undefined || again === undefined) return undefined;
  if (again.followed) return 'redirect';
  const { headers, body } = again.request;
  const isJdk = headers.some(
    ([name, value]) => name.toLowerCase() === 'user-agent' && JDK_USER_AGENT.test(value),
  );
  return isJdk && body.equals(first.request.body) ? 'library' : 'client';
}

// Judges a scenario: the end of the command, and the number of its calls.

type Mismatch = Difference & { readonly symptom: Symptom };

function mismatch(
  symptom: Symptom,
  name: Bilingual,
  values: Pick<Difference, 'expected' | 'received'>,
): Mismatch {
  return { symptom, rule: 'behaviour', at: name.en, name, ...values };
}

export function judgeScenario(ran: Ran, { handledStatus }: Pick<Reporting, 'handledStatus'>) {
  const mismatches = [...endProblems(ran, handledStatus), ...callProblems(ran)];
  return {
    differences: mismatches.map(({ symptom: _, ...difference }) => difference),
    symptoms: mismatches.map(({ symptom }) => symptom),
  };
}

function endProblems(
  { ended, scenario, limitMs }: Ran,
  handledStatus: number | undefined,
): readonly Mismatch[] {
  const endsOtherwise = (symptom: Symptom, received: Words) => [
    mismatch(symptom, TEXTS.end, { expected: TEXTS.byItself, received }),
  ];
  switch (ended.kind) {
    case 'exited':
      return statusProblems(ended.status, scenario, handledStatus);
    case 'killed':
      return endsOtherwise(
        'killed',
        bilingual(`killed by ${ended.signal}`, `被信号 ${ended.signal} 终止`),
      );
    case 'overdue':
      return endsOtherwise('overdue', overdue(limitMs));
    case 'not started':
      return endsOtherwise('killed', ended.why);
    default:
      return ended satisfies never;
  }
}

function statusProblems(
  status: number,
  { then: { believed } }: Scenario,
  handledStatus: number | undefined,
): readonly Mismatch[] {
  const isYes = status === 0;
  const received = String(status);
  const isCrash = handledStatus !== undefined && status !== handledStatus;
  if (believed === true) {
    const symptom = isCrash ? 'crashed' : 'not-believed';
    return isYes
      ? []
      : [mismatch(symptom, TEXTS.exitStatus, { expected: TEXTS.believed, received })];
  }
  if (isYes ? believed === undefined : !isCrash) return [];
  const expected =
    handledStatus === undefined
      ? TEXTS.anyOther
      : bilingual(`${handledStatus} (a handled refusal)`, `${handledStatus}（已妥善处理的失败）`);
  return [mismatch(isYes ? 'believed' : 'crashed', TEXTS.exitStatus, { expected, received })];
}

function callProblems({ sent, scenario: { then } }: Ran): readonly Mismatch[] {
  const { min, max } = then.calls;
  if (sent.length >= min && sent.length <= max) return [];
  const expected = min === max ? String(min) : bilingual(`${min} to ${max}`, `${min} 到 ${max}`);
  if (sent.length === 0)
    return [mismatch('no-call', TEXTS.calls, { expected, received: TEXTS.noCall })];
  const symptom = sent.length > max ? 'called-again' : 'called-too-seldom';
  return [mismatch(symptom, TEXTS.calls, { expected, received: String(sent.length) })];
}
