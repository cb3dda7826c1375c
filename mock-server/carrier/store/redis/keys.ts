/** The names of keys. All of a world's keys have its id in braces, so that a Redis Cluster keeps them in one slot. */
import { OPERATIONS } from '../../../../src/protocol/operations.js';
import { type Collection, type LogName, ONLY, type Part, SERVER_WORLD, type WorldId } from '../state-store.js';

/** A slash is written %2F in an id, so that no app has this one. */
const SERVER_TAG = '/server';
/** An appId that a client made up may be as long as a body. No app has one of more than 64 characters. */
const TAG_LENGTH_MAX = 1000;

/** What the names of a world's keys begin with. */
export function worldPrefix(keyPrefix: string, world: WorldId): string {
  return `${keyPrefix}:{${tagOf(world)}}:`;
}

/** No brace, no space and no half of a surrogate pair is left. */
function tagOf(world: WorldId): string {
  if (world === SERVER_WORLD) return SERVER_TAG;
  return encodeURIComponent(world.slice(0, TAG_LENGTH_MAX).toWellFormed());
}

/** Where a value is: the end of the key of its hash, and the field in it. */
export interface Place {
  readonly hash: string;
  readonly field: string;
}

/** Of what every decision reads there are few: one hash has them all. */
const KEPT = 'kept';
const SCRIPT = 'script:';

export function placeOf(collection: Collection, id: string): Place {
  switch (collection) {
    case 'app':
    case 'clock':
      return { hash: KEPT, field: collection };
    case 'script':
      return { hash: KEPT, field: scriptField(id) };
    case 'token':
    case 'accessToken':
    case 'msgId':
    case 'snapshot':
    case 'shortId':
      return { hash: collection, field: fieldOf(id) };
    default:
      return collection satisfies never;
  }
}

export function scriptField(operation: string): string {
  return SCRIPT + operation;
}

/** The id of the value in a field, the way back from placeOf(); undefined where the field is another collection's. */
export function idAt(collection: Collection, field: string): string | undefined {
  if (placeOf(collection, '').hash !== KEPT) return idOf(field);
  if (collection === 'script') return field.startsWith(SCRIPT) ? field.slice(SCRIPT.length) : undefined;
  return field === collection ? ONLY : undefined;
}

/** What is cleared with a part of a world: a whole key, or one field. */
export function placesOf(part: Part): readonly (string | Place)[] {
  switch (part) {
    case 'app':
    case 'clock':
      return [placeOf(part, '')];
    case 'script':
      return OPERATIONS.map(({ operation }) => placeOf(part, operation));
    case 'token':
    case 'accessToken':
    case 'msgId':
    case 'snapshot':
    case 'shortId':
    case 'counters':
    case 'journal':
    case 'ledger':
      return [part];
    default:
      return part satisfies never;
  }
}

const HASHES = [KEPT, 'token', 'accessToken', 'msgId', 'snapshot', 'shortId', 'counters'] as const;
const LOGS: readonly LogName[] = ['journal', 'ledger'];

/** All that a world has; what scripts.ts writes. */
export function keysOf(prefix: string): readonly string[] {
  return [
    `${prefix}revision`,
    ...HASHES.flatMap((name) => [prefix + name, `${prefix}${name}:order`]),
    ...LOGS.flatMap((name) => [prefix + name, `${prefix}${name}:tally`]),
  ];
}

/** Where a server's journal records are told as they are written; of every server, with "*" for its id. */
export function journalChannel(keyPrefix: string, serverId: string): string {
  return `${keyPrefix}:journal:${serverId}`;
}

/** An id as Redis keeps it, which takes no half of a surrogate pair; two ids are never the same text. */
export function fieldOf(id: string): string {
  return id.isWellFormed() && !id.startsWith('"') ? id : JSON.stringify(id);
}

function idOf(field: string): string {
  return field.startsWith('"') ? JSON.parse(field) : field;
}
