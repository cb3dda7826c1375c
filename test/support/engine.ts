/** Runs the engine without the shell on one request. The defaults of the app, the loaded state and the exchange are a success. */
import { type AppSettings, compileApp } from '../../mock-server/carrier/engine/app-settings.js';
import { decide } from '../../mock-server/carrier/engine/decide.js';
import type { Decision } from '../../mock-server/carrier/engine/decision.js';
import { callLimit } from '../../mock-server/carrier/engine/quota.js';
import type { CarrierRequest, Exchange } from '../../mock-server/carrier/engine/request.js';
import { parseDraft, toRequest } from '../../mock-server/carrier/engine/request.js';
import type { ForeignToken, State, TokenRecord } from '../../mock-server/carrier/engine/state.js';
import {
  byOperation,
  OPERATIONS,
  type Operation,
  operationRow,
  operationUnder,
} from '../../src/protocol/operations.js';
import type { Readings } from '../../src/protocol/readings.js';
import { privateKeyOf, TEST_KEYS } from './keys.js';
import {
  type EnvelopeChanges,
  type Fields,
  loginRequest,
  loginRsaRequest,
  verifyRequest,
  verifyRsaRequest,
} from './requests.js';

export const PATHS = {
  loginTokenValidate: '/unisdk/rsapi/loginTokenValidate',
  tokenValidate: '/openapi/rs/tokenValidate',
} as const;

/** 2026-11-25 09:36:20 in Beijing, 238 milliseconds after the requests were sent. */
export const NOW_MS = Date.UTC(2026, 10, 25, 1, 36, 20);
export const TODAY = '20261125';
/** When the requests were sent. */
export const SENT_AT_MS = NOW_MS - 238;
export const TOKEN = 'STsid0000001795570579000MOCKabc123wxyz0wABCDEFGHIJKLMNOP';
export const PHONE_NUMBER = '13800138000';
export const IP = '127.0.0.1';
export const QUOTA = 1000;

/** The first option of each reading. A copy, not from the code under test. */
export const DEFAULTS: Readings = {
  'login-md5-case': 'any',
  'verify-hex-case': 'upper',
  'content-type': 'any',
  'json-numbers': 'keyType',
  'json-null': 'refused',
  'system-time': 'digits',
  'msgid-replay': 'allowed',
  'refused-call-uses-token': 'no',
  'verify-quota-code': '103420',
  'daily-quota-counts': 'charged',
  'daily-quota-covers': 'both',
  'login-ip-check': 'strict-only',
  'login-error-desc': 'sent',
  'unknown-app-at-verify': '102',
  'other-apps-dead-token': '103133',
  'verify-rsa-encoding': 'base64',
  'verify-sign-key': 'appVerifyKey',
  'verify-key-size': 'any',
  'verify-params-encoding': 'any',
  'verify-echo': 'echoed',
  'refusal-task-id': 'sent',
  'verify-result-desc': 'words',
  'h5-sign-case': 'any',
  'h5-refusal-data': 'absent',
};

/** The whitelists of an app: the address of the tests where nothing else is given. */
export function listsOf(lists: Partial<AppSettings['ipWhitelist']>, others: string | null = IP) {
  return { ...byOperation(() => others), ...lists };
}

export const SETTINGS: AppSettings = {
  appId: '300000000001',
  appKey: '5A1E0C9B7D3F4826B1907E6C42D8AF35',
  appSecret: 'C7B2094E1F6D4A58803A95E7D2146BFC',
  signSecret: 'appSecret',
  appVerifyKey: TEST_KEYS.demoAppSign.publicKey,
  appEncryptKey: TEST_KEYS.demoAppDecrypt.publicKey,
  capabilities: OPERATIONS.map(({ operation }) => operation),
  ipWhitelist: listsOf({}),
  contracted: false,
  dailyQuota: QUOTA,
  callPackage: null,
  tokenTtlMs: 120_000,
  readings: DEFAULTS,
  lock: null,
  name: null,
};

/** A token that is one second old, for the called capability. */
export function tokenOf(capability: Operation, changes: Partial<TokenRecord> = {}): TokenRecord {
  return {
    phoneNumber: PHONE_NUMBER,
    capability,
    operator: 'mobile',
    issuedAtMs: NOW_MS - 1000,
    expiresAtMs: NOW_MS - 1000 + 120_000,
    usedBy: undefined,
    ...changes,
  };
}

/** The token of another app whose clock has the same time. */
export function foreignTokenOf(
  capability: Operation,
  changes: Partial<TokenRecord> = {},
): ForeignToken {
  return { appId: '300000000002', record: tokenOf(capability, changes), nowMs: NOW_MS };
}

export const USED = { usedBy: 'abc123-0123456789abcdef' } as const;
export const EXPIRED = { issuedAtMs: NOW_MS - 120_000, expiresAtMs: NOW_MS } as const;

/** The differences from a request that succeeds. */
export interface Scene {
  readonly settings?: Partial<AppSettings>;
  readonly readings?: Partial<Readings>;
  /** The presented token's record. */
  readonly token?: Partial<TokenRecord>;
  readonly state?: Partial<State>;
  readonly exchange?: Partial<Exchange>;
  readonly nowMs?: number;
}

export const UNKNOWN_APP: Scene = { state: { app: undefined, token: undefined } };

export interface Judged {
  readonly request: CarrierRequest;
  readonly state: State;
  readonly decision: Decision;
}

/** Serializes `body` as JSON. A string is sent unchanged. */
export function exchangeOf(
  operation: Operation,
  body: unknown,
  changes: Partial<Exchange> = {},
): Exchange {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const path = changes.path ?? operationRow(operation).path;
  return {
    row: operationUnder(path) ?? operationRow(operation),
    method: 'POST',
    path,
    rawHeaders: ['Content-Type', 'application/json'],
    body: text,
    bodyBytes: Buffer.byteLength(text),
    clientIp: IP,
    ...changes,
  };
}

/** Parses an exchange with these readings. */
export function requestOf(
  operation: Operation,
  body: unknown,
  { exchange, readings }: Pick<Scene, 'exchange' | 'readings'> = {},
): CarrierRequest {
  const draft = parseDraft(exchangeOf(operation, body, exchange));
  return toRequest(draft, { ...DEFAULTS, ...readings });
}

export function settingsOf({
  settings,
  readings,
}: Pick<Scene, 'settings' | 'readings'> = {}): AppSettings {
  return { ...SETTINGS, ...settings, readings: { ...DEFAULTS, ...readings } };
}

export function stateOf(operation: Operation, scene: Scene = {}): State {
  const settings = settingsOf(scene);
  return {
    storeUp: true,
    app: compileApp(settings),
    token: tokenOf(operation, scene.token),
    foreignToken: undefined,
    unmetByNumber: [],
    callLimit: callLimit(operation, { settings, packageNumber: 0, nowMs: scene.nowMs ?? NOW_MS }),
    callsUsed: 0,
    msgIdSeen: false,
    carrierReadings: { ...DEFAULTS, ...scene.readings },
    platformKey: privateKeyOf(TEST_KEYS.platform.privateKey),
    ...scene.state,
  };
}

/** Decides a request with this body in a scene. */
export function judge(operation: Operation, body: unknown, scene: Scene = {}): Judged {
  const request = requestOf(operation, body, scene);
  const state = stateOf(operation, scene);
  const { nowMs = NOW_MS, exchange = {} } = scene;
  return {
    request,
    state,
    decision: decide(request, state, { nowMs, clientIp: exchange.clientIp ?? IP }),
  };
}

/** login with MD5. The changes are signed. undefined removes a field. */
export function login(changes: Fields = {}, scene: Scene = {}): Decision {
  return judge('loginTokenValidate', loginBody(changes), scene).decision;
}

export function loginBody(changes: Fields = {}): Fields {
  return loginRequest(SETTINGS, TOKEN, changes);
}

/** login with SHA256withRSA. The changes are not signed. */
export function loginRsa(changes: Fields = {}, scene: Scene = {}): Decision {
  return judge('loginTokenValidate', loginRsaBody(changes), scene).decision;
}

export function loginRsaBody(changes: Fields = {}): Fields {
  return loginRsaRequest(SETTINGS.appId, TEST_KEYS.demoAppSign.privateKey, TOKEN, changes);
}

/** verify with keyType 0. The changes are signed. */
export function verify(changes: EnvelopeChanges = {}, scene: Scene = {}): Decision {
  return judge('tokenValidate', verifyBody(changes), scene).decision;
}

export function verifyBody(changes: EnvelopeChanges = {}, phoneNumber = PHONE_NUMBER) {
  return verifyRequest(SETTINGS, { token: TOKEN, phoneNumber }, changes);
}

/** verify with keyType 1. The changes are signed. */
export function verifyRsa(changes: EnvelopeChanges = {}, scene: Scene = {}): Decision {
  return judge('tokenValidate', verifyRsaBody(changes), scene).decision;
}

export function verifyRsaBody(
  changes: EnvelopeChanges = {},
  { phoneNumber = PHONE_NUMBER, signKey = TEST_KEYS.demoAppSign.privateKey } = {},
) {
  const keys = { signKey, platformPublicKey: TEST_KEYS.platform.publicKey, changes };
  return verifyRsaRequest(SETTINGS, { token: TOKEN, phoneNumber }, keys);
}

/** The code and the rule of a decision. */
export function verdict({ resultCode, decidedBy }: Decision): string {
  return `${resultCode} ${decidedBy}`;
}
