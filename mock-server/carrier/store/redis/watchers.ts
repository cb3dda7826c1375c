/** Who watches the journal: of this server's requests alone, or of all servers'. */
import type { JournalListener, JournalRecord, JournalScope } from '../state-store.js';

export interface Watchers {
  watch(listener: JournalListener, scope: JournalScope): () => void;
  /** A record of this server. */
  tell(record: JournalRecord): void;
  /** A record of another server. */
  tellOther(record: JournalRecord): void;
}

/** `onWanted` hears whether anybody wants to know of other servers' records. */
export function createWatchers(onWanted: (wanted: boolean) => void): Watchers {
  const own = new Set<JournalListener>();
  const all = new Set<JournalListener>();
  return {
    watch: (listener, scope) => {
      const listeners = scope === 'own' ? own : all;
      listeners.add(listener);
      if (scope === 'all') onWanted(true);
      return () => {
        listeners.delete(listener);
        if (all.size === 0) onWanted(false);
      };
    },
    tell: (record) => {
      for (const listener of [...own, ...all]) listener(record);
    },
    tellOther: (record) => {
      for (const listener of [...all]) listener(record);
    },
  };
}
