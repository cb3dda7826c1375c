/** The platform keys that journal records name, kept once for all servers: one that explains a request may have been given another key. */
import { isRsaKey, type RsaKey, readPrivateKey } from '../../../../src/protocol/rsa-keys.js';
import { platformKeyName } from './journal-text.js';

export interface KeptTexts {
  read(name: string): Promise<string | null>;
  write(name: string, text: string): Promise<void>;
}

export interface PlatformKeys {
  isKept(key: RsaKey): boolean;
  keep(key: RsaKey): Promise<void>;
  find(name: string): Promise<RsaKey>;
}

export function createPlatformKeys(texts: KeptTexts): PlatformKeys {
  const keys = new Map<string, RsaKey>();
  const kept = new WeakSet<RsaKey>();
  return {
    isKept: (key) => kept.has(key),
    keep: async (key) => {
      const name = platformKeyName(key);
      await texts.write(name, key.export({ type: 'pkcs8', format: 'der' }).toString('base64'));
      keys.set(name, key);
      kept.add(key);
    },
    find: async (name) => {
      const known = keys.get(name);
      if (known !== undefined) return known;
      const key = readPrivateKey((await texts.read(name)) ?? '');
      if (!isRsaKey(key)) throw new Error(`the platform key ${name} that a journal record names is not in the store`);
      keys.set(name, key);
      return key;
    },
  };
}
