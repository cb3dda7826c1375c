/** What people say of an app, and the settings that come of it: what is left out stays, null goes back to the default. */

import type { AppSettings, Capability, SignSecret } from '../engine/app-settings.js';
import type { Readings } from '../engine/readings.js';
import type { Random } from '../sources.js';
import { hashControlToken } from './control-token.js';

export type Nullable<T> = { readonly [K in keyof T]?: T[K] | null };

/** null is a value for `callPackage` and inside `ipWhitelist`, and the default for the rest. */
export interface AppInput {
  readonly appId?: string | null;
  readonly name?: string | null;
  readonly appKey?: string | null;
  readonly appSecret?: string | null;
  readonly signSecret?: SignSecret | null;
  readonly appVerifyKey?: string | null;
  readonly appEncryptKey?: string | null;
  readonly capabilities?: readonly Capability[] | null;
  readonly ipWhitelist?: Partial<AppSettings['ipWhitelist']> | null;
  readonly contracted?: boolean | null;
  readonly dailyQuota?: number | null;
  readonly callPackage?: number | null;
  readonly tokenTtlMs?: number | null;
  readonly readings?: Nullable<Readings> | null;
  /** Locks the app's part of the control API: from then on it asks for this token, or for the server's. */
  readonly controlToken?: string | null;
}

/** An app of the configuration file. */
export type ConfiguredApp = AppInput & { readonly appId: string };

/** What the server has for an app that names none. */
export interface AppDefaults {
  readonly tokenTtlMs: number;
  readonly readings: Readings;
  readonly defaultIpWhitelist: AppSettings['ipWhitelist'];
}

/** Calls a day for an app without a contract. Observed: the trial of the portal. */
const DAILY_QUOTA = 1000;
const SECRET_LENGTH = 32;
const APP_ID_DIGITS = 12;
// What real ids begin with.
const APP_ID_PREFIX = '3000';

/** A new app as the portal would make it: both operations granted, no contract, credentials drawn. */
export function defaultSettings(settings: AppDefaults, random: Random): AppSettings {
  return {
    appId: APP_ID_PREFIX + random.digits(APP_ID_DIGITS - APP_ID_PREFIX.length),
    name: null,
    appKey: random.hex(SECRET_LENGTH).toUpperCase(),
    appSecret: random.hex(SECRET_LENGTH).toUpperCase(),
    signSecret: 'appSecret',
    appVerifyKey: null,
    appEncryptKey: null,
    capabilities: ['loginTokenValidate', 'tokenValidate'],
    ipWhitelist: settings.defaultIpWhitelist,
    contracted: false,
    dailyQuota: DAILY_QUOTA,
    callPackage: null,
    tokenTtlMs: settings.tokenTtlMs,
    readings: settings.readings,
    controlTokenHash: null,
  };
}

/** The settings after an input. */
export function applyInput(
  current: AppSettings,
  { input, defaults }: { readonly input: AppInput; readonly defaults: AppSettings },
): AppSettings {
  const choose = <K extends keyof AppSettings & keyof AppInput>(field: K): AppSettings[K] => {
    const given = input[field];
    if (given === undefined) return current[field];
    return (given ?? defaults[field]) as AppSettings[K];
  };
  return {
    appId: choose('appId'),
    name: choose('name'),
    appKey: choose('appKey'),
    appSecret: choose('appSecret'),
    signSecret: choose('signSecret'),
    appVerifyKey: choose('appVerifyKey'),
    appEncryptKey: choose('appEncryptKey'),
    capabilities: choose('capabilities'),
    ipWhitelist: mergeWhitelists(current.ipWhitelist, { input: input.ipWhitelist, defaults: defaults.ipWhitelist }),
    contracted: choose('contracted'),
    dailyQuota: choose('dailyQuota'),
    callPackage: choose('callPackage'),
    tokenTtlMs: choose('tokenTtlMs'),
    readings: mergeReadings(current.readings, { input: input.readings, defaults: defaults.readings }),
    controlTokenHash: lockAfter(current.controlTokenHash, input.controlToken),
  };
}

function lockAfter(current: string | null, controlToken: string | null | undefined): string | null {
  if (controlToken === undefined) return current;
  return controlToken === null ? null : hashControlToken(controlToken);
}

function mergeWhitelists(
  current: AppSettings['ipWhitelist'],
  { input, defaults }: { readonly input: AppInput['ipWhitelist']; readonly defaults: AppSettings['ipWhitelist'] },
): AppSettings['ipWhitelist'] {
  if (input === undefined) return current;
  return input === null ? defaults : { ...current, ...input };
}

/** Each reading that an input names, null meaning the default; the others stay. null for all of them is the defaults. */
export function mergeReadings(
  current: Readings,
  { input, defaults }: { readonly input: Nullable<Readings> | null | undefined; readonly defaults: Readings },
): Readings {
  if (input === undefined) return current;
  if (input === null) return defaults;
  const chosen = Object.entries(input).map(([id, option]) => [id, option ?? defaults[id as keyof Readings]]);
  return { ...current, ...Object.fromEntries(chosen) };
}
