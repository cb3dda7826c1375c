/**
 * Converts a journal record to text and back. The first line has the settings, which are the same for thousands of records
 * and therefore serialized and parsed once. The second line has the rest except the request's body. The body follows
 * unchanged, because JSON makes six bytes of a control character.
 */

import type { Readings } from '../../../../src/protocol/readings.js';
import type { RsaKey } from '../../../../src/protocol/rsa-keys.js';
import { type AppSettings, compileApp } from '../../engine/app-settings.js';
import type { State } from '../../engine/state.js';
import { BoundedMap } from '../bounded.js';
import type { JournalChange, JournalRecord } from '../state-store.js';

interface Background {
  readonly settings: AppSettings | undefined;
  readonly carrierReadings: Readings;
}

type Foreground = Omit<JournalRecord, 'state' | 'exchange'> & {
  readonly exchange: Omit<JournalRecord['exchange'], 'body'>;
  readonly state: Omit<State, 'app' | 'carrierReadings' | 'platformKey'>;
};

const SETTINGS_MAX = 10_000;

const written = new WeakMap<
  AppSettings,
  { readonly carrierReadings: Readings; readonly text: string }
>();

export function journalText(record: JournalRecord): string {
  const { app, carrierReadings, platformKey: _, ...state } = record.state;
  const { body, ...exchange } = record.exchange;
  const foreground: Foreground = { ...record, exchange, state };
  return `${backgroundText(app?.settings, carrierReadings)}\n${JSON.stringify(foreground)}\n${body}`;
}

function backgroundText(settings: AppSettings | undefined, carrierReadings: Readings): string {
  const known = settings && written.get(settings);
  if (known?.carrierReadings === carrierReadings) return known.text;
  const background: Background = { settings, carrierReadings };
  const text = JSON.stringify(background);
  if (settings !== undefined) written.set(settings, { carrierReadings, text });
  return text;
}

/** The id in the text of journalText(), without parsing the rest. */
export function idIn(text: string): string {
  return /\n\{"id":"([^"]+)"/.exec(text)?.[1] ?? text;
}

/** Parses the text of journalText(). The platform key is not stored: servers that share a store have the same. */
export function createJournalReader(platformKey: RsaKey): (text: string) => JournalRecord {
  const read = new BoundedMap<Background>(SETTINGS_MAX);
  return (text) => {
    const first = text.indexOf('\n');
    const second = text.indexOf('\n', first + 1);
    const line = text.slice(0, first);
    const { settings, carrierReadings }: Background = read.get(line) ?? JSON.parse(line);
    const { state, exchange, ...record }: Foreground = JSON.parse(text.slice(first + 1, second));
    const app = settings && compileApp(settings);
    read.set(line, { settings, carrierReadings });
    return {
      ...record,
      exchange: { ...exchange, body: text.slice(second + 1) },
      state: { ...state, app, carrierReadings, platformKey },
    } as JournalRecord;
  };
}

// A journal record begins with a brace.
const DELIVERED = 'delivered ';
const REMOVED = 'removed ';

/** A change as a message to the other servers. */
export function changeText(change: JournalChange): string {
  return change.kind === 'delivered'
    ? DELIVERED + journalText(change.record)
    : REMOVED + JSON.stringify(change);
}

/** undefined for the text of a record. */
export function readChange(
  text: string,
  readRecord: (text: string) => JournalRecord,
): JournalChange | undefined {
  if (text.startsWith(DELIVERED))
    return { kind: 'delivered', record: readRecord(text.slice(DELIVERED.length)) };
  return text.startsWith(REMOVED) ? JSON.parse(text.slice(REMOVED.length)) : undefined;
}
