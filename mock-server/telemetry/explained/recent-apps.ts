/** State for each app that the log had a line about. Keeps only the most recent apps, because a suite may create an app for each test. */

export const LOGGED_APPS_MAX = 1000;

export interface RecentApps<T> {
  /** Creates the state on the first call. */
  of(appId: string): T;
  all(): readonly T[];
}

/** If there are too many apps, `onDropped` receives the state of the least recently used one. */
export function recentApps<T>(create: () => T, onDropped: (kept: T) => void = () => undefined): RecentApps<T> {
  const apps = new Map<string, T>();
  return {
    of: (appId) => {
      const kept = apps.get(appId) ?? create();
      apps.delete(appId);
      apps.set(appId, kept);
      for (const [oldest, last] of apps) {
        if (apps.size <= LOGGED_APPS_MAX) break;
        apps.delete(oldest);
        onDropped(last);
      }
      return kept;
    },
    all: () => [...apps.values()],
  };
}
