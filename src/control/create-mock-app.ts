/** Implements MockApp with calls of the control API. */
import type {
  AccessToken,
  App,
  AppSubscribers,
  Clock,
  Explanation,
  JournalPage,
  JournalRecord,
  Ledger,
  MintedToken,
  MintedTokens,
  Operation,
  Outcomes,
  SignedRequest,
  Snapshots,
  SubscriberOutcomes,
  Token,
} from './api.js';
import { assertCalled, assertCharged, assertScriptUsedUp, countCalls } from './assertions.js';
import { ControlError } from './errors.js';
import { openEvents } from './events.js';
import type { KnownApp, MockApp, RequestFilter, SavedSnapshot, Snapshot } from './mock-app.js';
import { type Call, pathOf, type Transport } from './transport.js';

// If the runtime has no such symbol, for example in Jest's sandbox, compiled `await using` looks up this one.
const ASYNC_DISPOSE: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');
const PAGE = 1000;
const NOT_FOUND = 404;

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
export function createMockApp(transport: Transport, app: KnownApp, { removable }: { removable: boolean }): MockApp {
  const { appId, appSignPrivateKey, appDecryptPrivateKey } = app;
  const calls: AppCalls = {
    transport,
    appId,
    own: (method, parts = [], rest = {}) => transport.call({ method, path: pathOf('apps', appId, ...parts), ...rest }),
  };
  const settings = settingsOf(calls, app);
  const dispose = async () => {
    if (removable) await remove(calls);
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
    ...tokenCalls(calls),
    ...clockCalls(calls),
    ...scriptCalls(calls),
    ...requestCalls(calls),
    ...assertionCalls(calls),
    signedRequest: (body) => calls.own<SignedRequest>('POST', ['signed-requests'], { body }),
    snapshot: () => takeSnapshot(calls),
    snapshots: () => listSnapshots(calls),
    dispose,
    [ASYNC_DISPOSE]: dispose,
  };
}

function settingsOf({ own, transport }: AppCalls, initial: KnownApp) {
  const { appSignPrivateKey: _, appDecryptPrivateKey: __, controlToken: initialToken, ...app } = initial;
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

function tokenCalls({ own }: AppCalls) {
  return {
    mint: (body = {}) => own<MintedToken>('POST', ['tokens'], { body }),
    mintMany: async (count, options = {}) => {
      const { tokens } = await own<MintedTokens>('POST', ['tokens'], {
        body: { ...options, count },
      });
      return tokens;
    },
    token: (token) => own<Token>('GET', ['tokens', token]),
    accessToken: (accessToken) => own<AccessToken>('GET', ['access-tokens', accessToken]),
    redeem: (accessToken) => own<AccessToken>('POST', ['access-tokens', accessToken, 'redeem']),
  } satisfies Partial<MockApp>;
}

function clockCalls({ own }: AppCalls) {
  const setClock: MockApp['setClock'] = (body) => own<Clock>('PUT', ['clock'], { body });
  return {
    clock: () => own<Clock>('GET', ['clock']),
    setClock,
    advance: (by) => own<Clock>('POST', ['clock', 'advance'], { body: { by } }),
    freeze: (atMs) => setClock({ frozen: true, ...(atMs !== undefined && { atMs }) }),
    unfreeze: () => setClock({ frozen: false }),
  } satisfies Partial<MockApp>;
}

function scriptCalls({ own }: AppCalls) {
  const parts = (operation: Operation) => ['outcomes', operation];
  return {
    script: (operation, script) => own<Outcomes>('PUT', parts(operation), { body: { script } }),
    outcomes: (operation) => own<Outcomes>('GET', parts(operation)),
    scriptNumber: (phoneNumber, outcomes) =>
      own<SubscriberOutcomes>('PUT', ['subscribers', phoneNumber], { body: { outcomes } }),
    numberOutcomes: (phoneNumber) => own<SubscriberOutcomes>('GET', ['subscribers', phoneNumber]),
    scriptedNumbers: async () => (await own<AppSubscribers>('GET', ['subscribers'])).subscribers,
    clearNumber: (phoneNumber) => own<void>('DELETE', ['subscribers', phoneNumber]),
    clearScript: (operation) => own<void>('DELETE', parts(operation)),
  } satisfies Partial<MockApp>;
}

function requestCalls({ transport, appId, own }: AppCalls) {
  return {
    requests: (filter = {}) => listRequests(transport, { ...filter, appId }),
    count: (filter = {}) => countCalls({ transport, appId }, filter),
    explain: (requestId, language) => explainRequest(transport, { requestId, language }),
    events: () => openEvents(transport, appId),
    forget: () => transport.call<void>({ method: 'DELETE', path: '/requests', query: { appId } }),
    ledger: ({ limit } = {}) => own<Ledger>('GET', ['ledger'], { query: { limit } }),
  } satisfies Partial<MockApp>;
}

function assertionCalls(app: AppCalls) {
  return {
    assertCalledOnce: (filter = {}) => assertCalled(app, 1, filter),
    assertNeverCalled: (filter = {}) => assertCalled(app, 0, filter),
    assertCalled: (times, filter = {}) => assertCalled(app, times, filter),
    assertCharged: (times) => assertCharged(app, times),
    assertScriptUsedUp: (operation) => assertScriptUsedUp(app, operation),
  } satisfies Partial<MockApp>;
}

async function takeSnapshot(calls: AppCalls): Promise<Snapshot> {
  const { id } = await calls.own<{ id: string }>('POST', ['snapshots']);
  return { id, restore: restorer(calls, id) };
}

async function listSnapshots(calls: AppCalls): Promise<readonly SavedSnapshot[]> {
  const { snapshots } = await calls.own<Snapshots>('GET', ['snapshots']);
  return snapshots.map(({ id, atMs }) => ({ id, atMs, restore: restorer(calls, id) }));
}

function restorer({ own }: AppCalls, id: string): Snapshot['restore'] {
  return () => own('POST', ['snapshots', id, 'restore']);
}

async function remove({ own }: AppCalls): Promise<void> {
  try {
    await own('DELETE');
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof ControlError && error.status === NOT_FOUND;
}

/** Reads page by page, up to the limit or the last record. */
export async function listRequests(
  transport: Transport,
  { limit = Number.POSITIVE_INFINITY, ...filter }: RequestFilter & { readonly appId?: string },
): Promise<readonly JournalRecord[]> {
  const records: JournalRecord[] = [];
  while (records.length < limit) {
    const size = Math.min(PAGE, limit - records.length);
    const query = { ...filter, limit: size, after: records.at(-1)?.id };
    const { requests, more } = await listPage(transport, query);
    records.push(...requests);
    if (!more) break;
  }
  return records;
}

/** Reads one page. If the journal has dropped the `after` record meanwhile, it has dropped all older ones too. */
async function listPage(
  transport: Transport,
  query: NonNullable<Call['query']>,
): Promise<Pick<JournalPage, 'requests' | 'more'>> {
  try {
    return await transport.call<JournalPage>({ method: 'GET', path: '/requests', query });
  } catch (error) {
    if (query['after'] !== undefined && isNotFound(error)) return { requests: [], more: false };
    throw error;
  }
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
