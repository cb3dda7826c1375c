/** The private halves of apps' keys that this page has made or was given. In memory: the server keeps none. */
import { signal } from '@preact/signals';

export interface PrivateKeys {
  /** Of 应用公钥1. */
  readonly sign?: string | undefined;
  /** Of 应用公钥2. */
  readonly decrypt?: string | undefined;
}

const known = signal<Readonly<Record<string, PrivateKeys>>>({});

export function privateKeysOf(appId: string): PrivateKeys {
  return known.value[appId] ?? {};
}

export function rememberPrivateKeys(appId: string, keys: PrivateKeys): void {
  known.value = { ...known.value, [appId]: { ...known.value[appId], ...keys } };
}
