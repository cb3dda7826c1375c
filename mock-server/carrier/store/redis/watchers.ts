/** The listeners of the journal: for this server's requests only, or for those of all servers. */
import type { JournalListener, JournalRecord, JournalScope } from '../state-store.js';

export interface Watchers {
  watch(listener: JournalListener, scope: JournalScope): () => void;
  /** A record of this server. */
  notify(record: JournalRecord): void;
  /** A record of another server. */
  notifyOther(record: JournalRecord): void;
}

/** Calls `onNeeded` with whether a listener needs the records of other servers. */
export function createWatchers(onNeeded: (needed: boolean) => void): Watchers {
  const own = new Set<JournalListener>();
  const all = new Set<JournalListener>();
  return {
    watch: (listener, scope) => {
      const listeners = scope === 'own' ? own : all;
      listeners.add(listener);
      if (scope === 'all') onNeeded(true);
      return () => {
        listeners.delete(listener);
        if (all.size === 0) onNeeded(false);
      };
    },
    notify: (record) => {
      for (const listener of [...own, ...all]) listener(record);
    },
    notifyOther: (record) => {
      for (const listener of [...all]) listener(record);
    },
  };
}
