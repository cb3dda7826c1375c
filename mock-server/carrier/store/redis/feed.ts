/** The journal records of other servers that share the store, and the listeners of all records. */
import type { Cluster, Redis } from 'ioredis';
import type { JournalListener, JournalRecord, JournalScope } from '../state-store.js';

export interface FeedInputs {
  /** The channels of all servers. */
  readonly channels: string;
  /** This server's channel, which is ignored. */
  readonly ownChannel: string;
  readonly connect: () => Redis | Cluster;
  readonly onRecord: (text: string) => void;
}

export interface Feed {
  /** Starts or stops listening. */
  listen(needed: boolean): void;
  close(): void;
}

export function createFeed({ channels, ownChannel, connect, onRecord }: FeedInputs): Feed {
  let client: Redis | Cluster | undefined;

  function open(): Redis | Cluster {
    const opened = connect();
    opened.on('pmessage', (_channels: string, channel: string, entry: string) => {
      if (channel === ownChannel) return;
      try {
        onRecord(entry);
      } catch {
        // A record of another version is only in the journal.
      }
    });
    // After each connection. Records that are written without a connection are only in the journal.
    opened.on('ready', () => void opened.psubscribe(channels).catch(() => undefined));
    opened.connect().catch(() => undefined);
    return opened;
  }

  function close(): void {
    client?.disconnect();
    client = undefined;
  }

  return {
    listen: (needed) => {
      if (!needed) close();
      else client ??= open();
    },
    close,
  };
}

export interface Watchers {
  watch(listener: JournalListener, scope: JournalScope): () => void;
  /** A record of this server. */
  notify(record: JournalRecord): void;
  close(): void;
}

export interface WatchersInputs extends Omit<FeedInputs, 'onRecord'> {
  readonly readRecord: (text: string) => JournalRecord;
}

/** Listens to the other servers while a listener needs their records. */
export function createWatchers({ readRecord, ...inputs }: WatchersInputs): Watchers {
  const own = new Set<JournalListener>();
  const all = new Set<JournalListener>();
  const feed = createFeed({
    ...inputs,
    onRecord: (text) => {
      const record = readRecord(text);
      for (const listener of [...all]) listener(record);
    },
  });
  return {
    watch: (listener, scope) => {
      const listeners = scope === 'own' ? own : all;
      listeners.add(listener);
      if (scope === 'all') feed.listen(true);
      return () => {
        listeners.delete(listener);
        if (all.size === 0) feed.listen(false);
      };
    },
    notify: (record) => {
      for (const listener of [...own, ...all]) listener(record);
    },
    close: () => feed.close(),
  };
}
