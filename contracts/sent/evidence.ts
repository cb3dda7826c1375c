/** A sent request, and the values that its checks need. */

import type { Recorded } from '../consumer/recorder.js';
import type { Operation } from '../index.js';
import type { Signing } from '../kit/case.js';
import { valueAt } from '../kit/pointer.js';
import type { Values } from '../kit/template.js';
import type { WireRequest } from '../kit/wire.js';
import type { Scenario } from './scenario.js';

/** A sent request. Undefined members are unknown. */
export interface Sent {
  readonly operation: Operation;
  readonly request: Partial<WireRequest> & Pick<WireRequest, 'body'>;
  /** Whether the complete request arrived. */
  readonly whole: boolean;
  /** Whether it followed the recorder's redirect. */
  readonly followed: boolean;
  readonly atMs: number | undefined;
  /** The JSON object of the body; undefined if the body is not one. */
  readonly fields: unknown;
  /** Credentials, token and number, by their names in recipes. */
  readonly values: Values;
  /** The rule that decided the request, if a mock reports it. */
  readonly decidedBy: string | undefined;
  /** The number of charged calls in the scenario. */
  readonly charged: number | undefined;
}

/** A request that the recorder received in a scenario. */
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

/** The JSON Pointers of the fields that the requests of both operations have. */
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

/** Whether the value is a token masked by a report or a saved exchange. It cannot be checked. */
export function isMasked(value: unknown): boolean {
  return typeof value === 'string' && MASKED_TOKEN.test(value);
}

/** The signing mode that the request names: RSA for exactly "RSA" at login and keyType 1 at verify, else the other mode. */
export function signingOf({ operation, fields }: Pick<Sent, 'operation' | 'fields'>): Signing {
  if (operation === 'loginTokenValidate') return valueAt(fields, '/encryptionalgorithm') === 'RSA' ? 'rsa' : 'md5';
  return String(valueAt(fields, '/body/keyType')) === '1' ? 'rsa' : 'hmac';
}

/** The JSON object of a body; undefined if the body is not UTF-8, JSON and an object. Standard JSON has no BOM. */
export function fieldsIn(body: Buffer): unknown {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
