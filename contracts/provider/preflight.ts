/** Checks before the first case that the address is a mock or a carrier. If not, the kit prints one sentence and runs nothing. */

import { parsedJson } from '../../src/text/shown-json.js';
import type { UsageError } from '../../src/text/usage-error.js';
import { AMBIGUITIES, type Operation } from '../index.js';
import { buildRequest } from '../kit/build-request.js';
import { ControlRefusal, makeApp } from '../kit/control.js';
import { FACTS, OPERATIONS, schemeOf } from '../kit/operations.js';
import { type Values, valueAt } from '../kit/pointer.js';
import { answerFound, foundIn } from '../kit/reach.js';
import type { SuiteReading } from '../kit/result.js';
import type { Sources } from '../kit/send-case.js';
import { beijingTime } from '../kit/time.js';
import { usage } from '../kit/usage.js';
import { type ControlCall, ExchangeError, type Subject } from '../kit/wire.js';

export interface MockToReach {
  /** The flag with the address. */
  readonly at: string;
  readonly url: string;
  readonly control: ControlCall;
}

const UNAUTHORIZED = 401;

/** Creates and removes an app. Returns the mock's readings that differ from those that the cases assume. */
export async function reachMock({
  at,
  url,
  control,
}: MockToReach): Promise<readonly SuiteReading[]> {
  try {
    const { app, control: own } = await makeApp(control, {});
    if (typeof app?.appId !== 'string') throw new ControlRefusal(200, 'no app');
    await own.remove();
    return AMBIGUITIES.flatMap(({ id, default: usual }) => {
      const option = app.readings?.[id] ?? usual;
      return option === usual ? [] : [{ id, option }];
    });
  } catch (error) {
    throw mockError(error, `${at} ${url}`);
  }
}

function mockError(error: unknown, place: string): UsageError {
  const reason = foundIn(error);
  if (!isConnected(error)) return usage('mock.not-reached', { place, reason });
  return error instanceof ControlRefusal && error.status === UNAUTHORIZED
    ? usage('mock.locked', { place })
    : usage('mock.no-control-api', { place, reason });
}

/** A server responds, but its response cannot be used. */
function isConnected(error: unknown): boolean {
  return error instanceof ExchangeError && error.code === undefined;
}

/** A token that was never issued: the call cannot be charged. */
const TOKEN = 'STsid0000001551151128045PreflightOfTheContractKit0VDFWyM';
const PHONE_NUMBER = '13800138000';
const MSG_ID_LENGTH = 32;

export interface CarrierToReach {
  /** The source of the address: a flag, or a field of the profile. */
  readonly at: string;
  readonly url: string;
  readonly operation: Operation;
  readonly subject: Subject;
  readonly credentials: Values;
  readonly sources: Sources;
}

/** Sends one request to the operation's address. A response with any result code is a carrier's. */
export async function reachCarrier(carrier: CarrierToReach): Promise<void> {
  const { at, url, operation, subject, credentials, sources } = carrier;
  const values = {
    ...credentials,
    token: TOKEN,
    phoneNumber: PHONE_NUMBER,
    msgId: sources.hex(MSG_ID_LENGTH),
    time: beijingTime(sources.nowMs()),
  };
  const { wire } = buildRequest({ operation, signing: schemeOf(operation).signing, values });
  const answer = await subject.send(wire).catch((error: unknown) => {
    const id = isConnected(error) ? 'provider.no-response' : 'provider.not-reached';
    throw usage(id, { at, url, reason: foundIn(error) });
  });
  const json = parsedJson(answer.body);
  if (OPERATIONS.some((each) => valueAt(json, FACTS[each].response.resultCode) !== undefined))
    return;
  throw usage('provider.no-code', { at, url, operation, response: answerFound(answer) });
}
