/** Checks before the first case that the address is a mock or a carrier. If not, the kit prints one sentence and runs nothing. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { parsedJson } from '../../src/text/shown-json.js';
import { UsageError } from '../../src/text/usage-error.js';
import { AMBIGUITIES, type Operation } from '../index.js';
import { buildRequest } from '../kit/build-request.js';
import { ControlRefusal, makeApp } from '../kit/control.js';
import { FACTS, OPERATIONS, schemeOf } from '../kit/operations.js';
import { type Values, valueAt } from '../kit/pointer.js';
import { answerFound, foundIn, sentenceOf, type Trouble } from '../kit/reach.js';
import type { SuiteReading } from '../kit/result.js';
import type { Sources } from '../kit/send-case.js';
import { beijingTime } from '../kit/time.js';
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
    const place = `${at} ${url}`;
    const must = `${place} must be a running mock of this project`;
    throw new UsageError(sentenceOf({ must, ...troubleOf(error, place) }));
  }
}

function troubleOf(error: unknown, place: string): Omit<Trouble, 'must'> {
  if (!(error instanceof ExchangeError) || error.code !== undefined)
    return { found: notReached(place, error), remedy: START_IT };
  if (error instanceof ControlRefusal && error.status === UNAUTHORIZED) {
    const locked = {
      en: 'a control API that requires its control token',
      zh: `${place} 的控制接口需要正确的令牌`,
    };
    return { found: locked, remedy: GIVE_TOKEN };
  }
  const found = foundIn(error);
  const noControl = {
    en: `no control API (${found.en})`,
    zh: `${place} 没有控制接口（${found.zh}）`,
  };
  return { found: noControl, remedy: OTHER_CARRIER };
}

function notReached(place: string, error: unknown): Bilingual {
  const { en, zh } = foundIn(error);
  const isConnected = error instanceof ExchangeError && error.code === undefined;
  return { en, zh: isConnected ? `${place} 的响应不可用：${zh}` : `连不上 ${place}：${zh}` };
}

const START_IT: Bilingual = {
  en: 'Start one with "cmpassport-mock --port 10086", or correct the address.',
  zh: '请先运行 cmpassport-mock --port 10086，或改正地址。',
};
const GIVE_TOKEN: Bilingual = {
  en: 'Set the mock’s token with --control-token or CMPASSPORT_CONTROL_TOKEN.',
  zh: '请用 --control-token 或 CMPASSPORT_CONTROL_TOKEN 给出模拟服务的令牌。',
};
const OTHER_CARRIER: Bilingual = {
  en: 'Use the address of a mock (and --control-url if its control API has a separate port), or describe another carrier with --profile.',
  zh: '请改成模拟服务的地址（控制接口单独用端口时，再加 --control-url）；检验网关、桩服务等请写 profile，用 --profile 指定。',
};

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
  const must = `${at} must be the address of a carrier, without the document’s path`;
  const values = {
    ...credentials,
    token: TOKEN,
    phoneNumber: PHONE_NUMBER,
    msgId: sources.hex(MSG_ID_LENGTH),
    time: beijingTime(sources.nowMs()),
  };
  const { wire } = buildRequest({ operation, signing: schemeOf(operation).signing, values });
  const answer = await subject.send(wire).catch((error: unknown) => {
    const { en, zh } = notReached(`${at} ${url}`, error);
    throw new UsageError(
      sentenceOf({ must, found: { en: `at ${url} ${en}`, zh }, remedy: START_OR_CORRECT }),
    );
  });
  const json = parsedJson(answer.body);
  if (OPERATIONS.some((each) => valueAt(json, FACTS[each].response.resultCode) !== undefined))
    return;
  const { en, zh } = answerFound(answer);
  const found = {
    en: `at ${url} ${en} to ${operation}`,
    zh: `${at} ${url} 不是移动认证平台的接口：${operation} 的${zh}`,
  };
  throw new UsageError(sentenceOf({ must, found, remedy: NO_CODE }));
}

const START_OR_CORRECT: Bilingual = {
  en: 'Start the carrier, or correct the address.',
  zh: '请先启动它，或改正地址。',
};
const NO_CODE: Bilingual = {
  en: 'A carrier responds with JSON that has a resultCode: correct the address.',
  zh: '响应应为带 resultCode 的 JSON：请改正地址，地址不含文档规定的路径。',
};
