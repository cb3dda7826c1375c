/** The carrier and its control API with a clock that only the test moves, called without a socket or through supertest. */
import type { RequestListener } from 'node:http';
import supertest from 'supertest';
import { createAnswer } from '../../mock-server/carrier/answer.js';
import type { Carrier } from '../../mock-server/carrier/carrier.js';
import { createControlApi } from '../../mock-server/control-api/control-api.js';
import type { ControlOptions } from '../../mock-server/control-api/route.js';
import { carrierListener } from '../../mock-server/http/carrier-listener.js';
import type { ConfigurationInput } from '../../mock-server/options/settings.js';
import type { Language } from '../../src/text/bilingual.js';
import { configuredCarrier, NOON_MS } from './carrier.js';
import { type Api, directApi } from './direct-api.js';
import { LOGIN_PATH, type TestApp, VERIFY_PATH } from './mock.js';
import { type Fields, loginRequest, verifyRequest } from './requests.js';

export { NOON_MS };

/** Twelve hours after noon. */
export const MIDNIGHT_MS = Date.UTC(2026, 10, 25, 16);
export const DEMO_APP_ID = '300000000001';
export const PHONE_NUMBER = '13800138000';

export interface BenchOptions {
  readonly configuration?: ConfigurationInput;
  readonly controlToken?: string;
  readonly caPem?: string;
  /** The server's language; by default English. */
  readonly language?: Language;
}

export interface Bench {
  readonly api: Api;
  readonly carrier: Carrier;
  /** The real time. Each app's clock is relative to it. */
  readonly clock: { nowMs: number };
}

export function controlOf(
  carrier: Carrier,
  options: Partial<ControlOptions> = {},
): RequestListener {
  const { listener } = createControlApi(carrier, {
    controlToken: undefined,
    caPem: undefined,
    ...options,
  });
  return listener();
}

/** Without a socket. */
export async function controlBench(options: BenchOptions = {}): Promise<Bench> {
  const { controlToken, caPem, configuration, language } = options;
  const { carrier, clock } = await configuredCarrier(configuration, language);
  return { carrier, clock, api: directApi(carrier, { controlToken, caPem }) };
}

/** Over HTTP. */
export async function socketBench({
  controlToken,
  caPem,
  configuration,
  language,
}: BenchOptions = {}) {
  const { carrier, clock } = await configuredCarrier(configuration, language);
  const others = controlOf(carrier, { controlToken, caPem });
  return { carrier, clock, api: supertest(carrierListener(createAnswer(carrier), { others })) };
}

export async function createApp({ api }: Bench, settings: object = {}): Promise<TestApp> {
  const { body } = await api.post('/_mock/apps').send(settings).expect(201);
  return body;
}

export async function mint(
  { api }: Bench,
  { appId }: Pick<TestApp, 'appId'>,
  input: object = {},
): Promise<string> {
  const { body } = await api.post(`/_mock/apps/${appId}/tokens`).send(input).expect(201);
  return body.token;
}

export interface Exchanged {
  readonly resultCode: string;
  readonly requestId: string;
  /** The response of login, or the body in the response of verify. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read fields that differ by response
  readonly answer: any;
}

/** login with a given token. */
export async function exchange(
  { api }: Bench,
  app: TestApp,
  token: string,
  changes: Fields = {},
): Promise<Exchanged> {
  const { body, headers } = await api
    .post(LOGIN_PATH)
    .send(loginRequest(app, token, changes))
    .expect(200);
  return {
    resultCode: body.resultCode,
    requestId: headers['x-mock-request-id'] ?? '',
    answer: body,
  };
}

/** login with a fresh token. */
export async function charge(bench: Bench, app: TestApp): Promise<Exchanged> {
  return exchange(bench, app, await mint(bench, app));
}

/** verify with a fresh token of PHONE_NUMBER. */
export async function verifyNumber(
  bench: Bench,
  app: TestApp,
  phoneNumber = PHONE_NUMBER,
): Promise<Exchanged> {
  const token = await mint(bench, app, { capability: 'tokenValidate' });
  const { body, headers } = await bench.api
    .post(VERIFY_PATH)
    .send(verifyRequest(app, { token, phoneNumber }));
  return {
    resultCode: body.header.resultCode,
    requestId: headers['x-mock-request-id'] ?? '',
    answer: body.body,
  };
}
