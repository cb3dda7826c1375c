/** Sends the requests of a case: its steps, then the judged request. */
import type { Operation } from '../index.js';
import { type BuiltRequest, buildRequest } from './build-request.js';
import type { CaseRequest, Step, When } from './case.js';
import type { IssuedToken } from './control.js';
import { answerFields } from './documents.js';
import type { CalibrationFormat } from './formats.js';
import { resultCodeIn } from './operations.js';
import type { Values } from './pointer.js';
import { type CaseApp, type Provider, signingModeOf } from './provider.js';
import { beijingTime, durationToMs } from './time.js';
import type { WireAnswer } from './wire.js';

/** The clock and the source of random values. */
export interface Sources {
  /** Epoch milliseconds. */
  nowMs(): number;
  /** Random hex digits in lower case; the length is even. */
  hex(length: number): string;
  wait(ms: number): Promise<void>;
}

export type RecordedAnswer = CalibrationFormat['answer'];

export interface RunContext {
  readonly provider: Provider;
  readonly sources: Sources;
  /** What a calibration recorded, by the id of the case. */
  readonly recorded?: Readonly<Record<string, RecordedAnswer>> | undefined;
  /** How the carrier wants phoneNum and `sign` with RSA at verify, if not as in the template. */
  readonly rsaEncoding?: 'hex' | undefined;
}

export interface Running extends RunContext {
  readonly operation: Operation;
  readonly testCase: CaseRequest;
  readonly caseApp: CaseApp;
}

/** The values that the next call needs from the earlier ones. */
export interface Progress {
  readonly issued: IssuedToken | undefined;
  readonly msgId: string | undefined;
  readonly answer: unknown;
}

const OTHER_PHONE_NUMBERS = ['13900139000', '13900139001'];
const MSG_ID_LENGTH = 32;

/** A call before the judged request got another code than the case expects. */
export interface OtherCode extends MadeCall {
  readonly expected: string;
  readonly received: string;
}

/** Runs the steps before the judged request. */
export async function runSteps(
  running: Running,
  steps: readonly Step[],
  start: Progress,
): Promise<Progress | OtherCode> {
  const { control, newToken } = running.caseApp;
  let progress = start;
  for (const step of steps) {
    if ('call' in step) {
      const next = await runStepCall(running, step, progress);
      if ('received' in next) return next;
      progress = next;
    } else if ('token' in step) progress = { ...progress, issued: await newToken() };
    else if ('advance' in step)
      await (control?.advance(step.advance) ?? running.sources.wait(durationToMs(step.advance)));
    else await control?.change(step.change);
  }
  return progress;
}

async function runStepCall(
  running: Running,
  { call, token, resultCode }: Extract<Step, { readonly call: unknown }>,
  progress: Progress,
): Promise<Progress | OtherCode> {
  const issued = token === 'new' ? await running.caseApp.newToken() : progress.issued;
  const made = await sendCall(running, call, { ...progress, issued });
  const json = answerFields(running.operation, made.answer);
  const received = resultCodeIn(running.operation, json) ?? made.answer.body;
  return received === resultCode
    ? { ...progress, msgId: made.msgId, answer: json }
    : { ...made, expected: resultCode, received };
}

export interface MadeCall {
  readonly request: BuiltRequest;
  readonly answer: WireAnswer;
  readonly values: Values;
  readonly msgId: string;
  /** The time of the call: by the app's clock if a control API has it. */
  readonly nowMs: number;
}

export async function sendCall(
  running: Running,
  when: When,
  progress: Progress,
): Promise<MadeCall> {
  const call = await prepareCall(running, when, progress);
  const { provider, operation } = running;
  return { ...call, answer: await provider.subject(operation).send(call.request.wire) };
}

/** The request, without sending it. */
export async function prepareCall(
  running: Running,
  when: When,
  { issued, msgId: before }: Progress,
): Promise<Omit<MadeCall, 'answer'>> {
  const { operation, testCase, caseApp, sources } = running;
  const nowMs =
    (usesAppClock(testCase, when) ? await caseApp.control?.nowMs() : undefined) ?? sources.nowMs();
  const msgId =
    when.msgId === 'as before' && before !== undefined ? before : sources.hex(MSG_ID_LENGTH);
  const values: Values = {
    ...caseApp.values,
    ...tokenValues(issued),
    ...msgIdValues(msgId),
    time: beijingTime(nowMs + (when.timeOffset === undefined ? 0 : durationToMs(when.timeOffset))),
  };
  return {
    request: buildRequest(
      {
        operation,
        signing: signingModeOf(operation, testCase),
        values,
        // An app with an interpretation of its own has that of the template.
        rsaEncoding:
          testCase.given?.app?.['readings'] === undefined ? running.rsaEncoding : undefined,
      },
      when,
    ),
    values,
    msgId,
    nowMs,
  };
}

/** Other forms of the msgid: each call has new ones, because a carrier may refuse one that it has seen. */
function msgIdValues(msgId: string): Values {
  const letters = msgId.toUpperCase();
  const uuid = `${letters.slice(0, 8)}-${msgId.slice(8, 12)}-${letters.slice(12, 16)}-${msgId.slice(16, 20)}-${msgId.slice(20)}`;
  return { msgId, msgIdInUpperCase: letters, uuid };
}

/** Avoids a call of the control API: an app's clock equals the machine's until it is changed. */
function usesAppClock({ given, before = [], then }: CaseRequest, { timeOffset }: When): boolean {
  return (
    given?.app !== undefined ||
    given?.clock !== undefined ||
    timeOffset !== undefined ||
    then?.timeWithin !== undefined ||
    before.some((step) => 'advance' in step)
  );
}

function tokenValues(issued: IssuedToken | undefined): Values {
  if (issued === undefined) return {};
  const { token, phoneNumber, userInformation = 'of-no-page' } = issued;
  const otherPhoneNumber = OTHER_PHONE_NUMBERS.find((other) => other !== phoneNumber) ?? '';
  return { token, phoneNumber, userInformation, otherPhoneNumber };
}
