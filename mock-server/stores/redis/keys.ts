/** The names of keys. All of a world's keys have its id in braces, so that a Redis Cluster keeps them in one slot. */
import { type Collection, type LogName, SERVER_WORLD, type WorldId } from '../../state-store.js';

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

const COLLECTIONS: readonly Collection[] = [
  'app',
  'clock',
  'token',
  'accessToken',
  'msgId',
  'script',
  'snapshot',
  'shortId',
];
const LOGS: readonly LogName[] = ['journal', 'ledger'];

/** All that a world has; what scripts.ts writes. */
export function keysOf(prefix: string): readonly string[] {
  return [
    `${prefix}revision`,
    ...[...COLLECTIONS, 'counters'].flatMap((name) => [prefix + name, `${prefix}${name}:order`]),
    ...LOGS.flatMap((name) => [prefix + name, `${prefix}${name}:tally`]),
  ];
}

/** Every server's journal records, as they are written. */
export function journalChannel(keyPrefix: string): string {
  return `${keyPrefix}:journal`;
}

/** An id as Redis keeps it, which takes no half of a surrogate pair; two ids are never the same text. */
export function fieldOf(id: string): string {
  return id.isWellFormed() && !id.startsWith('"') ? id : JSON.stringify(id);
}

export function idOf(field: string): string {
  return field.startsWith('"') ? JSON.parse(field) : field;
}
