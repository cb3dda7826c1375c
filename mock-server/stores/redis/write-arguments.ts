/** Writes as the arguments of the script that commits them. */
import {
  ACCESS_TOKENS_MAX,
  COUNTERS_MAX,
  type Collection,
  type LogName,
  MSG_IDS_MAX,
  type StoreLimits,
  type Write,
} from '../../state-store.js';
import { journalText } from './journal-text.js';
import { fieldOf } from './keys.js';

export type Arguments = readonly (string | number)[];

export interface WriteMeans {
  readonly limits: StoreLimits;
  /** Where journal records are told, and what is said before them. */
  readonly channel: string;
  readonly origin: string;
}

const NO_BOUND = 0;
const NO_LIMIT = '';
const NO_CHANNEL = '';

export function writeArguments(write: Write, means: WriteMeans): Arguments {
  switch (write.kind) {
    case 'put': {
      const { collection, id, expectedRevision, value } = write;
      const kept = keptOf(collection, means.limits);
      return ['put', collection, fieldOf(id), expectedRevision, JSON.stringify(value), kept];
    }
    case 'count':
      return ['count', write.counter, write.limit ?? NO_LIMIT, COUNTERS_MAX];
    case 'uncount':
      return ['uncount', write.counter];
    case 'remove':
      return ['remove', write.collection, fieldOf(write.id)];
    case 'append':
      return appendArguments(write, means);
    case 'clear':
      return write.parts.flatMap((part) => ['clear', part]);
    case 'forget':
      return ['forget', JSON.stringify(write.appId)];
    default:
      return write satisfies never;
  }
}

/** How many of a collection are kept; beyond that the oldest goes. */
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

function appendArguments(write: Append, { limits, channel, origin }: WriteMeans): Arguments {
  const { log, label, bytes } = write;
  const head = ['append', log, label, bytes] as const;
  // Each on a line of its own, and JSON has no line breaks.
  return write.log === 'journal'
    ? [
        ...head,
        JSON.stringify(write.record.appId ?? null),
        journalText(write.record),
        ...boundsOf(log, limits),
        channel,
        origin,
      ]
    : [...head, '', JSON.stringify(write.record), ...boundsOf(log, limits), NO_CHANNEL, ''];
}

function boundsOf(log: LogName, limits: StoreLimits): readonly [number, number] {
  return log === 'journal' ? [limits.journalRecordsMax, limits.journalBytesMax] : [limits.ledgerRecordsMax, NO_BOUND];
}
