/** Loads what a decision needs: the partition of its app, and at the same time the token of another app. */
import { BoundedMap } from '../bounded.js';
import {
  type AppRecord,
  type At,
  type ClockRecord,
  type Entry,
  type ForeignView,
  type PartitionId,
  type PartitionView,
  SERVER_PARTITION,
  type StoredToken,
} from '../state-store.js';
import type { RedisCalls } from './calls.js';
import { fieldOf } from './keys.js';
import { entryOf, type PartitionReply, toPartitionView } from './partition-reply.js';

export interface PartitionReaderInputs {
  readonly calls: Pick<RedisCalls, 'hget' | 'readPartition' | 'readToken'>;
  readonly prefixOf: (partition: PartitionId) => string;
}

type TokenReply = readonly [token: string | null, clock: string | null];

// The maximum number of apps.
const APPS_MAX = 10_000;
/** No entry begins with this text. */
const UNKNOWN = '?';

export class PartitionReader {
  readonly #inputs: PartitionReaderInputs;
  readonly #apps = new BoundedMap<Entry<AppRecord>>(APPS_MAX);

  constructor(inputs: PartitionReaderInputs) {
    this.#inputs = inputs;
  }

  async read(partition: PartitionId, at: At): Promise<PartitionView> {
    const [own, foreign] = await Promise.all([
      this.#readOwn(partition, at),
      this.#readForeign(partition, at),
    ]);
    return { ...own, foreign: own.token === undefined ? foreign : undefined };
  }

  /** The next read of the partition loads its app. */
  forgetApp(partition: PartitionId): void {
    this.#apps.delete(partition);
  }

  async #readOwn(partition: PartitionId, { token, msgId }: At) {
    const { calls, prefixOf } = this.#inputs;
    const known = this.#apps.get(partition);
    const reply = await calls.readPartition(prefixOf(partition), [
      prefixed(token),
      prefixed(msgId),
      known === undefined ? UNKNOWN : `${known.revision} `,
    ]);
    const view = toPartitionView(reply as PartitionReply, known);
    if (view.app !== undefined && view.app !== known) this.#apps.set(partition, view.app);
    return view;
  }

  async #readForeign(
    partition: PartitionId,
    { token, shortIdOf }: At,
  ): Promise<ForeignView | undefined> {
    if (token === undefined) return undefined;
    const shortId = shortIdOf?.(token);
    if (shortId === undefined) return undefined;
    const appId = await this.#otherApp(partition, shortId);
    return appId === undefined ? undefined : this.#tokenIn(appId, token);
  }

  /** undefined if the short id is of no app, or of this one. */
  async #otherApp(partition: PartitionId, shortId: string): Promise<PartitionId | undefined> {
    if (shortId === this.#apps.get(partition)?.value.shortId) return undefined;
    const { calls, prefixOf } = this.#inputs;
    const text = await calls.hget(`${prefixOf(SERVER_PARTITION)}shortId`, shortId);
    const appId = entryOf<PartitionId>(text)?.value;
    return appId === partition ? undefined : appId;
  }

  async #tokenIn(appId: PartitionId, token: string): Promise<ForeignView | undefined> {
    const { calls, prefixOf } = this.#inputs;
    const reply = await calls.readToken(prefixOf(appId), [fieldOf(token)]);
    const [text, clock] = reply as TokenReply;
    const stored = entryOf<StoredToken>(text)?.value;
    return stored && { appId, token: stored, clock: entryOf<ClockRecord>(clock)?.value };
  }
}

function prefixed(text: string | undefined): string {
  return text === undefined ? '' : `=${fieldOf(text)}`;
}
