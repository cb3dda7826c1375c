/** Converts writes to the arguments of the script that commits them. */
import {
  ACCESS_TOKENS_MAX,
  COUNTERS_MAX,
  type Collection,
  type LogName,
  MSG_IDS_MAX,
  type StoreLimits,
  type Write,
} from '../state-store.js';
import { journalText } from './journal-text.js';
import { type Place, placeOf, placesOf } from './keys.js';

export type Arguments = readonly (string | number)[];

export interface WriteContext {
  readonly limits: StoreLimits;
  /** The channel for journal records. */
  readonly channel: string;
}

const NO_BOUND = 0;
const NO_LIMIT = '';
const NO_CHANNEL = '';
const WEIGHTLESS = 0;
// The overhead of a list entry in Redis: a node with pointers and lengths.
const ENTRY_BYTES = 64;

export function writeArguments(write: Write, context: WriteContext): Arguments {
  switch (write.kind) {
    case 'put': {
      const { collection, id, expectedRevision, value } = write;
      const kept = keptOf(collection, context.limits);
      const { hash, field } = placeOf(collection, id);
      return ['put', hash, field, expectedRevision, JSON.stringify(value), kept];
    }
    case 'count':
      return ['count', write.counter, write.limit ?? NO_LIMIT, COUNTERS_MAX];
    case 'uncount':
      return ['uncount', write.counter];
    case 'remove':
      return removeArguments(placeOf(write.collection, write.id));
    case 'append':
      return appendArguments(write, context);
    case 'clear':
      return write.parts
        .flatMap(placesOf)
        .flatMap((place) => (typeof place === 'string' ? ['clear', place] : removeArguments(place)));
    case 'forget':
      return ['forget', JSON.stringify(write.appId)];
    default:
      return write satisfies never;
  }
}

/** The maximum number of ids in a collection; above it the oldest is dropped. */
function keptOf(collection: Collection, { tokensMax }: StoreLimits): number {
  switch (collection) {
    case 'token':
      return tokensMax;
    case 'accessToken':
      return ACCESS_TOKENS_MAX;
    case 'msgId':
      return MSG_IDS_MAX;
    case 'app':
    case 'clock':
    case 'script':
    case 'snapshot':
    case 'shortId':
      return NO_BOUND;
    default:
      return collection satisfies never;
  }
}

type Append = Extract<Write, { readonly kind: 'append' }>;

function appendArguments(write: Append, { limits, channel }: WriteContext): Arguments {
  const { log, label } = write;
  const [owner, text, publishTo] =
    write.log === 'journal'
      ? [JSON.stringify(write.record.appId ?? null), journalText(write.record), channel]
      : ['', JSON.stringify(write.record), NO_CHANNEL];
  const bytes = log === 'journal' ? weightOf([label, owner, text]) : WEIGHTLESS;
  // Each on its own line: JSON has no line breaks.
  return ['append', log, `${label}\n${bytes}\n${owner}\n${text}`, bytes, ...boundsOf(log, limits), publishTo];
}

/** The size of the stored text, because a body of control characters is six times as long in JSON. */
function weightOf(texts: readonly string[]): number {
  return texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), ENTRY_BYTES);
}

function removeArguments({ hash, field }: Place): Arguments {
  return ['remove', hash, field];
}

function boundsOf(log: LogName, limits: StoreLimits): readonly [number, number] {
  return log === 'journal' ? [limits.journalRecordsMax, limits.journalBytesMax] : [limits.ledgerRecordsMax, NO_BOUND];
}
