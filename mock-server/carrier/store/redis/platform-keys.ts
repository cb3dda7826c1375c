/** Stores the platform keys of journal records for all servers: the server that explains a request may have another key. */
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
      if (!isRsaKey(key)) throw new Error(`the store does not have the platform key ${name} of a journal record`);
      keys.set(name, key);
      return key;
    },
  };
}
