/** A request as the recorder of the consumer suite passes it to the checks. */

import type { Evidence } from '../../../contracts/consumer/run-scenario.js';
import type { Operation } from '../../../contracts/index.js';
import keys from '../../../contracts/keys.json' with { type: 'json' };
import { buildRequest } from '../../../contracts/kit/build-request.js';
import type { Signing, When } from '../../../contracts/kit/case.js';
import { requestFields } from '../../../contracts/kit/documents.js';
import { schemeOf } from '../../../contracts/kit/operations.js';
import { beijingTime } from '../../../contracts/kit/time.js';
import { scenarioFile } from '../../full/consumer/clients.js';

const { $comment: _, ...OWN_KEYS } = keys;
export const KEYS = OWN_KEYS;
export const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
export const VALUES = {
  ...KEYS,
  appId: '300011223344',
  appKey: 'app-key-of-the-app',
  appSecret: 'app-secret-of-the-app',
  platformPublicKey: KEYS.appEncryptKey,
  token: 'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ',
  phoneNumber: '13800138000',
};

export interface Sending {
  readonly operation?: Operation;
  readonly signing?: Signing;
  readonly when?: When;
  readonly msgId?: string;
  readonly token?: string;
  readonly timeMs?: number;
  readonly changes?: Partial<Evidence>;
}

/** A valid request with these changes. */
export function sent({
  operation = 'loginTokenValidate',
  when = {},
  msgId = '8ADFF305C7FCB3E1B1AECC130792FBD0',
  ...rest
}: Sending = {}): Evidence {
  const { signing = schemeOf(operation).signing, timeMs = NOW_MS, changes = {} } = rest;
  const given = { ...VALUES, token: rest.token ?? VALUES.token };
  const values = { ...given, msgId, time: beijingTime(timeMs) };
  const { wire } = buildRequest({ operation, signing, values }, when);
  const [scenario] = scenarioFile(operation).scenarios;
  if (scenario === undefined) throw new Error('no scenario');
  return {
    request: wire,
    whole: true,
    atMs: NOW_MS,
    followed: false,
    carrier: undefined,
    answer: undefined,
    operation,
    scenario,
    values: given,
    decidedBy: undefined,
    charged: 1,
    fields: requestFields(operation, wire),
    ...changes,
  };
}
