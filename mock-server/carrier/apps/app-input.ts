/** The settings from an input: an omitted field stays, null restores the default. */

import { OPERATIONS } from '../../../src/protocol/operations.js';
import type { Readings } from '../../../src/protocol/readings.js';
import type { CarrierSettings } from '../carrier.js';
import type { AppInput, AppSettings, Nullable, Teams } from '../engine/app-settings.js';
import type { Random } from '../sources.js';
import { lockOf } from './locks.js';

/** The server's defaults for an app. */
type AppDefaults = Pick<CarrierSettings, 'tokenTtlMs' | 'readings' | 'defaultIpWhitelist'>;

/** Calls per day for an app without a contract. Observed: the portal's trial. */
const DAILY_QUOTA = 1000;
const SECRET_LENGTH = 32;

/** A new app like the portal's: every operation granted, no contract, generated credentials. */
export function defaultSettings(settings: AppDefaults, random: Random): AppSettings {
  return {
    // Twelve digits that begin as real ids do.
    appId: `3000${random.digits(8)}`,
    name: null,
    appKey: random.hex(SECRET_LENGTH).toUpperCase(),
    appSecret: random.hex(SECRET_LENGTH).toUpperCase(),
    signSecret: 'appSecret',
    appVerifyKey: null,
    appEncryptKey: null,
    capabilities: OPERATIONS.map(({ operation }) => operation),
    ipWhitelist: settings.defaultIpWhitelist,
    contracted: false,
    dailyQuota: DAILY_QUOTA,
    callPackage: null,
    tokenTtlMs: settings.tokenTtlMs,
    readings: settings.readings,
    lock: null,
  };
}

export function applyInput(
  current: AppSettings,
  {
    input,
    defaults,
    teams,
  }: { readonly input: AppInput; readonly defaults: AppSettings; readonly teams: Teams },
): AppSettings {
  const { ipWhitelist = {}, readings, controlToken, ...fields } = input;
  const chosen = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => [field, value ?? defaults[field as keyof AppSettings]]);
  return {
    ...current,
    ...Object.fromEntries(chosen),
    ipWhitelist:
      ipWhitelist === null ? defaults.ipWhitelist : { ...current.ipWhitelist, ...ipWhitelist },
    readings: mergeReadings(current.readings, { input: readings, defaults: defaults.readings }),
    ...(controlToken !== undefined && { lock: controlToken && lockOf(controlToken, teams) }),
  };
}

/** An omitted reading stays, null restores its default. null instead of an object restores all defaults. */
export function mergeReadings(
  current: Readings,
  {
    input = {},
    defaults,
  }: { readonly input: Nullable<Readings> | null | undefined; readonly defaults: Readings },
): Readings {
  if (input === null) return defaults;
  const chosen = Object.entries(input).map(([id, option]) => [
    id,
    option ?? defaults[id as keyof Readings],
  ]);
  return { ...current, ...Object.fromEntries(chosen) };
}
