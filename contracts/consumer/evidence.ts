/** A request that was sent, with all that it is judged by. */
import type { Operation } from '../index.js';
import type { Signing } from '../provider/case.js';
import { valueAt } from '../sign/pointer.js';
import type { Recorded } from './recorder.js';
import type { Scenario } from './scenario.js';
import type { ScenarioWorld } from './world.js';

export interface Evidence extends Recorded {
  readonly operation: Operation;
  readonly scenario: Scenario;
  readonly world: ScenarioWorld;
  /** How many calls of the scenario were charged. */
  readonly charged: number;
  /** The body's JSON object; undefined where it is none. */
  readonly fields: unknown;
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

export function field({ operation, fields }: Pick<Evidence, 'operation' | 'fields'>, name: keyof Fields): unknown {
  return valueAt(fields, FIELDS[operation][name]);
}

/** As the request says that it is signed: exactly "RSA" at login, keyType 1 at verify; anything else is the other way. */
export function signingOf({ operation, fields }: Pick<Evidence, 'operation' | 'fields'>): Signing {
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
