/** The names of keys. All keys of a partition have its id in braces, so that a Redis Cluster stores them in one slot. */
import {
  type Collection,
  type LogName,
  ONLY,
  type PartitionId,
  type PartitionPart,
  SERVER_PARTITION,
} from '../state-store.js';

/** Of every key, unless tests choose another one. */
export const KEY_PREFIX = 'cmpassport';

/** The key of the version in which all others are written. */
export function formatKey(keyPrefix: string): string {
  return `${keyPrefix}:format`;
}

/** A slash in an appId becomes %2F, so no app has this tag. */
const SERVER_TAG = '/server';
/** An unknown appId can be as long as a body. The appId of an app has at most 64 characters. */
const TAG_LENGTH_MAX = 1000;

export function partitionPrefix(keyPrefix: string, partition: PartitionId): string {
  return `${keyPrefix}:{${tagOf(partition)}}:`;
}

/** Without braces, spaces and unpaired surrogates. */
function tagOf(partition: PartitionId): string {
  if (partition === SERVER_PARTITION) return SERVER_TAG;
  return encodeURIComponent(partition.slice(0, TAG_LENGTH_MAX).toWellFormed());
}

/** The location of a value: the suffix of its hash's key, and the field in the hash. */
export interface Place {
  readonly hash: string;
  readonly field: string;
}

/** One hash for the few values that every decision reads. */
const KEPT = 'kept';

export function placeOf(collection: Collection, id: string): Place {
  return isSingle(collection)
    ? { hash: KEPT, field: collection }
    : { hash: collection, field: fieldOf(id) };
}

function isSingle(part: PartitionPart): part is 'app' | 'clock' {
  return part === 'app' || part === 'clock';
}

/** The id of a field, the inverse of placeOf(); undefined for a field of another collection. */
export function idAt(collection: Collection, field: string): string | undefined {
  if (isSingle(collection)) return field === collection ? ONLY : undefined;
  return field;
}

/** The key or field to delete for a part of a partition. */
export function partPlace(part: PartitionPart): string | Place {
  return isSingle(part) ? placeOf(part, ONLY) : part;
}

const HASHES = [KEPT, 'token', 'accessToken', 'msgId', 'snapshot', 'shortId', 'counters'] as const;
const LOGS: readonly LogName[] = ['journal', 'ledger'];

/** All keys of a partition, as written by scripts.ts. */
export function keysOf(prefix: string): readonly string[] {
  return [
    `${prefix}revision`,
    ...HASHES.flatMap((name) => [prefix + name, `${prefix}${name}:order`]),
    ...LOGS.flatMap((name) => [prefix + name, `${prefix}${name}:evicted`]),
  ];
}

/** The channel for a server's journal records; "*" as the id for all servers. */
export function journalChannel(keyPrefix: string, serverId: string): string {
  return `${keyPrefix}:journal:${serverId}`;
}

/** An id as a field. Redis cannot store an unpaired surrogate, and no token, short id or msgid has one. */
export function fieldOf(id: string): string {
  return id.toWellFormed();
}
