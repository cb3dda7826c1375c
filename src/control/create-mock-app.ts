/** Implements MockApp with calls of the control API. */
import type { App, Mint, MintedToken, MintedTokens } from './api.js';
import type { AppCalls } from './app-calls.js';
import { assertCalled, assertCharged, assertScriptUsedUp, countCalls } from './assertions.js';
import { isNotFound } from './errors.js';
import { openEvents } from './events.js';
import { explainRequest } from './explain-request.js';
import type { KnownApp, MockApp, Snapshot } from './mock-app.js';
import { listRequests } from './request-list.js';
import type { Transport } from './transport.js';

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
  const calls: AppCalls = { transport, appId, own: transport.own(appId) };
  const settings = knownSettings(app);
  const dispose = async () => {
    if (removable) await calls.own('DELETE').catch(ignoreNotFound);
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
  const mint = (body: Mint) => own('POST /tokens', { body });
  return {
    // The answer is a list if the body has a count.
    mint: (body = {}) => mint(body) as Promise<MintedToken>,
    mintMany: async (count, options = {}) => {
      const minted = (await mint({ ...options, count })) as MintedTokens;
      return minted.tokens;
    },
    token: (token) => own('GET /tokens/:token', { token }),
    accessToken: (accessToken) => own('GET /access-tokens/:accessToken', { accessToken }),
    redeem: (accessToken) => own('POST /access-tokens/:accessToken/redeem', { accessToken }),
    signedRequest: (body) => own('POST /signed-requests', { body }),
  } satisfies Partial<MockApp>;
}

function clockCalls({ own }: AppCalls) {
  const setClock: MockApp['setClock'] = (body) => own('PUT /clock', { body });
  return {
    clock: () => own('GET /clock'),
    setClock,
    advance: (by) => own('POST /clock/advance', { body: { by } }),
    freeze: (atMs) => setClock({ frozen: true, ...(atMs !== undefined && { atMs }) }),
    unfreeze: () => setClock({ frozen: false }),
  } satisfies Partial<MockApp>;
}

function scriptCalls({ own }: AppCalls) {
  return {
    script: (operation, script) => own('PUT /outcomes/:operation', { operation, body: { script } }),
    outcomes: (operation) => own('GET /outcomes/:operation', { operation }),
    clearScript: (operation) => own('DELETE /outcomes/:operation', { operation }),
    scriptNumber: (number, outcomes) =>
      own('PUT /subscribers/:number', { number, body: { outcomes } }),
    numberOutcomes: (number) => own('GET /subscribers/:number', { number }),
    scriptedNumbers: async () => (await own('GET /subscribers')).subscribers,
    clearNumber: (number) => own('DELETE /subscribers/:number', { number }),
  } satisfies Partial<MockApp>;
}

function requestCalls(calls: AppCalls) {
  const { transport, appId, own } = calls;
  return {
    requests: (filter = {}) => listRequests(transport, { ...filter, appId }),
    count: (filter = {}) => countCalls(calls, filter),
    explain: (requestId, language) => explainRequest(transport, { requestId, language }),
    expectRequest: (id) => transport.call('POST /requests/:id/expected', { id }),
    events: () => openEvents(transport, appId),
    forget: (filter = {}) => transport.call('DELETE /requests', { query: { ...filter, appId } }),
    ledger: ({ limit } = {}) => own('GET /ledger', { query: { limit } }),
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
    restore: () => own('POST /snapshots/:id/restore', { id }),
  });
  return {
    snapshot: async () => saved((await own('POST /snapshots')).id),
    snapshots: async () => {
      const { snapshots } = await own('GET /snapshots');
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

function settingsCalls({ transport, own }: AppCalls, known: KnownSettings) {
  const read = async () => {
    known.app = await own('GET');
    return known.app;
  };
  return {
    read,
    update: async (body) => {
      known.app = await own('PATCH', { body });
      if (body.controlToken !== undefined) {
        known.controlToken = body.controlToken ?? undefined;
        transport.setAppToken(known.controlToken);
      }
      return known.app;
    },
    reset: async () => {
      await own('POST /reset');
      await read();
    },
  } satisfies Partial<MockApp>;
}
