/** The apps of the configuration file: made at start, rewritten when the file changes, removed when it names them no longer. */
import type { Carrier } from '../carrier.js';
import { APPS_MAX } from '../engine/app-settings.js';
import { SERVER_WORLD } from '../store/state-store.js';
import { applyInput, type ConfiguredApp, defaultSettings } from './app-input.js';
import {
  createApp,
  findApp,
  listAppIds,
  listApps,
  listAppsIn,
  reconfigureApp,
  removeApp,
  resetApp,
  type Scope,
} from './apps.js';

/**
 * Tokens and counters stay as they are, and so do the apps that the control API made. In a store that other servers
 * share, whose files may say something else, what is there already stays, too.
 */
export async function applyConfiguredApps(carrier: Carrier): Promise<void> {
  const { apps } = carrier.settings;
  for (const app of apps) await applyConfiguredApp(carrier, app);
  if (carrier.store.shared) return;
  const named = new Set(apps.map(({ appId }) => appId));
  for (const { settings, origin } of await listApps(carrier)) {
    if (origin === 'configuration' && !named.has(settings.appId)) await removeApp(carrier, settings.appId);
  }
}

async function applyConfiguredApp(carrier: Carrier, input: ConfiguredApp): Promise<void> {
  const known = await findApp(carrier, input.appId);
  if (known === undefined) return createConfiguredApp(carrier, input);
  if (carrier.store.shared) return;
  // Credentials that the file leaves out were drawn when the app was made, and stay.
  const { appKey, appSecret } = known.value.configured;
  const defaults = { ...defaultSettings(carrier.settings, carrier.random), appKey, appSecret };
  await reconfigureApp(carrier, input.appId, applyInput(defaults, { input, defaults }));
}

async function createConfiguredApp(carrier: Carrier, input: ConfiguredApp): Promise<void> {
  const created = await createApp(carrier, input, 'configuration');
  if (created === 'full') throw new Error(`no room for app ${JSON.stringify(input.appId)}: ${APPS_MAX} are there`);
}

/**
 * Every app in the scope back to its configured state: those that the control API made go, those that were removed come
 * back. The others stay as they are, whatever the configuration says of them.
 */
export async function resetAll(carrier: Carrier, scope: Scope): Promise<void> {
  for (const { settings, origin } of await listAppsIn(carrier, scope)) {
    if (origin === 'api') await removeApp(carrier, settings.appId);
    else await resetApp(carrier, settings.appId);
  }
  const there = new Set(await listAppIds(carrier));
  for (const app of carrier.settings.apps) if (!there.has(app.appId)) await createConfiguredApp(carrier, app);
  await carrier.store.commit(SERVER_WORLD, [{ kind: 'clear', parts: ['journal'] }]);
}
