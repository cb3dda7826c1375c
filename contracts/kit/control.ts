/** The calls of the mock's control API that a case needs. */

import type { Bilingual, Words } from '../../src/text/bilingual.js';
import { parsedJson } from '../../src/text/shown-json.js';
import type { Operation } from '../index.js';
import keys from '../keys.json' with { type: 'json' };
import type { CaseRequest } from './case.js';
import { OPERATIONS } from './operations.js';
import { filledDeep, type Values, valueAt } from './pointer.js';
import type { Finding, KeptApp } from './result.js';
import { type ControlCall, ExchangeError, type Subject, type WireAnswer } from './wire.js';

type Fields = Readonly<Record<string, unknown>>;

export interface IssuedToken {
  readonly token: string;
  readonly phoneNumber: string;
  /** What the SDK of a page returned with the token. */
  readonly userInformation?: string;
}

export interface MadeApp {
  readonly appId: string;
  readonly appKey: string;
  readonly appSecret: string;
  readonly platformPublicKey: string;
  readonly readings?: Readonly<Record<string, string>>;
}

export type AppControl = ReturnType<typeof appControl>;

export async function makeApp(
  call: ControlCall,
  settings: Fields,
): Promise<{ app: MadeApp; control: AppControl }> {
  const app = (await call('POST', '/apps', settings)) as MadeApp;
  return { app, control: appControl(call, `/apps/${encodeURIComponent(app.appId)}`) };
}

const { $comment: _, ...KEYS } = keys;

/** Settings can contain names of keys in braces. */
function withKeys(settings: Fields): Fields {
  return filledDeep(settings, KEYS);
}

/** Creates an app with all operations and the kit's public keys. The values are its credentials and the kit's keys. */
export async function openApp(
  call: ControlCall,
  settings: Fields | undefined,
): Promise<{ values: Values; control: AppControl }> {
  const { appVerifyKey, appEncryptKey } = KEYS;
  const own = { capabilities: OPERATIONS, appVerifyKey, appEncryptKey, ...settings };
  const { app, control } = await makeApp(call, withKeys(own));
  const { appId, appKey, appSecret, platformPublicKey } = app;
  return { values: { ...KEYS, appId, appKey, appSecret, platformPublicKey }, control };
}

function appControl(call: ControlCall, path: string) {
  return {
    change: async (settings: Fields) => void (await call('PATCH', path, withKeys(settings))),
    /** The number of charged calls. */
    charged: async () => numberIn(await call('GET', `${path}/ledger?limit=1`), 'charged'),
    script: async (operation: Operation, script: string) =>
      void (await call('PUT', `${path}/outcomes/${operation}`, { script })),
    remove: async () => void (await call('DELETE', path)),
    ...tokensOf(call, path),
    ...clockOf(call, `${path}/clock`),
  };
}

function tokensOf(call: ControlCall, path: string) {
  return {
    mint: async (operation: Operation, settings: Fields = {}) =>
      (await call('POST', `${path}/tokens`, { capability: operation, ...settings })) as IssuedToken,
    isTokenUsed: async (token: string) => {
      const found = await call('GET', `${path}/tokens/${encodeURIComponent(token)}`);
      return valueAt(found, '/status') === 'used';
    },
    redeem: async (accessToken: string) => {
      try {
        await call('POST', `${path}/access-tokens/${encodeURIComponent(accessToken)}/redeem`);
        return 'granted';
      } catch (error) {
        // 409: it was redeemed before; 404: it is unknown or expired.
        if (error instanceof ControlRefusal && [409, 404].includes(error.status)) return 'refused';
        throw error;
      }
    },
  };
}

function clockOf(call: ControlCall, path: string) {
  return {
    stopClock: async (atMs?: number) =>
      void (await call('PUT', path, { frozen: true, ...(atMs !== undefined && { atMs }) })),
    advance: async (by: string) => void (await call('POST', `${path}/advance`, { by })),
    /** The time of the app's clock. */
    nowMs: async () => numberIn(await call('GET', path), 'nowMs'),
  };
}

function numberIn(answer: unknown, name: string): number {
  const value = valueAt(answer, `/${name}`);
  if (typeof value !== 'number')
    throw new ExchangeError({
      en: `the response of the control API has no number ${name}`,
      zh: `控制接口的响应里没有数字 ${name}`,
    });
  return value;
}

/** All findings of an explanation, the most informative first. */
export async function findingsOf(
  call: ControlCall,
  requestId: string,
  lang: string,
): Promise<readonly Finding[]> {
  const explanation = await call(
    'GET',
    `/requests/${encodeURIComponent(requestId)}/explanation?lang=${lang}`,
  );
  return (explanation as { readonly findings?: readonly Finding[] }).findings ?? [];
}

export class ControlRefusal extends ExchangeError {
  readonly status: number;

  constructor(status: number, reason: Words, call?: string) {
    super(reason, { call });
    this.status = status;
  }
}

export interface ControlPlace {
  readonly url: string;
  readonly controlToken?: string | undefined;
}

/** The control API of a mock, over HTTP or a subject in this process. */
export function controlOver(subject: Subject, { url, controlToken }: ControlPlace): ControlCall {
  const authorization =
    controlToken === undefined ? [] : [['authorization', `Bearer ${controlToken}`] as const];
  const headers = [['content-type', 'application/json'] as const, ...authorization];
  return async (method, path, body) => {
    const call = `${method} ${url}/_mock${path}`;
    const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
    const answer = await subject.send({ method, path: `/_mock${path}`, headers, body: bytes });
    if (answer.status >= 400) throw new ControlRefusal(answer.status, detailOf(answer), call);
    if (answer.body === '') return undefined;
    const json = parsedJson(answer.body);
    if (json === undefined) throw new ExchangeError(NO_JSON, { call });
    return json;
  };
}

const NO_JSON: Bilingual = {
  en: 'the response is not JSON, so this is not a mock of this project',
  zh: '响应不是 JSON，这里不是 cmpassport-mock',
};

function detailOf({ status, body }: WireAnswer): string {
  const json = parsedJson(body);
  const text = valueAt(json, '/detail') ?? valueAt(json, '/title') ?? '';
  return text === '' ? `HTTP ${status}` : `HTTP ${status}, ${text}`;
}

/** A request to verify needs a number, and this token has none. */
const PHONE_NUMBER = '13800138000';

/** Undefined if the case uses an issued token. */
export function textToken({ given }: CaseRequest): IssuedToken | undefined {
  const token = given?.token;
  return token !== undefined && 'text' in token
    ? { token: token.text, phoneNumber: PHONE_NUMBER }
    : undefined;
}

/**
 * The app of a failed case that `--keep` leaves in a mock.
 *
 * @param controlUrl The URL of the control API and console.
 * @param answer Undefined if no request reached the mock.
 */
export function keptApp(
  controlUrl: string,
  { appId, curl }: Pick<KeptApp, 'appId' | 'curl'>,
  answer: WireAnswer | undefined,
): KeptApp {
  const requestId = answer?.headers['x-mock-request-id'];
  if (requestId === undefined) return { appId, curl };
  const query = new URLSearchParams({ appId });
  return {
    appId,
    curl,
    requestId,
    console: `${controlUrl}/#/requests/${encodeURIComponent(requestId)}?${query}`,
  };
}
