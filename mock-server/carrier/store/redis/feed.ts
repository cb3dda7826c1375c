/** The journal records of other servers that share the store, and the listeners of all records. */
import type { Cluster, Redis } from 'ioredis';
import type {
  JournalChange,
  JournalChangeListener,
  JournalListener,
  JournalRecord,
  JournalScope,
} from '../state-store.js';
import { readChange } from './journal-text.js';

export interface FeedInputs {
  /** The channels of all servers. */
  readonly channels: string;
  /** This server's channel, which is ignored. */
  readonly ownChannel: string;
  readonly connect: () => Redis | Cluster;
  readonly onMessage: (text: string) => void;
}

export interface Feed {
  /** Starts or stops listening. */
  listen(needed: boolean): void;
  close(): void;
}

export function createFeed({ channels, ownChannel, connect, onMessage }: FeedInputs): Feed {
  let client: Redis | Cluster | undefined;

  function open(): Redis | Cluster {
    const opened = connect();
    opened.on('pmessage', (_channels: string, channel: string, entry: string) => {
      if (channel === ownChannel) return;
      try {
        onMessage(entry);
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
  watchChanges(listener: JournalChangeListener): () => void;
  /** A record of this server. */
  notify(record: JournalRecord): void;
  /** A change by this server. */
  notifyChange(change: JournalChange): void;
  close(): void;
}

export interface WatchersInputs extends Omit<FeedInputs, 'onMessage'> {
  readonly readRecord: (text: string) => JournalRecord;
}

/** Listens to the other servers while a listener needs their records. */
export function createWatchers({ readRecord, ...inputs }: WatchersInputs): Watchers {
  const own = new Set<JournalListener>();
  const all = new Set<JournalListener>();
  const changes = new Set<JournalChangeListener>();
  const feed = createFeed({
    ...inputs,
    onMessage: (text) => {
      const change = readChange(text, readRecord);
      if (change !== undefined) return notifyChange(change);
      const record = readRecord(text);
      for (const listener of [...all]) listener(record);
    },
  });
  const notifyChange = (change: JournalChange) => {
    for (const listener of [...changes]) listener(change);
  };
  const listen = () => feed.listen(all.size + changes.size > 0);
  return {
    watch: (listener, scope) => {
      const listeners = scope === 'own' ? own : all;
      listeners.add(listener);
      listen();
      return () => {
        listeners.delete(listener);
        listen();
      };
    },
    watchChanges: (listener) => {
      changes.add(listener);
      listen();
      return () => {
        changes.delete(listener);
        listen();
      };
    },
    notify: (record) => {
      for (const listener of [...own, ...all]) listener(record);
    },
    notifyChange,
    close: () => feed.close(),
  };
}
