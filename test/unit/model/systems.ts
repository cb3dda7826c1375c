/** The carrier behind one interface: its answer function over the memory store. */
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { appNowMs, setClock } from '../../../mock-server/carrier/apps/app-clock.js';
import { patchApp, resetApp } from '../../../mock-server/carrier/apps/apps.js';
import { mint } from '../../../mock-server/carrier/apps/mint.js';
import { compileApp } from '../../../mock-server/carrier/engine/app-settings.js';
import { callLimit } from '../../../mock-server/carrier/engine/quota.js';
import { isTokenLive } from '../../../mock-server/carrier/engine/state.js';
import { type AppRecord, ONLY } from '../../../mock-server/carrier/store/state-store.js';
import { addApp, credentialsOf, newCarrier } from '../../support/carrier.js';
import { PHONE_NUMBER } from '../../support/endpoints.js';
import { exchangeOf } from '../../support/engine.js';
import type { TestApp } from '../../support/mock.js';
import { loginRequest, verifyRequest } from '../../support/requests.js';
import {
  type Account,
  type AppName,
  CONFIGURED,
  type Operation,
  type Patch,
  type TokenStatus,
} from './carrier-model.js';

export interface CallInputs {
  readonly app: AppName;
  readonly operation: Operation;
  readonly token: string;
  readonly rightNumber: boolean;
}

export interface System {
  pass(ms: number): void;
  mint(app: AppName, capability: Operation, ageMs: number): Promise<string>;
  /** The body of the reply. */
  call(inputs: CallInputs): Promise<string>;
  status(app: AppName, token: string): Promise<TokenStatus>;
  account(app: AppName): Promise<Account>;
  setClock(app: AppName, to: { readonly atMs?: number; readonly frozen?: boolean }): Promise<void>;
  advance(app: AppName, ms: number): Promise<void>;
  patch(app: AppName, patch: Patch): Promise<void>;
  reset(app: AppName): Promise<void>;
}

const OTHER_NUMBER = '13800138001';

function requestOf(app: TestApp, { operation, token, rightNumber }: CallInputs) {
  const phoneNumber = rightNumber ? PHONE_NUMBER : OTHER_NUMBER;
  return operation === 'loginTokenValidate'
    ? loginRequest(app, token)
    : verifyRequest(app, { token, phoneNumber });
}

export async function directSystem(nowMs: number): Promise<System> {
  const { carrier, clock } = newCarrier({ nowMs });
  const { store } = carrier;
  const answer = createAnswer(carrier);
  const records = { a: await addApp(carrier, CONFIGURED), b: await addApp(carrier, CONFIGURED) };
  const idOf = (app: AppName) => records[app].settings.appId;
  const clockOf = async (app: AppName) => store.get(idOf(app), 'clock', ONLY);
  const nowOf = async (app: AppName) => appNowMs((await clockOf(app))?.value, clock.nowMs);
  const recordOf = async (app: AppName): Promise<AppRecord> =>
    (await store.get(idOf(app), 'app', ONLY))?.value ?? records[app];
  const changeClock: System['setClock'] = async (app, to) => {
    const entry = await clockOf(app);
    const value = setClock(entry?.value, { ...to, realNowMs: clock.nowMs });
    const expectedRevision = entry?.revision ?? 0;
    await store.commit(idOf(app), [
      { kind: 'put', collection: 'clock', id: ONLY, expectedRevision, value },
    ]);
  };

  return {
    pass: (ms) => {
      clock.nowMs += ms;
    },
    mint: async (app, capability, ageMs) => {
      const minted = await mint(carrier, await recordOf(app), {
        phoneNumber: PHONE_NUMBER,
        capability,
        ageMs,
      });
      return minted === 'exists' ? '' : (minted[0]?.token ?? '');
    },
    call: async (inputs) => {
      const body = requestOf(credentialsOf(records[inputs.app], carrier), inputs);
      return (await answer(exchangeOf(inputs.operation, body)))?.body ?? '';
    },
    status: async (app, token) => {
      const entry = await store.get(idOf(app), 'token', token);
      if (entry === undefined) return 'unknown';
      if (entry.value.usedBy !== undefined) return 'used';
      return isTokenLive(entry.value.record, await nowOf(app)) ? 'live' : 'expired';
    },
    account: async (app) => {
      const { settings, packageNumber } = await recordOf(app);
      const { counters } = await store.readPartition(idOf(app), {
        token: undefined,
        msgId: undefined,
      });
      const limited = callLimit('tokenValidate', {
        settings: compileApp(settings).settings,
        packageNumber,
        nowMs: await nowOf(app),
      });
      const { appended: charged } = await store.log(idOf(app), 'ledger');
      if (limited === undefined || limited.limit === null) return { charged, remaining: null };
      return {
        charged,
        remaining: Math.max(0, limited.limit - (counters.get(limited.counter) ?? 0)),
      };
    },
    setClock: changeClock,
    advance: async (app, ms) => changeClock(app, { atMs: (await nowOf(app)) + ms }),
    patch: async (app, patch) => void (await patchApp(carrier, idOf(app), patch)),
    reset: async (app) => void (await resetApp(carrier, idOf(app))),
  };
}
