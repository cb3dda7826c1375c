/** Converts writes to the arguments of the script that commits them. */
import {
  ACCESS_TOKENS_MAX,
  type Append,
  COUNTERS_MAX,
  type Collection,
  MSG_IDS_MAX,
  type PartitionPart,
  type Put,
  type StoreLimits,
  type Write,
} from '../state-store.js';
import { journalText } from './journal-text.js';
import { type Place, partPlace, placeOf } from './keys.js';

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
    case 'put':
      return putArguments(write, context);
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
      return write.parts.flatMap(clearArguments);
    default:
      return write satisfies never;
  }
}

function putArguments(write: Put, { limits }: WriteContext): Arguments {
  const { collection, id, expectedRevision, value } = write;
  const { hash, field } = placeOf(collection, id);
  const kept = keptOf(collection, limits);
  return ['put', hash, field, expectedRevision, JSON.stringify(value), kept];
}

function appendArguments({ log, record }: Append, { limits, channel }: WriteContext): Arguments {
  return log === 'ledger'
    ? ['append', log, JSON.stringify(record), limits.ledgerRecordsMax, NO_CHANNEL]
    : ['append', log, journalText(record), limits.journalRecordsMax, channel];
}

function clearArguments(part: PartitionPart): Arguments {
  const place = partPlace(part);
  return typeof place === 'string' ? ['clear', place] : removeArguments(place);
}

/** The maximum number of ids in a collection; above it the oldest is dropped. */
function keptOf(collection: Collection, { tokensMax }: StoreLimits): number {
  const kept: Partial<Record<Collection, number>> = {
    token: tokensMax,
    accessToken: ACCESS_TOKENS_MAX,
    msgId: MSG_IDS_MAX,
  };
  return kept[collection] ?? NO_BOUND;
}

function removeArguments({ hash, field }: Place): Arguments {
  return ['remove', hash, field];
}
