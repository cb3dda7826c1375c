/** Implements MockApp with calls of the control API. */
import type { App, AppSubscribers, MintedTokens, Snapshots } from './api.js';
import type { AppCalls } from './app-calls.js';
import { assertCalled, assertCharged, assertScriptUsedUp, countCalls } from './assertions.js';
import { isNotFound } from './errors.js';
import { openEvents } from './events.js';
import { explainRequest } from './explain-request.js';
import type { KnownApp, MockApp, Snapshot } from './mock-app.js';
import { listRequests } from './request-list.js';
import { pathOf, type Transport } from './transport.js';

// If the runtime has no such symbol, for example in Jest's sandbox, compiled `await using` looks up this one.
const ASYNC_DISPOSE: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');

/** @param removable - dispose removes the app. */
export function createMockApp(
  transport: Transport,
  app: KnownApp,
  { removable }: { removable: boolean },
): MockApp {
  const { appId, appSignPrivateKey, appDecryptPrivateKey } = app;
  const own: AppCalls['own'] = (method, parts = [], rest = {}) =>
    transport.call({ method, path: pathOf('apps', appId, ...parts), ...rest });
  const calls: AppCalls = { transport, appId, own };
  const settings = knownSettings(app);
  const dispose = async () => {
    if (removable) await own<void>('DELETE').catch(ignoreNotFound);
  };
  return {
    appId,
    appSignPrivateKey,
    appDecryptPrivateKey,
    get appKey() {
      return settings.app.appKey;
    },
    get appSecret() {
      return settings.app.appSecret;
    },
    get platformPublicKey() {
      return settings.app.platformPublicKey;
    },
    get controlToken() {
      return settings.controlToken;
    },
    get settings() {
      return settings.app;
    },
    ...settingsCalls(calls, settings),
    ...tokenCalls(calls),
    ...clockCalls(calls),
    ...scriptCalls(calls),
    ...requestCalls(calls),
    ...snapshotCalls(calls),
    dispose,
    [ASYNC_DISPOSE]: dispose,
  };
}

function ignoreNotFound(error: unknown): void {
  if (!isNotFound(error)) throw error;
}

function tokenCalls({ own }: AppCalls) {
  return {
    mint: (body = {}) => own('POST', ['tokens'], { body }),
    mintMany: async (count, options = {}) =>
      (await own<MintedTokens>('POST', ['tokens'], { body: { ...options, count } })).tokens,
    token: (token) => own('GET', ['tokens', token]),
    accessToken: (accessToken) => own('GET', ['access-tokens', accessToken]),
    redeem: (accessToken) => own('POST', ['access-tokens', accessToken, 'redeem']),
    signedRequest: (body) => own('POST', ['signed-requests'], { body }),
  } satisfies Partial<MockApp>;
}

function clockCalls({ own }: AppCalls) {
  const setClock: MockApp['setClock'] = (body) => own('PUT', ['clock'], { body });
  return {
    clock: () => own('GET', ['clock']),
    setClock,
    advance: (by) => own('POST', ['clock', 'advance'], { body: { by } }),
    freeze: (atMs) => setClock({ frozen: true, ...(atMs !== undefined && { atMs }) }),
    unfreeze: () => setClock({ frozen: false }),
  } satisfies Partial<MockApp>;
}

function scriptCalls({ own }: AppCalls) {
  return {
    script: (operation, script) => own('PUT', ['outcomes', operation], { body: { script } }),
    outcomes: (operation) => own('GET', ['outcomes', operation]),
    clearScript: (operation) => own('DELETE', ['outcomes', operation]),
    scriptNumber: (phoneNumber, outcomes) =>
      own('PUT', ['subscribers', phoneNumber], { body: { outcomes } }),
    numberOutcomes: (phoneNumber) => own('GET', ['subscribers', phoneNumber]),
    scriptedNumbers: async () => (await own<AppSubscribers>('GET', ['subscribers'])).subscribers,
    clearNumber: (phoneNumber) => own('DELETE', ['subscribers', phoneNumber]),
  } satisfies Partial<MockApp>;
}

function requestCalls(calls: AppCalls) {
  const { transport, appId, own } = calls;
  return {
    requests: (filter = {}) => listRequests(transport, { ...filter, appId }),
    count: (filter = {}) => countCalls(calls, filter),
    explain: (requestId, language) => explainRequest(transport, { requestId, language }),
    events: () => openEvents(transport, appId),
    forget: (filter = {}) =>
      transport.call({ method: 'DELETE', path: '/requests', query: { ...filter, appId } }),
    ledger: ({ limit } = {}) => own('GET', ['ledger'], { query: { limit } }),
    assertCalledOnce: (filter = {}) => assertCalled(calls, 1, filter),
    assertNeverCalled: (filter = {}) => assertCalled(calls, 0, filter),
    assertCalled: (times, filter = {}) => assertCalled(calls, times, filter),
    assertCharged: (times) => assertCharged(calls, times),
    assertScriptUsedUp: (operation) => assertScriptUsedUp(calls, operation),
  } satisfies Partial<MockApp>;
}

function snapshotCalls({ own }: AppCalls) {
  const saved = (id: string): Snapshot => ({
    id,
    restore: () => own('POST', ['snapshots', id, 'restore']),
  });
  return {
    snapshot: async () => saved((await own<{ id: string }>('POST', ['snapshots'])).id),
    snapshots: async () => {
      const { snapshots } = await own<Snapshots>('GET', ['snapshots']);
      return snapshots.map(({ id, atMs }) => ({ ...saved(id), atMs }));
    },
  } satisfies Partial<MockApp>;
}

/** The settings as of the last call. */
interface KnownSettings {
  app: App;
  controlToken: string | undefined;
}

function knownSettings(initial: KnownApp): KnownSettings {
  const { appSignPrivateKey: _, appDecryptPrivateKey: __, controlToken, ...app } = initial;
  return { app, controlToken };
}

function settingsCalls({ own, transport }: AppCalls, known: KnownSettings) {
  const read = async () => {
    known.app = await own<App>('GET');
    return known.app;
  };
  return {
    read,
    update: async (body) => {
      known.app = await own<App>('PATCH', [], { body });
      if (body.controlToken !== undefined) {
        known.controlToken = body.controlToken ?? undefined;
        transport.setAppToken(known.controlToken);
      }
      return known.app;
    },
    reset: async () => {
      await own('POST', ['reset']);
      await read();
    },
  } satisfies Partial<MockApp>;
}
