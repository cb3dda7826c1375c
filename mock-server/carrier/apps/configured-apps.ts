/** The apps of the configuration file: created at start, changed with the file, removed when the file no longer has them. */
import { BilingualError } from '../../../src/text/bilingual.js';
import { wordsOf } from '../../../src/text/usage-error.js';
import type { Carrier, CarrierSettings } from '../carrier.js';
import { APPS_MAX, type ConfiguredApp } from '../engine/app-settings.js';
import { SERVER_PARTITION } from '../store/state-store.js';
import { applyInput, defaultSettings } from './app-input.js';
import {
  createApp,
  findApp,
  forgetRequests,
  isInScope,
  isTeam,
  listAppIds,
  listApps,
  listAppsIn,
  reconfigureApp,
  releaseUnusedShortIds,
  removeApp,
  resetApp,
  type Scope,
} from './apps.js';
import { lockOf } from './locks.js';

/** Replaces the configuration. Throws before the first change if its apps exceed the limit. */
export async function reconfigure(carrier: Carrier, settings: CarrierSettings): Promise<void> {
  const { apps } = settings;
  const named = new Set(apps.map(({ appId }) => appId));
  // In a shared store, the files of other servers may have them.
  const known = carrier.store.shared ? [] : await listApps(carrier);
  const earlier = known
    .filter(({ origin }) => origin === 'configuration')
    .map((app) => app.settings.appId);
  const removed = earlier.filter((appId) => !named.has(appId));
  const remaining = new Set([...(await listAppIds(carrier)), ...named]).size - removed.length;
  if (remaining > APPS_MAX)
    throw new BilingualError({
      en: `with this configuration there would be ${remaining} apps: at most ${APPS_MAX} are allowed. Remove apps from the file, or delete unused ones`,
      zh: `按这份配置会有 ${remaining} 个应用：最多允许 ${APPS_MAX} 个，请从配置里去掉一些，或删除不用的应用`,
    });
  carrier.settings = settings;
  for (const appId of removed) await removeApp(carrier, appId);
  for (const app of apps) await applyConfiguredApp(carrier, app);
}

/**
 * Tokens, counters and the apps created through the control API stay unchanged. In a shared store, existing apps also stay
 * unchanged, because the files of other servers may differ.
 */
export function applyConfiguredApps(carrier: Carrier): Promise<void> {
  return reconfigure(carrier, carrier.settings);
}

/**
 * Counts this check in the store, which a store that is full or read-only rejects. If a shared store counts from the
 * beginning again, it has lost its state, for example by FLUSHALL: the apps of the configuration are created again.
 */
export async function checkStore(carrier: Carrier): Promise<void> {
  const { store, tallies } = carrier;
  const before = (await store.take(SERVER_PARTITION, 'health', Number.MAX_SAFE_INTEGER)) ?? 0;
  const isEmptied = store.shared && before < tallies.store.checks;
  tallies.store.checks = before + 1;
  if (!isEmptied) return;
  tallies.store.losses += 1;
  await restoreConfiguredApps(carrier);
}

/** Never rejects. */
async function restoreConfiguredApps(carrier: Carrier): Promise<void> {
  const { apps } = carrier.settings;
  try {
    await applyConfiguredApps(carrier);
    carrier.log.warn({
      en: `the store was emptied: the apps of the configuration (${apps.length}) were created again; all tokens, requests and other apps are lost`,
      zh: `状态存储被清空了：已重新创建配置里的应用（${apps.length} 个）；token、请求记录和其他应用都丢失了`,
    });
  } catch (error) {
    const { en, zh } = wordsOf(error);
    carrier.log.error({
      en: `the apps of the configuration could not be created again: ${en}`,
      zh: `配置里的应用没能重新创建：${zh}`,
    });
  }
}

async function applyConfiguredApp(carrier: Carrier, input: ConfiguredApp): Promise<void> {
  const known = await findApp(carrier, input.appId);
  if (known === undefined) return createConfiguredApp(carrier, input);
  if (carrier.store.shared) return;
  // Credentials that the file omits were generated when the app was created, and stay.
  const { appKey, appSecret } = known.value.configured;
  const { settings, random } = carrier;
  const { teams } = settings;
  const defaults = { ...defaultSettings(settings, random), appKey, appSecret };
  await reconfigureApp(carrier, input.appId, applyInput(defaults, { input, defaults, teams }));
}

async function createConfiguredApp(carrier: Carrier, input: ConfiguredApp): Promise<void> {
  const created = await createApp(carrier, input, 'configuration');
  if (created === 'full')
    throw new BilingualError({
      en: `cannot create app ${JSON.stringify(input.appId)}: the limit of ${APPS_MAX} apps is reached. Delete apps that are no longer used`,
      zh: `无法创建应用 ${JSON.stringify(input.appId)}：应用数已达上限 ${APPS_MAX}，请删除不用的应用`,
    });
}

/**
 * Resets every app in the scope to its configured state: apps created through the control API are removed, removed apps
 * of the configuration file are created again. Apps outside the scope stay unchanged, even if the configuration differs.
 */
export async function resetAll(carrier: Carrier, scope: Scope): Promise<void> {
  await releaseUnusedShortIds(carrier);
  for (const { settings, origin } of await listAppsIn(carrier, scope)) {
    if (origin !== 'configuration') await removeApp(carrier, settings.appId);
    else await resetApp(carrier, settings.appId);
  }
  const existing = new Set(await listAppIds(carrier));
  const { apps, teams } = carrier.settings;
  for (const app of apps) {
    const lock = app.controlToken == null ? null : lockOf(app.controlToken, teams);
    if (!existing.has(app.appId) && (!isTeam(scope) || isInScope(scope, lock)))
      await createConfiguredApp(carrier, app);
  }
  if (!isTeam(scope)) await forgetRequests(carrier, SERVER_PARTITION);
}
