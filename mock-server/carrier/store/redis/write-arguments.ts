/** Converts writes to the arguments of the script that commits them. */
import {
  ACCESS_TOKENS_MAX,
  COUNTERS_MAX,
  type Collection,
  MSG_IDS_MAX,
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
      return write.log === 'ledger'
        ? [
            'append',
            'ledger',
            JSON.stringify(write.record),
            context.limits.ledgerRecordsMax,
            NO_CHANNEL,
          ]
        : [
            'append',
            'journal',
            journalText(write.record),
            context.limits.journalRecordsMax,
            context.channel,
          ];
    case 'requireApp':
      return ['requireApp'];
    case 'clear':
      return write.parts
        .map(partPlace)
        .flatMap((place) =>
          typeof place === 'string' ? ['clear', place] : removeArguments(place),
        );
    default:
      return write satisfies never;
  }
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
