/**
 * Converts a journal record to text and back. The first line has the settings, which are the same for thousands of records
 * and therefore serialized and parsed once. The second line has the rest except the request's body. The body follows
 * unchanged, because JSON makes six bytes of a control character.
 */
import { isRsaKey, publicHalf, type RsaKey, readPrivateKey } from '../../../../src/protocol/rsa-keys.js';
import { md5Hex } from '../../../../src/protocol/sign.js';
import { type AppSettings, compileApp } from '../../engine/app-settings.js';
import type { Readings } from '../../engine/readings.js';
import type { State } from '../../engine/state.js';
import { BoundedMap } from '../bounded.js';
import type { JournalRecord } from '../state-store.js';

interface Background {
  readonly settings: AppSettings | undefined;
  readonly carrierReadings: Readings;
  readonly platformKeyName: string;
}

type Foreground = Omit<JournalRecord, 'state' | 'exchange'> & {
  readonly exchange: Omit<JournalRecord['exchange'], 'body'>;
  readonly state: Omit<State, 'app' | 'carrierReadings' | 'platformKey'>;
};

const SETTINGS_MAX = 10_000;

/** A short name for a platform key: the digest of its public key. */
function platformKeyName(key: RsaKey): string {
  return md5Hex(publicHalf(key));
}

interface Written {
  readonly carrierReadings: Readings;
  readonly platformKey: RsaKey;
  readonly text: string;
}

const written = new WeakMap<AppSettings, Written>();

export function journalText(record: JournalRecord): string {
  const { app, carrierReadings, platformKey, ...state } = record.state;
  const { body, ...exchange } = record.exchange;
  const foreground: Foreground = { ...record, exchange, state };
  return `${backgroundText(record.state)}\n${JSON.stringify(foreground)}\n${body}`;
}

function backgroundText({ app, carrierReadings, platformKey }: State): string {
  const settings = app?.settings;
  const known = settings && written.get(settings);
  if (known?.carrierReadings === carrierReadings && known.platformKey === platformKey) return known.text;
  const background: Background = { settings, carrierReadings, platformKeyName: platformKeyName(platformKey) };
  const text = JSON.stringify(background);
  if (settings !== undefined) written.set(settings, { carrierReadings, platformKey, text });
  return text;
}

/** Parses the text of journalText(). `platformKeyOf` returns the key for a name and rejects for an unknown name. */
export function createJournalReader(platformKeyOf: (name: string) => Promise<RsaKey>) {
  const read = new BoundedMap<Background>(SETTINGS_MAX);

  function backgroundOf(text: string): Background {
    const known = read.get(text);
    if (known !== undefined) return known;
    const background: Background = JSON.parse(text);
    read.set(text, background);
    return background;
  }

  return async (text: string): Promise<JournalRecord> => {
    const first = text.indexOf('\n');
    const second = text.indexOf('\n', first + 1);
    const { settings, carrierReadings, platformKeyName: name } = backgroundOf(text.slice(0, first));
    const { state, exchange, ...record }: Foreground = JSON.parse(text.slice(first + 1, second));
    const app = settings && compileApp(settings);
    return {
      ...record,
      exchange: { ...exchange, body: text.slice(second + 1) },
      state: { ...state, app, carrierReadings, platformKey: await platformKeyOf(name) },
    } as JournalRecord;
  };
}

export interface KeptTexts {
  read(name: string): Promise<string | null>;
  write(name: string, text: string): Promise<void>;
}

export function createPlatformKeys(texts: KeptTexts) {
  const keys = new Map<string, RsaKey>();
  const kept = new WeakSet<RsaKey>();
  return {
    keep: async (key: RsaKey) => {
      if (kept.has(key)) return;
      const name = platformKeyName(key);
      await texts.write(name, key.export({ type: 'pkcs8', format: 'der' }).toString('base64'));
      keys.set(name, key);
      kept.add(key);
    },
    find: async (name: string) => {
      const known = keys.get(name);
      if (known !== undefined) return known;
      const key = readPrivateKey((await texts.read(name)) ?? '');
      if (!isRsaKey(key)) throw new Error(`the store does not have the platform key ${name} of a journal record`);
      keys.set(name, key);
      return key;
    },
  };
}
