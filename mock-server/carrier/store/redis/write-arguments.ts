/** Converts writes to the arguments of the script that commits them. */
import { journalLabel, ledgerLabel } from '../log-labels.js';
import {
  ACCESS_TOKENS_MAX,
  COUNTERS_MAX,
  type Collection,
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
    case 'requireApp':
      return ['requireApp'];
    case 'clear':
      return write.parts
        .flatMap(placesOf)
        .flatMap((place) => (typeof place === 'string' ? ['clear', place] : removeArguments(place)));
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
    case 'snapshot':
    case 'shortId':
      return NO_BOUND;
    default:
      return collection satisfies never;
  }
}

type Append = Extract<Write, { readonly kind: 'append' }>;

function appendArguments(write: Append, { limits, channel }: WriteContext): Arguments {
  if (write.log === 'ledger') {
    const { record } = write;
    const entry = `${ledgerLabel(record)}\n${JSON.stringify(record)}`;
    return ['append', 'ledger', entry, limits.ledgerRecordsMax, NO_CHANNEL];
  }
  const { record } = write;
  const entry = `${journalLabel(record)}\n${journalText(record)}`;
  return ['append', 'journal', entry, limits.journalRecordsMax, channel];
}

function removeArguments({ hash, field }: Place): Arguments {
  return ['remove', hash, field];
}
