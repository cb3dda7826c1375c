/** The private keys that this page generated or the user typed. In memory only: the server does not store them. */
import { signal } from '@preact/signals';

export interface PrivateKeys {
  /** The private key of 应用公钥1. */
  readonly sign?: string | undefined;
  /** The private key of 应用公钥2. */
  readonly decrypt?: string | undefined;
}

const known = signal<Readonly<Record<string, PrivateKeys>>>({});

export function privateKeysOf(appId: string): PrivateKeys {
  return known.value[appId] ?? {};
}

export function rememberPrivateKeys(appId: string, keys: PrivateKeys): void {
  known.value = { ...known.value, [appId]: { ...known.value[appId], ...keys } };
}
