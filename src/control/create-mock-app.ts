/** The calls behind an app. */
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

// Where the runtime has no such symbol (in a sandbox of Jest, say), this is what compiled `await using` looks for.
const ASYNC_DISPOSE: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');
const PAGE = 1000;
const NOT_FOUND = 404;

interface Place {
  readonly transport: Transport;
  readonly appId: string;
  /** A call below the app's own path. */
  readonly own: <T>(
    method: Call['method'],
    parts?: readonly string[],
    rest?: Pick<Call, 'body' | 'query'>,
  ) => Promise<T>;
}

/** `removable`: whether dispose removes it. */
export function createMockApp(transport: Transport, app: KnownApp, { removable }: { removable: boolean }): MockApp {
  const { appId, appSignPrivateKey, appDecryptPrivateKey } = app;
  const place: Place = {
    transport,
    appId,
    own: (method, parts = [], rest = {}) => transport.call({ method, path: pathOf('apps', appId, ...parts), ...rest }),
  };
  const settings = settingsOf(place, app);
  const dispose = async () => {
    if (removable) await remove(place);
  };
  return {
    appId,
    appSignPrivateKey,
    appDecryptPrivateKey,
    get appKey() {
      return settings.now().appKey;
    },
    get appSecret() {
      return settings.now().appSecret;
    },
    get platformPublicKey() {
      return settings.now().platformPublicKey;
    },
    get controlToken() {
      return settings.controlToken();
    },
    get settings() {
      return settings.now();
    },
    read: settings.read,
    update: settings.update,
    reset: settings.reset,
    ...tokenCalls(place),
    ...clockCalls(place),
    ...scriptCalls(place),
    ...requestCalls(place),
    ...assertionCalls(place),
    signedRequest: (body) => place.own<SignedRequest>('POST', ['signed-requests'], { body }),
    snapshot: () => takeSnapshot(place),
    snapshots: () => listSnapshots(place),
    dispose,
    [ASYNC_DISPOSE]: dispose,
  };
}

function settingsOf({ own, transport }: Place, made: KnownApp) {
  const { appSignPrivateKey: _, appDecryptPrivateKey: __, controlToken: given, ...app } = made;
  let known: App = app;
  let controlToken = given;
  const keep = (app: App): App => {
    known = app;
    return app;
  };
  const read = async () => keep(await own<App>('GET'));
  return {
    now: () => known,
    read,
    controlToken: () => controlToken,
    update: async (body: Parameters<MockApp['update']>[0]) => {
      const updated = keep(await own<App>('PATCH', [], { body }));
      if (body.controlToken !== undefined) {
        controlToken = body.controlToken ?? undefined;
        transport.show(controlToken);
      }
      return updated;
    },
    reset: async () => {
      await own('POST', ['reset']);
      await read();
    },
  };
}

function tokenCalls({ own }: Place) {
  return {
    mint: (body = {}) => own<MintedToken>('POST', ['tokens'], { body }),
    mintMany: async (count, wish = {}) => {
      const { tokens } = await own<MintedTokens>('POST', ['tokens'], {
        body: { ...wish, count },
      });
      return tokens;
    },
    token: (token) => own<Token>('GET', ['tokens', token]),
    accessToken: (accessToken) => own<AccessToken>('GET', ['access-tokens', accessToken]),
    redeem: (accessToken) => own<AccessToken>('POST', ['access-tokens', accessToken, 'redeem']),
  } satisfies Partial<MockApp>;
}

function clockCalls({ own }: Place) {
  const setClock: MockApp['setClock'] = (body) => own<Clock>('PUT', ['clock'], { body });
  return {
    clock: () => own<Clock>('GET', ['clock']),
    setClock,
    advance: (by) => own<Clock>('POST', ['clock', 'advance'], { body: { by } }),
    freeze: (atMs) => setClock({ frozen: true, ...(atMs !== undefined && { atMs }) }),
    unfreeze: () => setClock({ frozen: false }),
  } satisfies Partial<MockApp>;
}

function scriptCalls({ own }: Place) {
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

function requestCalls({ transport, appId, own }: Place) {
  return {
    requests: (filter = {}) => listRequests(transport, { ...filter, appId }),
    count: (filter = {}) => countCalls({ transport, appId }, filter),
    explain: (requestId, language) => explainRequest(transport, { requestId, language }),
    events: () => openEvents(transport, appId),
    forget: () => transport.call<void>({ method: 'DELETE', path: '/requests', query: { appId } }),
    ledger: ({ limit } = {}) => own<Ledger>('GET', ['ledger'], { query: { limit } }),
  } satisfies Partial<MockApp>;
}

function assertionCalls(at: Place) {
  return {
    assertCalledOnce: (filter = {}) => assertCalled(at, 1, filter),
    assertNeverCalled: (filter = {}) => assertCalled(at, 0, filter),
    assertCalled: (times, filter = {}) => assertCalled(at, times, filter),
    assertCharged: (times) => assertCharged(at, times),
    assertScriptUsedUp: (operation) => assertScriptUsedUp(at, operation),
  } satisfies Partial<MockApp>;
}

async function takeSnapshot(place: Place): Promise<Snapshot> {
  const { id } = await place.own<{ id: string }>('POST', ['snapshots']);
  return { id, restore: restorer(place, id) };
}

async function listSnapshots(place: Place): Promise<readonly SavedSnapshot[]> {
  const { snapshots } = await place.own<Snapshots>('GET', ['snapshots']);
  return snapshots.map(({ id, atMs }) => ({ id, atMs, restore: restorer(place, id) }));
}

function restorer({ own }: Place, id: string): Snapshot['restore'] {
  return () => own('POST', ['snapshots', id, 'restore']);
}

async function remove({ own }: Place): Promise<void> {
  try {
    await own('DELETE');
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof ControlError && error.status === NOT_FOUND;
}

/** Page by page, until there are enough or no more. */
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

/** One page; none behind a record that the journal has dropped by now, and with it all that were older. */
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
