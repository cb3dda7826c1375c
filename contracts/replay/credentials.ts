/** The credentials to check captured requests, from a file or from environment variables, and the phone number. */

import type { Values } from '../kit/pointer.js';
import { readJsonFile } from '../kit/schemas.js';
import { privateKey } from '../kit/sign.js';
import { usage } from '../kit/usage.js';
import { VALIDATORS } from '../kit/validators.js';
import type { Environment } from '../kit/wire.js';

export interface GivenApp {
  /** By their names in recipes. */
  readonly values: Values;
  /** In the format of the control API. */
  readonly app: object;
}

/** The app with the appId of a request. If there are several apps and none has this appId, an app without credentials. */
export type Credentials = (appId: unknown) => GivenApp;

interface App {
  readonly appId?: string;
  readonly appKey?: string;
  readonly appSecret?: string;
  /** `appKey` if the app never switched to APPSecret for login's MD5. */
  readonly signSecret?: 'appSecret' | 'appKey' | null;
  readonly appSignPrivateKey?: string;
}

/** The environment variables of a consumer suite's driver, with the names of their values in recipes. */
const VARIABLES = [
  ['CMPASSPORT_APP_ID', 'appId'],
  ['CMPASSPORT_APP_KEY', 'appKey'],
  ['CMPASSPORT_APP_SECRET', 'appSecret'],
  ['CMPASSPORT_APP_SIGN_KEY', 'appSignKey'],
  // Its earlier name: the last row that is set takes precedence.
  ['CMPASSPORT_PHONE_NUMBER', 'phoneNumber'],
  ['CMPASSPORT_PHONE', 'phoneNumber'],
] as const;

const SECRETS = ['appKey', 'appSecret', 'appSignKey'] as const;

export interface CredentialSources {
  /** `--app`. */
  readonly file: string | undefined;
  /** `--phone`. */
  readonly phoneNumber: string | undefined;
  readonly env: Environment;
}

export interface ReadCredentials {
  readonly credentials: Credentials;
  /** The values that reports must hide. */
  readonly secrets: readonly string[];
  readonly phoneNumbers: readonly string[];
}

/** A file takes precedence over variables. Throws a UsageError for an unreadable file or key. */
export function readCredentials({ file, phoneNumber, env }: CredentialSources): ReadCredentials {
  const given = textsIn(VARIABLES.map(([variable, name]) => [name, env[variable]]));
  const number = phoneNumber ?? given['phoneNumber'];
  const own: Values = number === undefined ? {} : { phoneNumber: number };
  const { appId, appKey, appSecret } = given;
  const apps =
    file === undefined
      ? [{ values: given, app: { appId, appKey, appSecret } }]
      : appsIn(file).map((app) => ({ values: valuesOf(app), app }));
  for (const { values } of apps) checkKey(values['appSignKey'], file);
  return {
    credentials: (appId) => {
      // A single app is used for every request.
      const found =
        apps.length === 1 ? apps[0] : apps.find(({ values }) => values['appId'] === appId);
      const all = apps.map(({ values }) => values['appId'] ?? '').join(' or ');
      const { values, app } = found ?? { values: { appId: all }, app: {} };
      return { values: { ...values, ...own }, app };
    },
    // The APPSecret of an app that signs with appKey is hidden too.
    secrets: apps.flatMap(({ values, app }) =>
      [...SECRETS.map((name) => values[name]), app.appSecret].filter(isText),
    ),
    phoneNumbers: number === undefined ? [] : [number],
  };
}

function appsIn(file: string): readonly App[] {
  const read = readJsonFile<App & { readonly apps?: readonly App[] }>(file, VALIDATORS.apps);
  return read.apps ?? [read];
}

function valuesOf({ appId, appKey, appSecret, signSecret, appSignPrivateKey }: App): Values {
  const values = {
    appId,
    appKey,
    appSecret: signSecret === 'appKey' ? appKey : appSecret,
    appSignKey: appSignPrivateKey,
  };
  return textsIn(Object.entries(values));
}

function textsIn(pairs: readonly (readonly [name: string, value: unknown])[]): Values {
  return Object.fromEntries(
    pairs.flatMap(([name, value]) => (isText(value) ? [[name, value] as const] : [])),
  );
}

function checkKey(key: string | undefined, file: string | undefined): void {
  try {
    if (key !== undefined) privateKey(key);
  } catch {
    const at = file === undefined ? 'CMPASSPORT_APP_SIGN_KEY' : `--app ${file}: appSignPrivateKey`;
    throw usage('replay.sign-key', { at });
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
