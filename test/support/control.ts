/** The carrier and its control API with a clock that only the test moves, called without a socket or through supertest. */
import type { RequestListener } from 'node:http';
import supertest from 'supertest';
import { createAnswer } from '../../mock-server/carrier/answer.js';
import { applyConfiguredApps } from '../../mock-server/carrier/apps/configured-apps.js';
import type { Carrier } from '../../mock-server/carrier/carrier.js';
import { ENGINE } from '../../mock-server/carrier/engine/engine.js';
import { createRandom } from '../../mock-server/carrier/sources.js';
import { createMemoryStore } from '../../mock-server/carrier/store/memory.js';
import { type ConfigurationInput, toConfiguration } from '../../mock-server/cli/config.js';
import { createControlApi } from '../../mock-server/control-api/control-api.js';
import { controlListener } from '../../mock-server/control-api/control-listener.js';
import type { ControlOptions } from '../../mock-server/control-api/route.js';
import { carrierListener } from '../../mock-server/http/carrier-listener.js';
import { silentLog } from '../../mock-server/telemetry/log.js';
import { createTallies } from '../../mock-server/telemetry/metrics/tallies.js';
import { type Api, directApi } from './direct-api.js';
import { LOGIN_PATH, type TestApp, VERIFY_PATH } from './mock.js';
import { type Fields, loginRequest, verifyRequest } from './requests.js';

/** 2026-11-25 12:00:00 in Beijing. */
export const NOON_MS = Date.UTC(2026, 10, 25, 4);
/** Twelve hours after noon. */
export const MIDNIGHT_MS = Date.UTC(2026, 10, 25, 16);
export const DEMO_APP_ID = '300000000001';
export const PHONE_NUMBER = '13800138000';

export interface BenchOptions {
  readonly configuration?: ConfigurationInput;
  readonly controlToken?: string;
  readonly caPem?: string;
}

export interface Bench {
  readonly api: Api;
  readonly carrier: Carrier;
  /** The real time. Each app's clock is relative to it. */
  readonly clock: { nowMs: number };
}

export function controlOf(carrier: Carrier, options: Partial<ControlOptions> = {}): RequestListener {
  return controlListener(createControlApi(carrier, { controlToken: undefined, caPem: undefined, ...options }));
}

/** Without a socket. */
export async function controlBench({ controlToken, caPem, ...options }: BenchOptions = {}): Promise<Bench> {
  const { carrier, clock } = await carrierOf(options);
  return { carrier, clock, api: directApi(carrier, { controlToken, caPem }) };
}

/** Over HTTP. */
export async function socketBench({ controlToken, caPem, ...options }: BenchOptions = {}) {
  const { carrier, clock } = await carrierOf(options);
  const control = controlOf(carrier, { controlToken, caPem });
  const answerCarrier = carrierListener(createAnswer(carrier));
  const listener: RequestListener = (req, res) => answerCarrier(req, res, () => control(req, res));
  return { carrier, clock, api: supertest(listener) };
}

async function carrierOf({ configuration = {} }: Pick<BenchOptions, 'configuration'>): Promise<Omit<Bench, 'api'>> {
  const { limits, settings } = toConfiguration(configuration, '127.0.0.1');
  const clock = { nowMs: NOON_MS };
  const carrier: Carrier = {
    engine: ENGINE,
    store: createMemoryStore(limits),
    clock: { nowMs: () => clock.nowMs, elapsedMs: () => 0 },
    random: createRandom('control'),
    log: silentLog,
    tallies: createTallies(),
    settings,
  };
  await applyConfiguredApps(carrier);
  return { carrier, clock };
}

export async function createApp({ api }: Bench, settings: object = {}): Promise<TestApp> {
  const { body } = await api.post('/_mock/apps').send(settings).expect(201);
  return body;
}

export async function mint({ api }: Bench, { appId }: Pick<TestApp, 'appId'>, input: object = {}): Promise<string> {
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
export async function exchange({ api }: Bench, app: TestApp, token: string, changes: Fields = {}): Promise<Exchanged> {
  const { body, headers } = await api
    .post(LOGIN_PATH)
    .send(loginRequest(app, token, changes))
    .expect(200);
  return { resultCode: body.resultCode, requestId: headers['x-mock-request-id'] ?? '', answer: body };
}

/** login with a fresh token. */
export async function charge(bench: Bench, app: TestApp): Promise<Exchanged> {
  return exchange(bench, app, await mint(bench, app));
}

/** verify with a fresh token of PHONE_NUMBER. */
export async function verifyNumber(bench: Bench, app: TestApp, phoneNumber = PHONE_NUMBER): Promise<Exchanged> {
  const token = await mint(bench, app, { capability: 'tokenValidate' });
  const { body, headers } = await bench.api.post(VERIFY_PATH).send(verifyRequest(app, { token, phoneNumber }));
  return { resultCode: body.header.resultCode, requestId: headers['x-mock-request-id'] ?? '', answer: body.body };
}
