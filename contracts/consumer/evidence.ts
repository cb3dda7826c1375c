/** What is known of a request that was sent. */
import type { Operation } from '../index.js';
import type { Signing } from '../provider/case.js';
import type { WireRequest } from '../provider/subject.js';
import { valueAt } from '../sign/pointer.js';
import type { Values } from '../sign/template.js';
import type { Recorded } from './recorder.js';
import type { Scenario } from './scenario.js';

/** A request that was sent, with all that it is judged by; what is undefined is not known of it. */
export interface Sent {
  readonly operation: Operation;
  readonly request: Partial<WireRequest> & Pick<WireRequest, 'body'>;
  /** Whether all of it came. */
  readonly whole: boolean;
  /** Whether it followed the recorder's redirect. */
  readonly followed: boolean;
  readonly atMs: number | undefined;
  /** The body's JSON object; undefined where it is none. */
  readonly fields: unknown;
  /** Credentials, token and number by the names that recipes use. */
  readonly values: Values;
  /** By which rule a mock decided it. */
  readonly decidedBy: string | undefined;
  /** How many calls of the scenario were charged. */
  readonly charged: number | undefined;
}

/** One that came to the recorder, in a scenario. */
export interface Evidence extends Recorded, Sent {
  readonly request: WireRequest;
  readonly atMs: number;
  readonly scenario: Scenario;
}

export interface Fields {
  readonly msgId: string;
  readonly time: string;
  readonly appId: string;
  readonly token: string;
  readonly sign: string;
}

/** Where each operation's requests have what both have. */
export const FIELDS: Readonly<Record<Operation, Fields>> = {
  loginTokenValidate: { msgId: '/msgid', time: '/systemtime', appId: '/appid', token: '/token', sign: '/sign' },
  tokenValidate: {
    msgId: '/header/msgId',
    time: '/header/timestamp',
    appId: '/header/appId',
    token: '/body/token',
    sign: '/body/sign',
  },
};

export function field({ operation, fields }: Pick<Sent, 'operation' | 'fields'>, name: keyof Fields): unknown {
  return valueAt(fields, FIELDS[operation][name]);
}

const MASKED_TOKEN = /^STsid…[0-9A-Za-z]{0,4}$/;

/** Whether it is a token as reports and saved exchanges mask it, of which nothing can be made. */
export function isMasked(value: unknown): boolean {
  return typeof value === 'string' && MASKED_TOKEN.test(value);
}

/** As the request says that it is signed: exactly "RSA" at login, keyType 1 at verify; anything else is the other way. */
export function signingOf({ operation, fields }: Pick<Sent, 'operation' | 'fields'>): Signing {
  if (operation === 'loginTokenValidate') return valueAt(fields, '/encryptionalgorithm') === 'RSA' ? 'rsa' : 'md5';
  return String(valueAt(fields, '/body/keyType')) === '1' ? 'rsa' : 'hmac';
}

/** The object; undefined for what is not UTF-8, not JSON, or no object. Standard JSON has no BOM. */
export function fieldsIn(body: Buffer): unknown {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
