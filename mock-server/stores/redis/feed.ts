/** The journal records of the other servers that keep their state here, as they are written. */
import type { Cluster, Redis } from 'ioredis';
import type { JournalRecord } from '../../state-store.js';

export interface FeedInputs {
  readonly channel: string;
  /** What this server's own records begin with: those are known here already. */
  readonly origin: string;
  readonly connect: () => Redis | Cluster;
  readonly read: (text: string) => Promise<JournalRecord>;
  readonly hear: (record: JournalRecord) => void;
}

export interface Feed {
  /** Listens while somebody wants it to. */
  listen(wanted: boolean): void;
  close(): void;
}

export function createFeed({ channel, origin, connect, read, hear }: FeedInputs): Feed {
  let client: Redis | Cluster | undefined;
  // Read one after another, so that they are heard in the order of their coming.
  let last = Promise.resolve();

  function take(message: string): void {
    if (message.startsWith(origin)) return;
    last = last
      .then(() => read(message.slice(origin.length)))
      .then(hear)
      // A record that another version wrote, or whose key is gone, is in the journal for whoever asks.
      .catch(() => undefined);
  }

  function open(): Redis | Cluster {
    const opened = connect();
    opened.on('message', (_channel: string, message: string) => take(message));
    // Each time that it is connected, again or at last; what is written while it is not is in the journal.
    opened.on('ready', () => void opened.subscribe(channel).catch(() => undefined));
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
