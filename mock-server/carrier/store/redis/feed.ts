/** The journal records of the other servers that keep their state here, as they are written. */
import type { Cluster, Redis } from 'ioredis';
import type { JournalRecord } from '../state-store.js';
import { recordIn } from './logs.js';

export interface FeedInputs {
  /** The channels of all servers. */
  readonly channels: string;
  /** This server's own, whose records are known here already. */
  readonly own: string;
  readonly connect: () => Redis | Cluster;
  readonly read: (text: string) => Promise<JournalRecord>;
  readonly hear: (record: JournalRecord) => void;
}

export interface Feed {
  /** Listens while somebody wants it to. */
  listen(wanted: boolean): void;
  close(): void;
}

export function createFeed({ channels, own, connect, read, hear }: FeedInputs): Feed {
  let client: Redis | Cluster | undefined;
  // Read one after another, so that they are heard in the order of their coming.
  let last = Promise.resolve();

  function take(channel: string, entry: string): void {
    if (channel === own) return;
    last = last
      .then(() => read(recordIn(entry)))
      .then(hear)
      // A record that another version wrote, or whose key is gone, is in the journal for whoever asks.
      .catch(() => undefined);
  }

  function open(): Redis | Cluster {
    const opened = connect();
    opened.on('pmessage', (_channels: string, channel: string, entry: string) => take(channel, entry));
    // Each time that it is connected, again or at last; what is written while it is not is in the journal.
    opened.on('ready', () => void opened.psubscribe(channels).catch(() => undefined));
    opened.connect().catch(() => undefined);
    return opened;
  }

  function close(): void {
    client?.disconnect();
    client = undefined;
  }

  return {
    listen: (wanted) => {
      if (!wanted) close();
      else client ??= open();
    },
    close,
  };
}
