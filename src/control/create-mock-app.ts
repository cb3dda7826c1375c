/** Implements MockApp with calls of the control API. */
import type { App, AppSubscribers, Explanation, MintedTokens, Snapshots } from './api.js';
import { assertCalled, assertCharged, assertScriptUsedUp, countCalls } from './assertions.js';
import { isNotFound } from './errors.js';
import { openEvents } from './events.js';
import type { KnownApp, MockApp, Snapshot } from './mock-app.js';
import { listRequests } from './request-list.js';
import { type Call, pathOf, type Transport } from './transport.js';

// If the runtime has no such symbol, for example in Jest's sandbox, compiled `await using` looks up this one.
const ASYNC_DISPOSE: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');

interface AppCalls {
  readonly transport: Transport;
  readonly appId: string;
  /** A call below the path of the app. */
  readonly own: <T>(
    method: Call['method'],
    parts?: readonly string[],
    rest?: Pick<Call, 'body' | 'query'>,
  ) => Promise<T>;
}

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
  const settings = settingsOf(calls, app);
  const setClock: MockApp['setClock'] = (body) => own('PUT', ['clock'], { body });
  const dispose = async () => {
    if (!removable) return;
    await own<void>('DELETE').catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  };
  return {
    appId,
    appSignPrivateKey,
    appDecryptPrivateKey,
    get appKey() {
      return settings.current().appKey;
    },
    get appSecret() {
      return settings.current().appSecret;
    },
    get platformPublicKey() {
      return settings.current().platformPublicKey;
    },
    get controlToken() {
      return settings.controlToken();
    },
    get settings() {
      return settings.current();
    },
    read: settings.read,
    update: settings.update,
    reset: settings.reset,
    mint: (body = {}) => own('POST', ['tokens'], { body }),
    mintMany: async (count, options = {}) =>
      (await own<MintedTokens>('POST', ['tokens'], { body: { ...options, count } })).tokens,
    token: (token) => own('GET', ['tokens', token]),
    accessToken: (accessToken) => own('GET', ['access-tokens', accessToken]),
    redeem: (accessToken) => own('POST', ['access-tokens', accessToken, 'redeem']),
    signedRequest: (body) => own('POST', ['signed-requests'], { body }),
    clock: () => own('GET', ['clock']),
    setClock,
    advance: (by) => own('POST', ['clock', 'advance'], { body: { by } }),
    freeze: (atMs) => setClock({ frozen: true, ...(atMs !== undefined && { atMs }) }),
    unfreeze: () => setClock({ frozen: false }),
    script: (operation, script) => own('PUT', ['outcomes', operation], { body: { script } }),
    outcomes: (operation) => own('GET', ['outcomes', operation]),
    clearScript: (operation) => own('DELETE', ['outcomes', operation]),
    scriptNumber: (phoneNumber, outcomes) =>
      own('PUT', ['subscribers', phoneNumber], { body: { outcomes } }),
    numberOutcomes: (phoneNumber) => own('GET', ['subscribers', phoneNumber]),
    scriptedNumbers: async () => (await own<AppSubscribers>('GET', ['subscribers'])).subscribers,
    clearNumber: (phoneNumber) => own('DELETE', ['subscribers', phoneNumber]),
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
    snapshot: async () => {
      const { id } = await own<{ id: string }>('POST', ['snapshots']);
      return { id, restore: restorer(calls, id) };
    },
    snapshots: async () => {
      const { snapshots } = await own<Snapshots>('GET', ['snapshots']);
      return snapshots.map(({ id, atMs }) => ({ id, atMs, restore: restorer(calls, id) }));
    },
    dispose,
    [ASYNC_DISPOSE]: dispose,
  };
}

function settingsOf({ own, transport }: AppCalls, initial: KnownApp) {
  const {
    appSignPrivateKey: _,
    appDecryptPrivateKey: __,
    controlToken: initialToken,
    ...app
  } = initial;
  let current: App = app;
  let controlToken = initialToken;
  const remember = (app: App): App => {
    current = app;
    return app;
  };
  const read = async () => remember(await own<App>('GET'));
  return {
    current: () => current,
    read,
    controlToken: () => controlToken,
    update: async (body: Parameters<MockApp['update']>[0]) => {
      const updated = remember(await own<App>('PATCH', [], { body }));
      if (body.controlToken !== undefined) {
        controlToken = body.controlToken ?? undefined;
        transport.setAppToken(controlToken);
      }
      return updated;
    },
    reset: async () => {
      await own('POST', ['reset']);
      await read();
    },
  };
}

function restorer({ own }: AppCalls, id: string): Snapshot['restore'] {
  return () => own('POST', ['snapshots', id, 'restore']);
}

export function explainRequest(
  transport: Transport,
  {
    requestId,
    language = transport.language,
  }: { readonly requestId: string; readonly language?: Transport['language'] | undefined },
): Promise<Explanation> {
  const path = `${pathOf('requests', requestId)}/explanation`;
  return transport.call({ method: 'GET', path, query: { lang: language } });
}
