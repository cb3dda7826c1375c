/** Creates, finds, changes, resets and removes apps. */
import type { Carrier } from '../carrier.js';
import { APPS_MAX, type AppInput, type AppSettings, type Lock } from '../engine/app-settings.js';
import { RESERVED_SHORT_ID, SHORT_ID_LENGTH } from '../engine/token-format.js';
import {
  type AppRecord,
  type CommitOutcome,
  type Entry,
  ONLY,
  type PartitionId,
  type PartitionPart,
  type Removal,
  SERVER_PARTITION,
  type StateStore,
  type Write,
} from '../store/state-store.js';
import { applyInput, defaultSettings } from './app-input.js';
import type { TeamScope } from './locks.js';

/** The short id in the ids of requests with an unknown app. */
export const UNATTRIBUTED_SHORT_ID = '0'.repeat(SHORT_ID_LENGTH);
/** The short id in the tokens of the atlas, which do not identify an app. */
export const ATLAS_SHORT_ID = 'ATLAS0';
const RESERVED: readonly string[] = [RESERVED_SHORT_ID, UNATTRIBUTED_SHORT_ID, ATLAS_SHORT_ID];

const STATE_PARTS: readonly PartitionPart[] = [
  'clock',
  'token',
  'accessToken',
  'msgId',
  'counters',
  'journal',
  'ledger',
];

type CreateOutcome = AppRecord | 'exists' | 'full';

/** Without an appId in the input, generates one that does not exist yet. */
export async function createApp(
  carrier: Carrier,
  input: AppInput,
  origin: AppRecord['origin'],
): Promise<CreateOutcome> {
  for (;;) {
    const outcome = await tryToCreate(carrier, input, origin);
    if (outcome !== 'exists' || typeof input.appId === 'string') return outcome;
  }
}

async function tryToCreate(
  carrier: Carrier,
  input: AppInput,
  origin: AppRecord['origin'],
): Promise<CreateOutcome> {
  const { store, random, settings } = carrier;
  const defaults = defaultSettings(settings, random);
  const { teams } = settings;
  const configured = applyInput(defaults, { input, defaults, teams });
  if ((await store.size(SERVER_PARTITION, 'shortId')) >= APPS_MAX) return 'full';
  if ((await findApp(carrier, configured.appId)) !== undefined) return 'exists';
  const shortId = await claimShortId(carrier, configured.appId);
  const controlTokenFrom = origin === 'configuration' ? origin : sourceOf(input);
  const record: AppRecord = {
    settings: configured,
    configured,
    origin,
    controlTokenFrom,
    shortId,
    packageNumber: 0,
  };
  const outcome = await store.commit(configured.appId, [putApp(record, 0)]);
  if (outcome !== 'committed') {
    await releaseShortId(carrier, shortId);
    return 'exists';
  }
  // A reset meanwhile has released it, because it had no app.
  await putShortId(carrier, record);
  return record;
}

/** Removing a token through the API makes the configuration file's token effective again. */
function sourceOf({ controlToken }: AppInput): AppRecord['controlTokenFrom'] {
  return typeof controlToken === 'string' ? 'api' : 'configuration';
}

async function claimShortId(carrier: Carrier, appId: string): Promise<string> {
  for (;;) {
    const shortId = carrier.random.base62(SHORT_ID_LENGTH);
    if (RESERVED.includes(shortId)) continue;
    if ((await putShortId(carrier, { shortId, settings: { appId } })) === 'committed')
      return shortId;
  }
}

interface ShortIdOwner {
  readonly shortId: string;
  readonly settings: Pick<AppSettings, 'appId'>;
}

/** Returns `stale` if the short id is already claimed. */
async function putShortId(
  { store }: Carrier,
  { shortId, settings }: ShortIdOwner,
): Promise<CommitOutcome> {
  const value = settings.appId;
  return store.commit(SERVER_PARTITION, [
    { kind: 'put', collection: 'shortId', id: shortId, expectedRevision: 0, value },
  ]);
}

async function releaseShortId({ store }: Carrier, shortId: string): Promise<void> {
  await store.commit(SERVER_PARTITION, [{ kind: 'remove', collection: 'shortId', id: shortId }]);
}

/** Releases the short ids without an app. They are left if a server is killed while it creates or removes an app. */
export async function releaseUnusedShortIds(carrier: Carrier): Promise<void> {
  const claims = await carrier.store.list(SERVER_PARTITION, 'shortId');
  const used = new Set((await listApps(carrier)).map(({ shortId }) => shortId));
  for (const [shortId, appId] of claims) {
    if (used.has(shortId)) continue;
    await releaseShortId(carrier, shortId);
    const app = (await findApp(carrier, appId))?.value;
    // The app was created meanwhile.
    if (app?.shortId === shortId) await putShortId(carrier, app);
  }
}

export async function findApp(
  { store }: Carrier,
  appId: string,
): Promise<Entry<AppRecord> | undefined> {
  return store.get(appId, 'app', ONLY);
}

/** Each once. An app can have a second short id, which a killed server left. */
export async function listAppIds({ store }: Carrier): Promise<readonly string[]> {
  return [...new Set((await store.list(SERVER_PARTITION, 'shortId')).values())];
}

export async function listApps(carrier: Carrier): Promise<readonly AppRecord[]> {
  const appIds = await listAppIds(carrier);
  const entries = await Promise.all(appIds.map((appId) => findApp(carrier, appId)));
  return entries.flatMap((entry) => (entry === undefined ? [] : [entry.value]));
}

/** An app was removed while a call changed its state. */
export class AppRemovedError extends Error {
  readonly appId: string;

  constructor(appId: string) {
    super(`app ${appId} was removed`);
    this.appId = appId;
  }
}

/** Commits only while the app exists, so that nothing is left for the next app of that id. @throws AppRemovedError */
export async function commitToApp(
  store: StateStore,
  appId: string,
  writes: readonly Write[],
): Promise<CommitOutcome> {
  const outcome = await store.commit(appId, [{ kind: 'requireApp' }, ...writes]);
  if (outcome === 'stale' && (await store.get(appId, 'app', ONLY)) === undefined)
    throw new AppRemovedError(appId);
  return outcome;
}

/**
 * The apps that a call about all apps covers: all of them, those without their own control token, which a caller without a
 * token may see, or those of a team.
 */
export type Scope = 'all' | 'unlocked' | TeamScope;

export function isInScope(scope: Scope, lock: Lock): boolean {
  if (scope === 'all') return true;
  return lock === (scope === 'unlocked' ? null : scope.lock);
}

/** A team sees only its own apps, and no request that named an app which does not exist. */
export function isTeam(scope: Scope): scope is TeamScope {
  return typeof scope === 'object';
}

export async function listAppsIn(carrier: Carrier, scope: Scope): Promise<readonly AppRecord[]> {
  return (await listApps(carrier)).filter(({ settings }) => isInScope(scope, settings.lock));
}

/** Returns the changed record; undefined if the app does not exist. Concurrent changes all take effect. */
export async function changeApp(
  { store }: Carrier,
  appId: string,
  change: (record: AppRecord) => AppRecord,
): Promise<AppRecord | undefined> {
  for (;;) {
    const entry = await store.get(appId, 'app', ONLY);
    if (entry === undefined) return undefined;
    const changed = change(entry.value);
    if ((await store.commit(appId, [putApp(changed, entry.revision)])) === 'committed')
      return changed;
  }
}

export function patchApp(
  carrier: Carrier,
  appId: string,
  input: AppInput,
): Promise<AppRecord | undefined> {
  const { settings, random } = carrier;
  const { teams } = settings;
  const defaults = defaultSettings(settings, random);
  return changeApp(carrier, appId, (record) => ({
    ...record,
    settings: applyInput(record.settings, { input, defaults, teams }),
    controlTokenFrom: input.controlToken === undefined ? record.controlTokenFrom : sourceOf(input),
    packageNumber: record.packageNumber + (input.callPackage === undefined ? 0 : 1),
  }));
}

/** Replaces the settings by those of the configuration file. Tokens, counters and a lock set through the API stay. */
export function reconfigureApp(
  carrier: Carrier,
  appId: string,
  configured: AppSettings,
): Promise<AppRecord | undefined> {
  return changeApp(carrier, appId, (record) => ({
    ...record,
    settings:
      record.controlTokenFrom === 'api'
        ? { ...configured, lock: record.settings.lock }
        : configured,
    configured,
    origin: 'configuration',
    packageNumber:
      record.packageNumber + (configured.callPackage === record.settings.callPackage ? 0 : 1),
  }));
}

export async function removeApp(carrier: Carrier, appId: string): Promise<boolean> {
  const entry = await findApp(carrier, appId);
  if (entry === undefined) return false;
  await carrier.store.drop(appId);
  await carrier.store.announceRemoval(removalOfAll(entry.value));
  await releaseShortId(carrier, entry.value.shortId);
  return true;
}

/** Restores the configured settings and deletes everything since. The control token stays. */
export async function resetApp(carrier: Carrier, appId: string): Promise<boolean> {
  const reset = await changeApp(carrier, appId, (record) => ({
    ...record,
    settings: { ...record.configured, lock: record.settings.lock },
    scripts: undefined,
    numbers: undefined,
  }));
  if (reset === undefined) return false;
  await carrier.store.commit(appId, [{ kind: 'clear', parts: STATE_PARTS }]);
  await carrier.store.announceRemoval(removalOfAll(reset));
  return true;
}

export async function forgetRequests(carrier: Carrier, partition: PartitionId): Promise<void> {
  const { store } = carrier;
  const app = partition === SERVER_PARTITION ? undefined : await findApp(carrier, partition);
  await store.commit(partition, [{ kind: 'clear', parts: ['journal'] }]);
  await store.announceRemoval(removalOfAll(app?.value));
}

/** The ids of requests begin with the short id of their journal. */
function removalOfAll(app: AppRecord | undefined): Removal {
  return { ids: [`${app?.shortId ?? UNATTRIBUTED_SHORT_ID}-*`], app: app && removedFrom(app) };
}

/** Without the rest of the app, which other servers do not need. */
export function removedFrom({ settings }: Pick<AppRecord, 'settings'>): Removal['app'] {
  const { appId, lock } = settings;
  return { settings: { appId, lock } };
}

export async function forgetAllRequests(carrier: Carrier, scope: Scope): Promise<void> {
  for (const { settings } of await listAppsIn(carrier, scope))
    await forgetRequests(carrier, settings.appId);
  if (!isTeam(scope)) await forgetRequests(carrier, SERVER_PARTITION);
}

function putApp(value: AppRecord, expectedRevision: number): Write {
  return { kind: 'put', collection: 'app', id: ONLY, expectedRevision, value };
}
